"""Numbers as people read them."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from legevakt.lib import words


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("116117", "116 117"),
        ("56340000", "56 34 00 00"),
        ("lokal8", "lokal8"),
        ("02800", "02800"),
        ("", ""),
    ],
)
def test_a_telephone_number_is_grouped_as_it_is_said(number, told):
    assert words.phone_number(number) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (-12, "−12"),
        (Decimal("-8.60"), "−8,60"),
        (-1234, "−1\u00a0234"),
        (0, "0"),
        (Decimal("3.5"), "3,5"),
    ],
)
def test_a_number_below_zero_has_a_real_minus_sign(value, told):
    with translation.override("nn"):
        assert words.number(value) == told


@pytest.mark.parametrize(
    ("first", "end", "told"),
    [
        (date(2025, 10, 24), date(2025, 10, 25), "24. oktober 2025"),
        (date(2025, 10, 24), date(2025, 10, 26), "24. oktober 2025 til 25. oktober 2025"),
        (date(2025, 10, 1), date(2025, 11, 1), "oktober 2025"),
        (date(2025, 10, 1), date(2025, 12, 1), "1. oktober 2025 til 30. november 2025"),
        (date(2025, 9, 1), date(2026, 1, 1), "1. september 2025 til 31. desember 2025"),
    ],
)
def test_days_are_a_day_a_month_or_the_first_and_the_last(first, end, told):
    with translation.override("nn"):
        assert words.days(first, end) == told
