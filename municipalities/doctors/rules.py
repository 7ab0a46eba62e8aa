"""Duty in the legevakt and exemptions from it (fastlegeforskriften § 33). Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

import holidays

from legevakt.lib.periods import days_after

APPEAL_WEEKS = 3
ANSWER_DAYS = 30
LONGEST_DAYS = 366
FEWEST_TOLD = 5


class Ground(StrEnum):
    """On what ground an exemption is given. A code; the reasons are never stored here."""

    OVER_60 = "over_60"
    PREGNANCY = "pregnancy"
    BREASTFEEDING = "breastfeeding"
    HEALTH = "health"
    SOCIAL = "social"


RIGHTS = frozenset({Ground.OVER_60, Ground.PREGNANCY, Ground.BREASTFEEDING})
PASSING = frozenset({Ground.PREGNANCY, Ground.BREASTFEEDING})


class ExemptionFault(ValueError):
    """An exemption cannot be like that; `code` says why and `field` what to change."""

    def __init__(self, code: str, *, field: str | None = None) -> None:
        super().__init__(code)
        self.code, self.field = code, field


def check_days(*, ground: Ground, starts_date: date, ends_date: date | None) -> None:
    """Pregnancy and breastfeeding pass: they have an end, a year after the beginning at most.

    A child is breastfed under one year (§ 33 fourth paragraph). Raises ExemptionFault.
    """
    if ends_date is None:
        if ground in PASSING:
            raise ExemptionFault("passing_needs_end", field="last_day")
        return
    if ends_date <= starts_date:
        raise ExemptionFault("ends_before_start", field="last_day")
    if ground in PASSING and (ends_date - starts_date).days > LONGEST_DAYS:
        raise ExemptionFault("passing_too_long", field="last_day")


def check_happened(*, today: date, **days: date | None) -> None:
    """What is registered has happened, today at the latest; `days` are by their fields.

    Raises ExemptionFault.
    """
    for field, day in days.items():
        if day is not None and day > today:
            raise ExemptionFault("still_to_come", field=field)


def appeal_deadline(told_date: date) -> date:
    """Three weeks after the doctor was told; a day off moves it to the next working day.

    Forvaltningsloven §§ 29 and 30, domstolloven § 149.

    >>> appeal_deadline(date(2025, 11, 3)), appeal_deadline(date(2025, 12, 4))
    (datetime.date(2025, 11, 24), datetime.date(2025, 12, 29))
    """
    deadline = days_after(told_date, 7 * APPEAL_WEEKS)
    days_off = holidays.country_holidays("NO")
    while deadline.weekday() >= 5 or deadline in days_off:
        deadline += timedelta(days=1)
    return deadline


def answer_due(applied_date: date) -> date:
    """An application not decided within a month gets a preliminary answer (forvaltningsloven
    § 11 a): thirty days, which is never later than that by more than February's two.
    """
    return days_after(applied_date, ANSWER_DAYS)


def posts_left(*, posts: int, exempted_percent: Iterable[int]) -> Decimal:
    """Posts that still take their turn: posts − Σ (percent exempted / 100), never below 0.

    Each exemption is of one doctor in one post.

    >>> posts_left(posts=4, exempted_percent=[100, 50])
    Decimal('2.50')
    """
    left = Decimal(posts) - sum((Decimal(each) for each in exempted_percent), Decimal(0)) / 100
    return max(left, Decimal(0)).quantize(Decimal("0.01"))


def percent_of(part: int | Decimal, whole: int | Decimal) -> Decimal | None:
    """100 · part / whole with one decimal, half up; None of nothing. It may exceed 100.

    >>> percent_of(2, 3), percent_of(12, 10), percent_of(0, 0)
    (Decimal('66.7'), Decimal('120.0'), None)
    """
    if not whole:
        return None
    return (100 * Decimal(part) / Decimal(whole)).quantize(Decimal("0.1"), "ROUND_HALF_UP")


def is_told(count: int) -> bool:
    """Whether a number of doctors is large enough to be told to everybody.

    In a municipality with two doctors «one» says who.
    """
    return count >= FEWEST_TOLD


def is_told_together(hidden: Sequence[int]) -> bool:
    """Whether the sum of numbers that are hidden one by one can be told.

    Two that are known to be four at most and eight together are four each.

    >>> is_told_together([1, 2]), is_told_together([3, 4]), is_told_together([4, 4])
    (False, True, False)
    """
    return is_told(sum(hidden)) and sum(hidden) < (FEWEST_TOLD - 1) * len(hidden)
