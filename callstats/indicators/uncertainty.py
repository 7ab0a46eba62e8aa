"""How sure a share is when few called. No Django here."""

from __future__ import annotations

from enum import StrEnum
from math import sqrt

from callstats.indicators.rules import meets_target

LEAST_CALLS = 30
LEAST_TESTED = 5


class Judgement(StrEnum):
    """What may be said of a share against its target."""

    MET = "met"
    BELOW = "below"
    TOO_FEW = "too_few"


def wilson(numerator: int, denominator: int, z: float = 1.96) -> tuple[float, float] | None:
    """The Wilson score interval of N / D, each end 0 to 1; None for D = 0.

    (N + z²/2 ± z·√(N·(D − N)/D + z²/4)) / (D + z²); z = 1.96 is 95 %. Unlike the plain
    p ± z·√(p(1 − p)/D) it stays within 0 to 1 and holds for few calls and for shares near 1.
    Source: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927), pp. 209–212. Example, 81 of 263 calls
    (Newcombe, Statistics in Medicine 17 (1998), table I: 0.2553 to 0.3662):

    >>> [round(end, 4) for end in wilson(81, 263)]
    [0.2553, 0.3662]
    >>> wilson(0, 0) is None
    True
    """
    if denominator == 0:
        return None
    share, total = numerator / denominator, denominator + z * z
    middle = (numerator + z * z / 2) / total
    reach = z / total * sqrt(numerator * (denominator - numerator) / denominator + z * z / 4)
    # Rounding of floats may push an end past the share at 0 and at 1, where the two are equal.
    return max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach))


def is_small(denominator: int, *, least: int = LEAST_CALLS) -> bool:
    """Whether the calls are too few to judge a share by.

    30 is the least denominator of the presentation standards of the U.S. National Center for
    Health Statistics (Parker and others, Vital and Health Statistics 2(175), 2017). At the
    target of 80 % the interval of 30 calls is still 28 percentage points wide.

    >>> is_small(29), is_small(30)
    (True, False)
    """
    return denominator < least


def judged(numerator: int, denominator: int, target_percent: int | None) -> Judgement | None:
    """Met, below, or too few to tell; None for no calls or no target.

    Too few to tell is a share of few calls (`is_small`) whose interval holds the target, and of
    fewer than five calls any share: there the interval is too rough (one unanswered call would
    be surely below 80 %, though one in five is). Few calls far from the target are judged, and
    so are many calls close to it: the target is set for what was counted, not for what it is a
    sample of.

    >>> judged(8, 11, 80), judged(2, 11, 80), judged(79, 100, 80)
    (<Judgement.TOO_FEW: 'too_few'>, <Judgement.BELOW: 'below'>, <Judgement.BELOW: 'below'>)
    """
    interval = wilson(numerator, denominator)
    if interval is None or target_percent is None:
        return None
    low, high = interval
    holds_target = low <= target_percent / 100 <= high or is_small(denominator, least=LEAST_TESTED)
    if is_small(denominator) and holds_target:
        return Judgement.TOO_FEW
    is_met = meets_target(numerator, denominator, target_percent)
    return Judgement.MET if is_met else Judgement.BELOW
