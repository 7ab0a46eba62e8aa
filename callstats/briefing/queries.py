"""The facts of professional status: how the phones were answered since the last meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.conf import settings

from callstats.gaps.blocks import Block
from callstats.gaps.queries import Gap, gap_of
from callstats.gaps.rules import Lack, calls_short
from callstats.indicators.definitions import Definition, default_definition
from callstats.indicators.feed import fed
from callstats.indicators.rules import ServiceLevel, Tally, is_complete, total
from callstats.periods.stored import StoredLevel, stored_months
from legevakt.lib.periods import Period, last_complete_month
from municipalities.models import Central
from municipalities.queries import Asked

MOST_TOLD = 3
TWELVE = 12

Stored = Mapping[date, StoredLevel]


def months_of(*, since: date, until: date) -> list[Period]:
    """The whole months that have ended by the day before `until`, from the month of `since`.

    At least the last complete one, at most twelve.

    >>> found = months_of(since=date(2025, 8, 20), until=date(2025, 10, 29))
    >>> [str(each.starts_on) for each in found]
    ['2025-08-01', '2025-09-01']
    """
    last = last_complete_month(until)
    first = min(since.replace(day=1), last.starts_on)
    return Period(first, last.ends_on).months()[-TWELVE:]


def facts(asked: Asked) -> dict[str, Any]:
    """Each central's months with what they rest on, their sum, and where calls were lacking.

    Two queries, and for each central one that lacks months and about eight that is below target.
    """
    definition = default_definition()
    months = months_of(since=asked.since, until=asked.until)
    period = Period(months[0].starts_on, months[-1].ends_on)
    centrals = list(
        Central.objects.counted().filter(cooperation=asked.cooperation).order_by("name", "pk")
    )
    stored = stored_months(centrals=centrals, definition=definition, period=period)
    return {
        "definition": definition.id,
        "target_percent": definition.target,
        "limit_seconds": definition.limit_seconds,
        "from": period.starts_on.isoformat(),
        "to": period.ends_on.isoformat(),
        "centrals": [
            _central(
                each,
                months=months,
                stored={row.starts_on: row for row in stored if row.central_id == each.pk},
                definition=definition,
            )
            for each in centrals
        ],
    }


def _central(
    central: Central, *, months: Sequence[Period], stored: Stored, definition: Definition
) -> dict[str, Any]:
    lacking = [each for each in months if each.starts_on not in stored]
    waiting = fed(central=central, periods=lacking)
    tally = total(
        [
            *(row.level for row in stored.values()),
            *(Tally(hours_in_period=month.hours()) for month in lacking),
        ]
    )
    state = "waiting" if tally.state != "figures" and waiting else tally.state
    return {
        "slug": central.slug,
        "name": central.name,
        "months": [_month(each, stored=stored, waiting=waiting) for each in months],
        "sum": _counts(tally) | {"state": state},
        "lacking": _lacking(central, months=months, tally=tally, definition=definition),
    }


def _month(month: Period, *, stored: Stored, waiting: set[date]) -> dict[str, Any]:
    """A month with its life; one that is not stored has no counts, since 0 would be a figure."""
    first = month.starts_on
    told = {"month": first.isoformat(), "is_published": False}
    found = stored.get(first)
    if found is None:
        return told | {"state": "waiting" if first in waiting else "no_data"}
    return (
        told
        | _counts(found.level)
        | {
            "is_published": found.state == "published",
            "life": found.state,
            "revision": found.revision,
        }
    )


def _counts(level: ServiceLevel | Tally) -> dict[str, Any]:
    """Numerator and denominator always, and what they rest on; never a percentage alone."""
    least = settings.INDICATOR_LEAST_COMPLETENESS_PERCENT
    return {
        "state": level.state,
        "numerator": level.numerator,
        "denominator": level.denominator,
        "answered": level.answered,
        "offered": level.offered,
        "hours_with_feed": level.hours_with_feed,
        "hours_in_period": level.hours_in_period,
        "is_provisional": not is_complete(level, least_percent=least),
    }


def _lacking(
    central: Central, *, months: Sequence[Period], tally: Tally, definition: Definition
) -> dict[str, Any] | None:
    """How many more calls in time the target wanted, and where most of them were lacking."""
    target = definition.target
    if tally.meets_target(target) is not False:
        return None
    gap = gap_of(central=central, period=Period(months[0].starts_on, months[-1].ends_on))
    return {
        "calls": calls_short(tally.numerator, tally.denominator, target),
        "hours": [
            asdict(each.key) | _short(each, target=target)
            for each in gap.hours
            if isinstance(each.key, Block)
        ][:MOST_TOLD],
        "days": _days(gap, target=target),
    }


def _days(gap: Gap, *, target: int) -> list[dict[str, Any]]:
    """The kinds of day that lacked calls, of those that are told by themselves."""
    lacked = [each for each in gap.days if each.key is not None and each.shortfall > 0]
    return [{"kind": each.key.value} | _short(each, target=target) for each in lacked[:MOST_TOLD]]


def _short(lack: Lack, *, target: int) -> dict[str, int]:
    counts = (lack.numerator, lack.denominator)
    return {
        "calls": calls_short(*counts, target),
        "numerator": lack.numerator,
        "denominator": lack.denominator,
    }
