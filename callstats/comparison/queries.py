"""Stored months summed: of every central for the same period, and of one central year by year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from callstats.indicators.definitions import Definition
from callstats.indicators.rules import ServiceLevel, Tally, total
from callstats.periods.models import IndicatorPeriod
from callstats.periods.stored import stored_months
from legevakt.lib.periods import Period
from municipalities.models import Central


@dataclass(frozen=True)
class Months:
    """The stored months of a central in a period, summed.

    The hours of a month that is missing are in `tally.hours_in_period`, so that the sum never
    looks more complete than it is.
    """

    period: Period
    tally: Tally
    missing: tuple[Period, ...]

    @property
    def stored(self) -> int:
        """How many of the period's months are stored."""
        return len(self.period.months()) - len(self.missing)

    @property
    def state(self) -> str:
        """`figures`, `no_calls`, `no_data`, or `waiting` where no month is stored."""
        return self.tally.state if self.stored else "waiting"


@dataclass(frozen=True)
class CentralMonths:
    """One central's sum of the period."""

    central: Central
    months: Months


def by_central(
    *, centrals: Sequence[Central], definition: Definition, period: Period
) -> list[CentralMonths]:
    """A sum a central, in the order they are given. The period is of whole months."""
    found: dict[int, list[ServiceLevel]] = defaultdict(list)
    for stored in stored_months(centrals=centrals, definition=definition, period=period):
        found[stored.central_id].append(stored.level)
    return [CentralMonths(each, _summed(found[each.pk], period=period)) for each in centrals]


def together(sums: Iterable[CentralMonths]) -> Tally:
    """Numerators and denominators of all, summed; percentages are never averaged."""
    return total([each.months.tally for each in sums])


def by_year(
    *, central: Central, definition: Definition, since: int, before: date
) -> dict[int, Months]:
    """A sum a year from `since` up to, and not with, the month of `before`, oldest first."""
    end = before.replace(day=1)
    if end <= date(since, 1, 1):
        return {}
    found: dict[int, list[ServiceLevel]] = defaultdict(list)
    for stored in stored_months(
        centrals=[central], definition=definition, period=Period(date(since, 1, 1), end)
    ):
        found[stored.starts_on.year].append(stored.level)
    return {
        year: _summed(found[year], period=year_until(year, before=end))
        for year in range(since, end.year + 1)
        if date(year, 1, 1) < end
    }


def stored_years(*, centrals: Sequence[Central], before: date) -> list[int]:
    """The years that have a stored month before the month of `before`, latest first."""
    rows = IndicatorPeriod.objects.months().filter(
        central__in=[central.pk for central in centrals], ends_on__lte=before.replace(day=1)
    )
    years = rows.order_by("-starts_on__year").values_list("starts_on__year", flat=True)
    return list(years.distinct())


def year_until(year: int, *, before: date) -> Period:
    """The year, or its months up to the month of `before`; raises PeriodError if there are none."""
    whole = Period.year(year)
    return Period(whole.starts_on, min(whole.ends_on, before.replace(day=1)))


def _summed(levels: Sequence[ServiceLevel], *, period: Period) -> Months:
    stored = {level.starts_on for level in levels}
    missing = tuple(month for month in period.months() if month.starts_on not in stored)
    lacking = Tally(hours_in_period=sum(month.hours() for month in missing))
    return Months(period=period, tally=total([*levels, lacking]), missing=missing)
