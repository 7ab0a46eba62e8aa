"""Examples for the OpenAPI document; a test asks for each and compares the answer."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

from callstats.imports.api_examples import PROBLEM, answered, problem
from callstats.indicators.definitions import default_definition

# The twelve calls of the worked example, in October 2025.
ITEM: dict[str, Any] = {
    "central": "nordhordland",
    "period": {"from": "2025-10-01", "to": "2025-11-01"},
    "starts_at": None,
    "step": "month",
    "definition": "lvs-2min-v1",
    "definition_version": 1,
    "kind": "share",
    "numerator": 3,
    "denominator": 11,
    "percent": "27.3",
    "value_seconds": None,
    "bands": None,
    "reason": None,
    "target_percent": 80,
    "meets_target": False,
    "completeness": {"hours_with_data": 1, "hours_in_period": 745, "is_provisional": True},
    "unknown_waits": 0,
    "ambiguous_times": 0,
    "before_queue": 1,
    "excluded": 0,
    "as_of": "2025-11-10T12:00:00.000Z",
    "state": "open",
    "revision": 1,
    "published_at": None,
}
CSV = (
    "central;period.from;period.to;numerator;denominator;percent\r\n"
    "nordhordland;2025-10-01;2025-11-01;3;11;27,3\r\n"
)
CSV_FIELDS = "central,period,numerator,denominator,percent"
WRONG_SPAN = problem(
    400,
    "span_too_long",
    "The time asked for is too long.",
    "401 days; with step=day at most 400 at a time.",
)
FOR_INDICATORS = [
    answered("a month", {"items": [ITEM], "next": None}),
    OpenApiExample(
        f"fields={CSV_FIELDS}",
        value=CSV,
        response_only=True,
        media_type="text/csv",
        status_codes=[200],
    ),
    OpenApiExample(
        "too many days",
        value=WRONG_SPAN,
        response_only=True,
        media_type=PROBLEM,
        status_codes=[400],
    ),
]
FOR_DEFINITION = [answered("the national indicator", default_definition().as_dict())]
