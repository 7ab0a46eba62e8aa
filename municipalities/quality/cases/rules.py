"""Complaints of a year: what is known, what is missing, and what may be told. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from legevakt.lib.periods import Period

QUARTERS = range(1, 5)
FEWEST = 5  # decision 15
Cell = tuple[int, str]  # quarter, kind


@dataclass(frozen=True)
class Counted:
    """Complaints of a kind in a quarter: received, of these decided, of those upheld."""

    received: int
    decided: int = 0
    upheld: int = 0

    def __add__(self, other: Counted) -> Counted:
        return Counted(
            self.received + other.received,
            self.decided + other.decided,
            self.upheld + other.upheld,
        )


NOUGHT = Counted(0)


@dataclass(frozen=True)
class ComplaintYear:
    """The cells that are reported; one that is missing is not nought."""

    year: int
    kinds: tuple[str, ...]
    cells: Mapping[Cell, Counted] = field(default_factory=dict)

    def of_quarter(self, quarter: int) -> Counted | None:
        """The sum of the quarter's kinds; None until every kind is reported."""
        found = [self.cells.get((quarter, kind)) for kind in self.kinds]
        known = [each for each in found if each is not None]
        return sum(known, NOUGHT) if len(known) == len(found) else None

    @property
    def whole_quarters(self) -> list[int]:
        """The quarters of which every kind is reported."""
        return [quarter for quarter in QUARTERS if self.of_quarter(quarter) is not None]

    @property
    def so_far(self) -> Counted:
        """The sum of the quarters that are whole."""
        return sum(
            (each for quarter in QUARTERS if (each := self.of_quarter(quarter)) is not None),
            NOUGHT,
        )

    @property
    def upheld_told(self) -> int | None:
        """How many of the year's decided complaints were upheld, where that may be told.

        How many came tells of no one. What became of one of them can: who knows that a neighbour
        complained, and sees one complaint and one upheld, knows how it ended. So it is told of the
        year and all kinds together alone, when none or at least five are decided.

        >>> cells = {(1, "service"): Counted(6, 5, 2)}
        >>> ComplaintYear(2025, ("service",), cells).upheld_told
        2
        >>> few = {(1, "service"): Counted(6, 4, 1)}
        >>> ComplaintYear(2025, ("service",), few).upheld_told is None
        True
        """
        found = self.so_far
        return found.upheld if not found.decided or found.decided >= FEWEST else None


def quarter_of(day: date) -> int:
    """
    >>> quarter_of(date(2025, 3, 31)), quarter_of(date(2025, 4, 1)), quarter_of(date(2025, 12, 1))
    (1, 2, 4)
    """
    return (day.month - 1) // 3 + 1


def quarter_days(*, year: int, quarter: int) -> Period:
    """The quarter's days.

    >>> str(quarter_days(year=2025, quarter=4).ends_on)
    '2026-01-01'
    """
    first, last = Period.month(year, quarter * 3 - 2), Period.month(year, quarter * 3)
    return Period(first.starts_on, last.ends_on)


def has_begun(*, year: int, quarter: int, today: date) -> bool:
    """Whether the quarter can be counted at all.

    >>> has_begun(year=2025, quarter=4, today=date(2025, 11, 10))
    True
    >>> has_begun(year=2026, quarter=1, today=date(2025, 11, 10))
    False
    """
    return (year, quarter) <= (today.year, quarter_of(today))


def is_under_way(*, year: int, quarter: int, today: date) -> bool:
    """Whether the quarter can still get more."""
    return (year, quarter) == (today.year, quarter_of(today))


def is_late(*, outcome: str, deadline: date | None, corrected: date | None, today: date) -> bool:
    """Whether a breach should have been put right by now.

    >>> is_late(outcome="breach", deadline=date(2025, 6, 1), corrected=None, today=date(2025, 6, 2))
    True
    """
    return outcome == "breach" and corrected is None and deadline is not None and deadline < today
