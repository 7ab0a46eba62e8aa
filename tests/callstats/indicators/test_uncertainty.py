"""The Wilson interval against published values, and what few calls may be said to show."""

from __future__ import annotations

from fractions import Fraction
from math import isclose, sqrt

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from callstats.indicators.uncertainty import LEAST_CALLS, Judgement, is_small, judged, wilson


@st.composite
def shares(draw, most: int = 10**7) -> tuple[int, int]:
    denominator = draw(st.integers(1, most))
    return draw(st.integers(0, denominator)), denominator


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_the_published_one(numerator, denominator, low, high):
    """Newcombe, Statistics in Medicine 17 (1998), table I, method 3."""
    found = wilson(numerator, denominator, z=1.959964)

    assert found is not None
    assert (round(found[0], 4), round(found[1], 4)) == (low, high)


def test_no_calls_have_no_interval():
    assert wilson(0, 0) is None


@given(shares())
@example((10, 10))
@example((0, 1))
def test_the_interval_holds_the_share_and_lies_within_0_and_1(share):
    numerator, denominator = share

    low, high = wilson(numerator, denominator)

    assert 0 <= low <= numerator / denominator <= high <= 1


@given(shares(most=100_000), st.integers(2, 50))
def test_more_calls_with_the_same_share_are_surer(share, times):
    low, high = wilson(*share)

    surer_low, surer_high = wilson(share[0] * times, share[1] * times)

    assert surer_high - surer_low < high - low


@given(shares(most=100_000))
def test_the_ends_are_where_the_score_test_says_they_are(share):
    """The second way: at each end e, |p − e| = z·√(e(1 − e)/D)."""
    numerator, denominator = share
    p = numerator / denominator

    for end in wilson(numerator, denominator):
        assert isclose(
            abs(p - end), 1.96 * sqrt(end * (1 - end) / denominator), rel_tol=1e-6, abs_tol=1e-9
        )


@given(shares())
def test_the_interval_of_the_calls_not_in_time_is_the_mirror(share):
    numerator, denominator = share
    low, high = wilson(numerator, denominator)

    mirrored = wilson(denominator - numerator, denominator)

    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-9)


def test_thirty_calls_are_enough_to_judge():
    assert is_small(LEAST_CALLS - 1)
    assert not is_small(LEAST_CALLS)
    assert is_small(LEAST_CALLS, least=LEAST_CALLS + 1)


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (0, 0, None),
        (0, 1, Judgement.TOO_FEW),
        (0, 4, Judgement.TOO_FEW),
        (0, 5, Judgement.BELOW),
        (1, 1, Judgement.TOO_FEW),
        (8, 11, Judgement.TOO_FEW),
        (2, 11, Judgement.BELOW),
        (16, 16, Judgement.MET),
        (15, 15, Judgement.TOO_FEW),
        (22, 29, Judgement.TOO_FEW),
        (23, 30, Judgement.BELOW),
        (24, 30, Judgement.MET),
        (7999, 10_000, Judgement.BELOW),
        (8000, 10_000, Judgement.MET),
    ],
)
def test_a_share_is_judged_against_80_percent(numerator, denominator, expected):
    assert judged(numerator, denominator, 80) is expected


def test_without_a_target_there_is_nothing_to_judge():
    assert judged(8, 10, None) is None


@given(shares(), st.integers(1, 100))
def test_enough_calls_are_always_judged_by_the_exact_share(share, target):
    numerator, denominator = share
    assume(not is_small(denominator))

    is_met = Fraction(numerator, denominator) >= Fraction(target, 100)

    assert judged(numerator, denominator, target) is (Judgement.MET if is_met else Judgement.BELOW)
