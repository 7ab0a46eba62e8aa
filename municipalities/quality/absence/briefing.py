"""Health, environment and safety, a topic of the minimum agenda: absence and HSE deviations.

Only what may be shown goes into the facts: hidden figures are not frozen either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from municipalities.meetings.topics.prepared import Asked, Facts, Page, PreparedTopic
from municipalities.quality.absence import presenters
from municipalities.quality.absence.queries import QuarterShown, ended_quarters, quarters_of
from municipalities.quality.absence.rules import Shown

SHARES = ("total", "certified", "self_certified", "short", "long")


def facts(asked: Asked) -> dict[str, Any]:
    """The last four quarters that have ended, as they may be shown."""
    found = quarters_of(
        cooperation=asked.cooperation, quarters=ended_quarters(until=asked.until, count=4)
    )
    return {
        "cooperation": asked.cooperation.slug,
        "quarters": [
            {
                "year": each.year,
                "quarter": each.quarter,
                "units": [_written(unit) for unit in each.units],
                "total": _written(each.total) if each.total else None,
            }
            for each in found
        ],
    }


def page(facts: Facts) -> Page:
    """The latest quarter in a sentence, and the table."""
    quarters = [_read_quarter(each) for each in facts["quarters"]]
    return Page(
        lead=presenters.lead(quarters),
        tables=(presenters.table(quarters),),
        notes=presenters.notes(),
        url=reverse("absence", args=[facts["cooperation"]]),
        link_label=_("To the sickness absence"),
    )


def _written(shown: Shown) -> dict[str, Any]:
    told = asdict(shown)
    return told | {name: None if told[name] is None else str(told[name]) for name in SHARES}


def _read_quarter(told: Mapping[str, Any]) -> QuarterShown:
    return QuarterShown(
        year=told["year"],
        quarter=told["quarter"],
        units=tuple(_read(each) for each in told["units"]),
        total=_read(told["total"]) if told["total"] else None,
    )


def _read(told: Mapping[str, Any]) -> Shown:
    shares = {name: None if told[name] is None else Decimal(told[name]) for name in SHARES}
    return Shown(**{**told, **shares})


TOPIC = PreparedTopic(
    code="health-and-safety",
    title=gettext_lazy("Health, environment, safety and sickness absence"),
    covers=("Health, environment, safety and sickness absence",),
    facts=facts,
    page=page,
)
