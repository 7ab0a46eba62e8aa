"""Percent, target and sums on whole numbers."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstats.indicators.rules import (
    HourOfWeek,
    ServiceLevel,
    Tally,
    meets_target,
    percent,
    total,
)

COUNTS = st.integers(0, 10_000_000)


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (3, 11, "27.3"),
        (7996, 10_000, "80.0"),
        (1, 2000, "0.1"),
        (1, 2001, "0.0"),
        (2725, 10_000, "27.3"),
        (2, 3, "66.7"),
        (5, 5, "100.0"),
        (0, 7, "0.0"),
    ],
)
def test_percent_has_one_decimal_half_up(numerator, denominator, expected):
    assert percent(numerator, denominator) == Decimal(expected)


@given(numerator=COUNTS, more=COUNTS)
def test_percent_is_the_nearest_tenth_with_halves_up(numerator, more):
    denominator = numerator + more
    if denominator == 0:
        assert percent(numerator, denominator) is None
        return
    tenths = Fraction(1000 * numerator, denominator)
    assert int(percent(numerator, denominator) * 10) == (tenths + Fraction(1, 2)) // 1


def test_a_shown_80_percent_need_not_meet_the_target():
    assert percent(7996, 10_000) == Decimal("80.0")
    assert meets_target(7996, 10_000, 80) is False
    assert meets_target(8000, 10_000, 80) is True
    assert meets_target(4, 5, 80) is True


def test_no_calls_meet_no_target_and_miss_none():
    assert meets_target(0, 0, 80) is None
    assert Tally().percent is None
    assert Tally().share is None


def test_no_calls_and_no_data_are_told_apart():
    assert Tally(hours_with_feed=24, hours_in_period=24).state == "no_calls"
    assert Tally(hours_with_feed=0, hours_in_period=24).state == "no_data"
    assert Tally(numerator=0, denominator=1).state == "figures"


def test_a_total_sums_counts_and_averages_nothing():
    first = Tally(numerator=1, denominator=1, hours_with_feed=10, hours_in_period=24)
    second = Tally(numerator=0, denominator=9, hours_with_feed=24, hours_in_period=24)
    summed = total([first, second])
    assert (summed.numerator, summed.denominator) == (1, 10)
    assert summed.percent == Decimal("10.0")
    assert summed.completeness == pytest.approx(34 / 48)


def test_a_service_level_survives_json():
    level = ServiceLevel(
        numerator=3,
        denominator=11,
        offered=11,
        answered=6,
        definition_id="lvs-2min-v1",
        starts_on=date(2025, 10, 1),
        ends_on=date(2025, 11, 1),
        median_seconds=120.5,
        bands={"0-5": 1},
        outcomes={"answered": 6},
    )
    told = level.as_dict()
    assert told["percent"] == "27.3"
    assert told["unanswered"] == 5
    assert ServiceLevel.from_dict(told) == level


def test_an_hour_without_calls_has_no_share():
    assert HourOfWeek(1, 0, 0, 0).share is None
    assert HourOfWeek(1, 0, 1, 4).share == 0.25
