"""The facts of professional status: how the phones were answered since the last meeting."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from callstats.gaps.blocks import Block
from callstats.gaps.queries import gap_of
from callstats.gaps.rules import calls_short
from callstats.indicators.definitions import Definition, default_definition
from callstats.indicators.rules import ServiceLevel, Tally, total
from callstats.periods.stored import StoredLevel, stored_months
from legevakt.lib.periods import Period, last_complete_month
from municipalities.models import Central
from municipalities.queries import Asked

BLOCKS = 3
TWELVE = 12


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
    """Each central's months with what they rest on, their sum, and where calls were lacking."""
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
    central: Central,
    *,
    months: list[Period],
    stored: dict[date, StoredLevel],
    definition: Definition,
) -> dict[str, Any]:
    tally = total([row.level for row in stored.values()])
    return {
        "slug": central.slug,
        "name": central.name,
        "months": [_month(each, stored.get(each.starts_on)) for each in months],
        "sum": _counts(tally),
        "lacking": _lacking(central, months=months, tally=tally, definition=definition),
    }


def _month(month: Period, stored: StoredLevel | None) -> dict[str, Any]:
    told = {"month": month.starts_on.isoformat(), "state": "no_data", "is_published": False}
    if stored is None:
        return told
    return told | _counts(stored.level) | {"is_published": stored.state == "published"}


def _counts(level: ServiceLevel | Tally) -> dict[str, Any]:
    """Numerator and denominator always, and what they rest on; never a percentage alone."""
    return {
        "state": level.state,
        "numerator": level.numerator,
        "denominator": level.denominator,
        "answered": level.answered,
        "offered": level.offered,
        "hours_with_feed": level.hours_with_feed,
        "hours_in_period": level.hours_in_period,
    }


def _lacking(
    central: Central, *, months: list[Period], tally: Tally, definition: Definition
) -> dict[str, Any] | None:
    """How many more calls in time the target wanted, and the hours that lacked most of them."""
    target = definition.target
    if target is None or tally.meets_target(target) is not False:
        return None
    gap = gap_of(central=central, period=Period(months[0].starts_on, months[-1].ends_on))
    blocks = [each for each in gap.hours if isinstance(each.key, Block)][:BLOCKS]
    return {
        "calls": calls_short(tally.numerator, tally.denominator, target),
        "hours": [
            asdict(each.key) | {"calls": calls_short(each.numerator, each.denominator, target)}
            for each in blocks
        ],
    }
