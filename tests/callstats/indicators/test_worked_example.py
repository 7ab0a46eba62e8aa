"""The test vector of the indicator reference, section 5.2."""

from decimal import Decimal

from callstats.indicators.definitions import default_definition
from callstats.indicators.worked_example import worked_example


def test_the_national_definition_gives_3_of_11():
    example = worked_example(default_definition())

    assert (example.numerator, example.denominator) == (3, 11)
    assert example.percent == Decimal("27.3")


def test_five_of_eleven_are_answered_within_ten_minutes():
    example = worked_example(default_definition())

    assert (example.within_second, example.second_percent) == (5, Decimal("45.5"))


def test_the_median_is_of_answered_calls():
    assert worked_example(default_definition()).median_seconds == 120.5
