"""Why a period is where it is, from the stored months: what is published stays as it was told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models.functions import TruncMonth

from callstats.calls.models import FeedHour
from callstats.gaps.blocks import by_block
from callstats.gaps.days import by_kind
from callstats.gaps.earlier import earlier_periods
from callstats.gaps.rules import Counts, Lack, regrouped, told
from callstats.indicators.definitions import Definition, default_definition
from callstats.indicators.parts import summed
from callstats.indicators.rules import ServiceLevel, Tally, total
from callstats.periods.stored import StoredLevel, stored_months
from legevakt.lib.periods import OSLO, Period
from municipalities.models import Central, Municipality, PublicNumber


@dataclass(frozen=True)
class Missing:
    """A month that is not stored; it waits where there is a call log that tells of it."""

    period: Period
    is_waiting: bool


@dataclass(frozen=True)
class Counted:
    """A period's calls over the months of it that are stored, and the months that are not."""

    period: Period
    tally: Tally
    missing: tuple[Missing, ...]

    @property
    def state(self) -> str:
        """`figures`, `no_calls`, `no_data`, or `waiting`."""
        if self.tally.state != "figures" and any(month.is_waiting for month in self.missing):
            return "waiting"
        return self.tally.state


@dataclass(frozen=True)
class Gap:
    """The period's calls parted in five ways. Each way's shortfalls sum to the whole exactly.

    Keys of `hours` are blocks.Block and blocks.Rest, of `weekdays` 1 = Monday, of `days`
    days.Kind, of `numbers` the names of lines, of `municipalities` their names, "" where it is
    not known. None are those of few calls, told together.
    """

    central: Central
    definition: Definition
    counted: Counted
    hours: list[Lack]
    weekdays: list[Lack]
    days: list[Lack]
    numbers: list[Lack]
    municipalities: list[Lack]
    earlier: list[Counted]

    @property
    def period(self) -> Period:
        return self.counted.period


def gap_of(*, central: Central, period: Period) -> Gap:
    """What a period of whole months lacked, by the national indicator, and the periods before."""
    definition = default_definition()
    counting = [period, *earlier_periods(period)]
    stored = {
        each: stored_months(centrals=[central], definition=definition, period=each)
        for each in counting
    }
    counted = _counted(stored, central=central)
    parts = [month.parts for month in stored[period]]
    target = definition.target
    cells = {int(cell): counts for cell, counts in _cells(parts, by="hour_of_week").items()}
    days = {date.fromisoformat(day): counts for day, counts in _cells(parts, by="day").items()}
    weekdays = regrouped(cells, groups={cell: cell // 24 for cell in cells})
    return Gap(
        central=central,
        definition=definition,
        counted=counted[period],
        hours=by_block(cells, target_percent=target),
        weekdays=told(weekdays, target_percent=target),
        days=told(by_kind(days), target_percent=target),
        numbers=told(_numbers(_cells(parts, by="line")), target_percent=target),
        municipalities=told(
            _municipalities(_cells(parts, by="municipality")), target_percent=target
        ),
        earlier=[counted[each] for each in counting[1:]],
    )


def _counted(
    stored: Mapping[Period, Sequence[StoredLevel]], *, central: Central
) -> dict[Period, Counted]:
    lacking = {
        period: [
            month
            for month in period.months()
            if month.starts_on not in {level.starts_on for level in levels}
        ]
        for period, levels in stored.items()
    }
    with_feed = _with_feed(central, months=[month for each in lacking.values() for month in each])
    return {
        period: Counted(
            period=period,
            tally=_tally([month.level for month in stored[period]], missing=months),
            missing=tuple(Missing(month, month.starts_on in with_feed) for month in months),
        )
        for period, months in lacking.items()
    }


def _tally(levels: Sequence[ServiceLevel], *, missing: Sequence[Period]) -> Tally:
    """The hours of the months that are not stored are hours of the period too."""
    return total([*levels, *(Tally(hours_in_period=month.hours()) for month in missing)])


def _with_feed(central: Central, *, months: Sequence[Period]) -> set[date]:
    """The first days of those of the months that a call log tells of."""
    if not months:
        return set()
    rows = (
        FeedHour.objects.filter(
            source__central=central,
            hour_at__gte=min(month.starts_at for month in months),
            hour_at__lt=max(month.ends_at for month in months),
        )
        .annotate(month=TruncMonth("hour_at", tzinfo=OSLO))
        .values_list("month", flat=True)
        .order_by("month")
        .distinct()
    )
    return {month.date() for month in rows}


def _cells(parts: Sequence[Mapping[str, Any] | None], *, by: str) -> dict[str, Counts]:
    return {cell: (part.numerator, part.denominator) for cell, part in summed(parts, by=by).items()}


def _numbers(cells: Mapping[str, Counts]) -> dict[str, Counts]:
    lines = PublicNumber.objects.in_bulk([int(cell) for cell in cells])
    return regrouped(cells, groups={cell: str(lines.get(int(cell), cell)) for cell in cells})


def _municipalities(cells: Mapping[str, Counts]) -> dict[str, Counts]:
    return regrouped(cells, groups=_municipality_names([*cells]))


def _municipality_names(numbers: Sequence[str]) -> dict[str, str]:
    """Number → its latest name, with the number where another is called the same (Herøy).

    A number that the register does not have stands for itself.
    """
    rows = Municipality.objects.filter(number__in=numbers).order_by("valid_from", "pk")
    names = {number: number for number in numbers} | dict(rows.values_list("number", "name"))
    called = Counter(names.values())
    return {
        number: f"{name} ({number})" if called[name] > 1 else name for number, name in names.items()
    }
