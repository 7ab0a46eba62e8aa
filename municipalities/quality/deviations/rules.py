"""Months of counted deviations: which are over, which are missing, and what sums rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

NEW, IN_PROGRESS, MEASURES, CLOSED = "new", "in_progress", "measures", "closed"
STATES = (NEW, IN_PROGRESS, MEASURES, CLOSED)
REPORTED_BY_DAY = 15  # of the month after; chosen here, the agreement says nothing of it


@dataclass(frozen=True, kw_only=True)
class MonthFigures:
    """A month: `is_reported` False is missing, and never nought. Keys of lists are their pk.

    None among `by_severity` is where severity is not told.
    """

    month: date
    is_reported: bool
    by_category: Mapping[int, int] = field(default_factory=dict)
    by_severity: Mapping[int | None, int] = field(default_factory=dict)
    by_state: Mapping[str, int] = field(default_factory=dict)
    median_days: Decimal | None = None

    @property
    def count(self) -> int | None:
        """All of the month's deviations; None where the month is missing."""
        return sum(self.by_category.values()) if self.is_reported else None

    @property
    def closed(self) -> int | None:
        """How many of them are closed."""
        return self.by_state.get(CLOSED, 0) if self.is_reported else None

    @property
    def open(self) -> int | None:
        """How many of them are not closed."""
        return sum(self.by_state.values()) - (self.closed or 0) if self.is_reported else None


@dataclass(frozen=True)
class Sum:
    """A sum, and how many of the months it rests on; None where none of them is reported.

    >>> months = [MonthFigures(month=date(2020, 3, 1), is_reported=True, by_category={1: 4})]
    >>> summed([*months, MonthFigures(month=date(2020, 2, 1), is_reported=False)])
    Sum(count=4, reported=1, months=2)
    """

    count: int | None
    reported: int
    months: int


def summed(months: Sequence[MonthFigures]) -> Sum:
    """All deviations of the months that are reported."""
    told = [each.count for each in months if each.count is not None]
    return Sum(sum(told) if told else None, len(told), len(months))


def by_key(months: Iterable[MonthFigures], name: str) -> dict[int | str | None, int]:
    """The months' `by_category`, `by_severity` or `by_state` added up."""
    found: dict[int | str | None, int] = {}
    for month in months:
        for key, count in getattr(month, name).items():
            found[key] = found.get(key, 0) + count
    return found


def is_over(month: date, *, today: date) -> bool:
    """Whether the whole month lies behind."""
    return month_after(month) <= today


def month_after(month: date, count: int = 1) -> date:
    """The first of the month so many months after.

    >>> month_after(date(2025, 12, 1)), month_after(date(2025, 1, 1), -1)
    (datetime.date(2026, 1, 1), datetime.date(2024, 12, 1))
    """
    year, number = divmod(month.year * 12 + month.month - 1 + count, 12)
    return date(year, number + 1, 1)


def months_between(since: date, until: date) -> list[date]:
    """Every month that has a day of the half-open days, by its first."""
    month, found = since.replace(day=1), []
    while month < until:
        found.append(month)
        month = month_after(month)
    return found


def asked_for_by(today: date) -> tuple[date, date]:
    """The latest month that should be reported by now, and the day it was to be by.

    >>> asked_for_by(date(2025, 11, 15)), asked_for_by(date(2025, 11, 16))[0]
    ((datetime.date(2025, 9, 1), datetime.date(2025, 10, 15)), datetime.date(2025, 10, 1))
    """
    back = 1 if today.day > REPORTED_BY_DAY else 2
    month = month_after(today.replace(day=1), -back)
    return month, month_after(month).replace(day=REPORTED_BY_DAY)
