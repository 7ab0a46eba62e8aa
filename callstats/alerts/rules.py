"""When a central has fallen below its target, and when it is clearly above it again.

No Django here. Two limits instead of one (hysteresis), so that a central whose share lies about
the target is not told of every month anew.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

POINTS_ABOVE = 2  # percentage points above the target that end an alert


class Step(StrEnum):
    """What a month does to the alert."""

    RAISE = "raise"
    CLEAR = "clear"
    STAY = "stay"


def is_below(numerator: int, denominator: int, *, target_percent: int) -> bool:
    """Whether 100 · N < target · D, so that 79.96 % is below 80 %.

    >>> is_below(7996, 10000, target_percent=80), is_below(8, 10, target_percent=80)
    (True, False)
    """
    return 100 * numerator < target_percent * denominator


def is_clearly_above(numerator: int, denominator: int, *, target_percent: int) -> bool:
    """Whether 100 · N ≥ (target + 2) · D; of a target close to 100, whether all calls were in time.

    >>> is_clearly_above(8199, 10000, target_percent=80)
    False
    >>> is_clearly_above(82, 100, target_percent=80)
    True
    """
    return 100 * numerator >= min(target_percent + POINTS_ABOVE, 100) * denominator


def step(
    *,
    numerator: int,
    denominator: int,
    target_percent: int,
    month: date,
    raised_for: date | None,
    is_lasting: bool,
) -> Step:
    """What the month (its first day) does; `raised_for` is the month of the latest alert, if any.

    Only a later month than that one ends an alert or raises the next: so each month raises at
    most one, however often its figures change. The denominator is not 0.

    >>> october, november = date(2025, 10, 1), date(2025, 11, 1)
    >>> target = {"target_percent": 80, "denominator": 100}
    >>> str(step(numerator=79, month=october, raised_for=None, is_lasting=False, **target))
    'raise'
    >>> str(step(numerator=81, month=november, raised_for=october, is_lasting=True, **target))
    'stay'
    >>> str(step(numerator=82, month=november, raised_for=october, is_lasting=True, **target))
    'clear'
    """
    if raised_for is not None and month <= raised_for:
        return Step.STAY
    if is_lasting:
        is_over = is_clearly_above(numerator, denominator, target_percent=target_percent)
        return Step.CLEAR if is_over else Step.STAY
    is_new = is_below(numerator, denominator, target_percent=target_percent)
    return Step.RAISE if is_new else Step.STAY
