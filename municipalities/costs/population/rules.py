"""Days and shares of inhabitants. Plain Python."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

YEARS = 6
_TENTH = Decimal("0.1")


def first_days(today: date) -> list[date]:
    """The last six 1 Januaries up to today, oldest first.

    >>> [day.year for day in first_days(date(2026, 1, 1))]
    [2021, 2022, 2023, 2024, 2025, 2026]
    """
    return [date(today.year - before, 1, 1) for before in reversed(range(YEARS))]


def share_percent(part: int, whole: int) -> Decimal:
    """The part of the whole, in percent with one decimal. `whole` is above 0.

    >>> share_percent(509, 30_909)
    Decimal('1.6')
    """
    return (Decimal(100 * part) / whole).quantize(_TENTH, ROUND_HALF_UP)


def change_percent(before: int, after: int) -> Decimal:
    """How much there are more, in percent with one decimal; below 0 where fewer. `before` > 0.

    >>> change_percent(500, 509), change_percent(500, 495)
    (Decimal('1.8'), Decimal('-1.0'))
    """
    return (Decimal(100 * (after - before)) / before).quantize(_TENTH, ROUND_HALF_UP)
