"""Below the target, clearly above it, and nothing in between."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstats.alerts.rules import Step, is_below, is_clearly_above, step

OCTOBER, NOVEMBER, DECEMBER = date(2025, 10, 1), date(2025, 11, 1), date(2025, 12, 1)
counts = st.integers(1, 10**6).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d)))
targets = st.integers(1, 100)


def stepped(numerator, *, month=OCTOBER, raised_for=None, is_lasting=False):
    return step(
        numerator=numerator,
        denominator=100,
        target_percent=80,
        month=month,
        raised_for=raised_for,
        is_lasting=is_lasting,
    )


@pytest.mark.parametrize(
    ("numerator", "raised_for", "is_lasting", "expected"),
    [
        (79, None, False, Step.RAISE),
        (80, None, False, Step.STAY),
        (79, OCTOBER, True, Step.STAY),
        (80, OCTOBER, True, Step.STAY),
        (81, OCTOBER, True, Step.STAY),
        (82, OCTOBER, True, Step.CLEAR),
        (79, OCTOBER, False, Step.RAISE),
        (81, OCTOBER, False, Step.STAY),
    ],
)
def test_what_november_does(numerator, raised_for, is_lasting, expected):
    found = stepped(numerator, month=NOVEMBER, raised_for=raised_for, is_lasting=is_lasting)
    assert found == expected


@pytest.mark.parametrize("is_lasting", [True, False])
@pytest.mark.parametrize("numerator", [0, 79, 82, 100])
@pytest.mark.parametrize("month", [OCTOBER, NOVEMBER])
def test_a_month_that_raised_an_alert_neither_ends_it_nor_raises_another(
    month, numerator, is_lasting
):
    found = stepped(numerator, month=month, raised_for=NOVEMBER, is_lasting=is_lasting)
    assert found == Step.STAY


@given(counts, targets)
def test_the_limits_are_those_of_exact_fractions(parts, target):
    numerator, denominator = parts
    share = Fraction(100 * numerator, denominator)
    assert is_below(numerator, denominator, target_percent=target) == (share < target)
    end = min(target + 2, 100)
    assert is_clearly_above(numerator, denominator, target_percent=target) == (share >= end)


@given(counts, targets)
def test_no_share_is_both_below_and_clearly_above(parts, target):
    assert not (
        is_below(*parts, target_percent=target) and is_clearly_above(*parts, target_percent=target)
    )
