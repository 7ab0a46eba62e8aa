"""Organisation numbers, bank accounts, numbers of invoices and due dates."""

import doctest
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from municipalities.costs.invoicing import rules
from municipalities.costs.invoicing.rules import (
    ClaimFault,
    claim_id,
    due_date,
    is_account_number,
    is_org_number,
)

# The municipalities of Nordhordland, as Enhetsregisteret has them.
NORDHORDLAND = [
    "920290922",
    "948350823",
    "944041036",
    "945627913",
    "964969302",
    "938497524",
    "864338712",
    "964967458",
]
PLACES = st.integers(0, 8)


@pytest.mark.parametrize("number", NORDHORDLAND)
def test_a_municipalitys_organisation_number_is_right(number):
    assert is_org_number(number)


@given(st.sampled_from(NORDHORDLAND), PLACES, st.integers(1, 9))
def test_one_wrong_digit_is_always_found(number, place, more):
    wrong = str((int(number[place]) + more) % 10)
    assert not is_org_number(number[:place] + wrong + number[place + 1 :])


@given(st.integers(100_000_000, 999_999_999))
def test_the_check_digit_makes_the_weighted_sum_whole_elevens(number):
    weighted = sum(
        int(d) * w for d, w in zip(str(number), (3, 2, 7, 6, 5, 4, 3, 2, 1), strict=True)
    )
    assert is_org_number(str(number)) == (weighted % 11 == 0)


@pytest.mark.parametrize(
    "text", ["", "000000000", "92029092", "9202909220", "920 290 922", "92029092a", "٩٢٠٢٩٠٩٢٢"]
)
def test_what_is_not_nine_plain_digits_is_no_organisation_number(text):
    assert not is_org_number(text)


@pytest.mark.parametrize("text", ["", "8601.11.17947", "86011117949", "8601111794", "4090403"])
def test_what_is_not_eleven_right_digits_is_no_account(text):
    assert is_account_number("86011117947")
    assert not is_account_number(text)


@given(st.text("LV26", min_size=1, max_size=12), st.integers(1, 10**6))
def test_ids_of_a_series_differ(series, number):
    assert claim_id(series=series, number=number) != claim_id(series=series, number=number + 1)


@pytest.mark.parametrize("series", ["", "lv", "LV-26", "Å", "A" * 13])
def test_a_series_is_letters_and_digits(series):
    with pytest.raises(ClaimFault, match="bad_series"):
        claim_id(series=series, number=1)


def test_numbers_begin_at_one():
    with pytest.raises(ClaimFault, match="bad_number"):
        claim_id(series="LV", number=0)


@pytest.mark.parametrize(
    ("issued", "due"),
    [
        (date(2026, 3, 2), date(2026, 4, 1)),
        (date(2026, 3, 4), date(2026, 4, 7)),  # Good Friday, then Easter
        (date(2025, 12, 2), date(2026, 1, 2)),  # New Year's Day
        (date(2026, 4, 17), date(2026, 5, 18)),  # 17 May is a Sunday
    ],
)
def test_due_on_a_day_when_banks_are_open(issued, due):
    assert due_date(issue_date=issued) == due


@given(st.dates(date(2020, 1, 1), date(2050, 1, 1)), st.integers(0, 60))
def test_due_is_never_earlier_and_at_most_a_week_later(issued, days):
    late = due_date(issue_date=issued, days=days) - (issued + timedelta(days))
    assert timedelta(0) <= late <= timedelta(7)


def test_the_worked_examples_hold():
    assert doctest.testmod(rules).failed == 0
