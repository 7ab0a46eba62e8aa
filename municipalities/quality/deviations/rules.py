"""Months of counts to tables: what is missing stays missing. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

MONTHS = 12


@dataclass(frozen=True)
class Reported:
    """A month that is reported: its counts by (category, severity, state) names."""

    month: date
    counts: Mapping[tuple[str, str, str], int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def by(self, place: int) -> dict[str, int]:
        """The counts by category (0), severity (1) or state (2).

        >>> Reported(date(2025, 1, 1), {("HMS", "", "new"): 2, ("HMS", "", "closed"): 3}).by(0)
        {'HMS': 5}
        """
        found: dict[str, int] = {}
        for key, count in self.counts.items():
            found[key[place]] = found.get(key[place], 0) + count
        return found


@dataclass(frozen=True)
class Summed:
    """A sum, and how many months of how many it rests on."""

    total: int
    reported: int
    months: int

    @property
    def is_whole(self) -> bool:
        return self.reported == self.months


@dataclass(frozen=True)
class Year:
    """The months of a span, each reported or None."""

    months: Sequence[date]
    reported: Mapping[date, Reported] = field(default_factory=dict)

    def series(self, place: int, name: str) -> list[int | None]:
        """The counts of a name month by month; None where the month is missing, else 0 or more."""
        return [
            None if each not in self.reported else self.reported[each].by(place).get(name, 0)
            for each in self.months
        ]

    def totals(self) -> list[int | None]:
        """The sum of each month; None where it is missing."""
        return [
            self.reported[each].total if each in self.reported else None for each in self.months
        ]

    def names(self, place: int) -> list[str]:
        """The names that have a count, the most first."""
        sums: dict[str, int] = {}
        for month in self.reported.values():
            for name, count in month.by(place).items():
                sums[name] = sums.get(name, 0) + count
        return sorted(sums, key=lambda name: (-sums[name], name))

    @property
    def summed(self) -> Summed:
        """The sum of the months that are reported, and of how many it is.

        >>> months = [date(2020, number, 1) for number in range(1, 13)]
        >>> counts = dict(zip(months[2:], (4, 2, 8, 68, 36, 42, 77, 65, 65, 84)))
        >>> Year(months, {each: Reported(each, {("HMS", "", "new"): count})
        ...     for each, count in counts.items()}).summed
        Summed(total=451, reported=10, months=12)
        """
        known = [each for each in self.totals() if each is not None]
        return Summed(total=sum(known), reported=len(known), months=len(self.months))


def months_of(year: int) -> list[date]:
    """The first days of the year's months."""
    return [date(year, month, 1) for month in range(1, MONTHS + 1)]


def months_between(*, since: date, until: date) -> list[date]:
    """The first days of the months that begin before `until`, from the month of `since`.

    >>> months_between(since=date(2025, 11, 20), until=date(2026, 2, 1))
    [datetime.date(2025, 11, 1), datetime.date(2025, 12, 1), datetime.date(2026, 1, 1)]
    """
    found, month = [], since.replace(day=1)
    while month < until:
        found.append(month)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return found


def missing(*, months: Iterable[date], reported: Iterable[date], today: date) -> list[date]:
    """The months that have ended and are not reported."""
    known = set(reported)
    this_month = today.replace(day=1)
    return [each for each in months if each < this_month and each not in known]
