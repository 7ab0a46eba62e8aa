"""Examples for the OpenAPI document; a test sends each and compares the answer."""

from __future__ import annotations

import json
from typing import Any

from drf_spectacular.utils import OpenApiExample

PROBLEM = "application/problem+json"
IMPORT_ID = "5f0c6a0e-6c0b-4d0e-9a55-3b8f4f1f7a10"
CALLS: list[dict[str, Any]] = [
    {
        "id": "a-000123",
        "arrived_at": "2025-10-24T18:02:11+02:00",
        "queue": "lv_116117",
        "outcome": "answered",
        "answered_at": "2025-10-24T18:03:40+02:00",
        "wait_seconds": 89,
        "talk_seconds": 202,
    },
    {
        "id": "a-000124",
        "arrived_at": "2025-10-24T18:05:00",
        "queue": "lv_116117",
        "outcome": "abandoned",
        "wait_seconds": 41,
    },
]
COVERED = {"covers_from": "2025-10-24T18:00:00+02:00", "covers_to": "2025-10-24T19:00:00+02:00"}
CSV = (
    "id,arrived_at,queue,outcome,wait_seconds\n"
    "a-000123,2025-10-24T18:02:11+02:00,lv_116117,answered,89\n"
)
EVENT_LINES = (
    "1761321731|1761321725.17|lv_116117|NONE|ENTERQUEUE||\n"
    "1761321820|1761321725.17|lv_116117|agent|CONNECT|89|1761321815.18|5\n"
    "1761322022|1761321725.17|lv_116117|agent|COMPLETECALLER|89|202|1\n"
)
ERROR = {
    "line": 2,
    "index": 1,
    "id": "a-000124",
    "field": "arrived_at",
    "code": "invalid_time",
    "value": "2025-10-24T18:05:00",
    "message": "The time cannot be read, or lacks its offset from UTC.",
}


def counts(**known: int) -> dict[str, int]:
    names = ("received", "created", "updated", "unchanged", "rejected", "ignored", "pending")
    return dict.fromkeys(names, 0) | known


def result(**facts: Any) -> dict[str, Any]:
    """The answer to CALLS in partial mode, unless told otherwise."""
    return {
        "id": IMPORT_ID,
        "source": "pbx",
        "status": "completed_with_errors",
        "code": "",
        "channel": "api",
        "mode": "partial",
        "dry_run": False,
        "idempotency_key": None,
        "created_at": "2025-11-10T12:00:00.000Z",
        "finished_at": "2025-11-10T12:00:00.000Z",
        "counts": counts(received=2, created=1, rejected=1),
        "errors_url": f"/api/v1/call-imports/{IMPORT_ID}/rows?status=rejected",
        "message": "",
        "details": {},
        "progress": {"stage": "", "processed": 2, "total": 2},
        "errors": [ERROR],
        "errors_truncated": False,
        "warnings": [],
        "affected_periods": ["2025-10"],
    } | facts


NONE_TAKEN = "Nothing is stored: 1 rows are refused, and the request takes all or none."
REFUSED = result(
    status="failed",
    code="rows_refused",
    mode="atomic",
    message=NONE_TAKEN,
    details={"rejected": 1},
    counts=counts(received=2, rejected=1),
    affected_periods=[],
)


def problem(status: int, code: str, title: str, detail: str, **members: Any) -> dict[str, Any]:
    told = {"type": f"/api/#problem-{code}", "title": title, "status": status, "code": code}
    return told | {"detail": detail, "request_id": IMPORT_ID} | members


PROBLEMS = [
    problem(
        400,
        "invalid_parameter",
        "A parameter of the address has a value it cannot have.",
        "mode: write one of partial, atomic.",
    ),
    problem(
        401,
        "not_authenticated",
        "The token is missing, wrong, revoked or expired.",
        "Send the header Authorization: Bearer, and the token.",
    ),
    problem(
        403,
        "missing_scope",
        "The token may not do this.",
        "The token lacks the scope calls:write. Make one that has it.",
    ),
    problem(
        413,
        "too_large",
        "The request is larger than one may send at a time. Divide it.",
        "5001 rows; at most 5000 at a time.",
    ),
    problem(
        415,
        "unsupported_media_type",
        "This content type is not taken here.",
        "Content-Type text/xml is not taken here.",
    ),
    problem(
        422,
        "rows_refused",
        "Nothing of the request was stored.",
        NONE_TAKEN,
        errors=[ERROR],
        result=REFUSED,
    ),
]


def sent(name: str, value: Any, media_type: str) -> OpenApiExample:
    return OpenApiExample(name, value=value, request_only=True, media_type=media_type)


def answered(name: str, value: Any, *, status: int = 200) -> OpenApiExample:
    return OpenApiExample(name, value=value, response_only=True, status_codes=[status])


FOR_CALLS = [
    sent("two calls, one without offset", {"calls": CALLS} | COVERED, "application/json"),
    sent("a call a line", json.dumps(CALLS[0]) + "\n", "application/x-ndjson"),
    sent("canonical names in the first line", CSV, "text/csv"),
    answered("one taken, one refused", result()),
    *(
        OpenApiExample(
            example["code"],
            value=example,
            response_only=True,
            media_type=PROBLEM,
            status_codes=[example["status"]],
        )
        for example in PROBLEMS
    ),
]
EVENTS_RESULT = result(
    source="asterisk",
    status="completed",
    counts=counts(received=1, created=1),
    errors=[],
    errors_url=None,
    progress={"stage": "", "processed": 1, "total": 1},
)
FOR_EVENTS = [
    sent("the lines of one call", EVENT_LINES, "text/plain"),
    answered("one call", EVENTS_RESULT),
]
FOR_CURSOR = [
    answered(
        "after those lines",
        {
            "line_sha256": "cdf4de957d3f2a4af9cf911b42fa970c9100ece59119b56401b8655ad3ae92fd",
            "event_at": "2025-10-24T16:07:02Z",
            "stored_at": "2025-11-10T12:00:00Z",
        },
    )
]
