"""The letters of § 20-4, and the day on which one leaves (§ 20-8)."""

import calendar
import doctest
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from municipalities.agreements import rules
from municipalities.agreements.rules import (
    ITEMS,
    Paragraph,
    leaving_date,
    missing_items,
    where_answered,
)

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))
MONTHS = st.integers(min_value=0, max_value=120)


def slowly_after(day: date, months: int) -> date:
    """One month at a time: the month's number, then the day or the last that there is."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@pytest.mark.parametrize(
    ("received", "months", "at_new_year", "leaves"),
    [
        ("2026-03-15", 12, False, "2027-03-15"),
        ("2026-03-15", 12, True, "2028-01-01"),
        ("2026-01-01", 12, True, "2027-01-01"),
        ("2026-08-31", 6, False, "2027-02-28"),
        ("2027-08-31", 6, False, "2028-02-29"),
        ("2024-02-29", 12, False, "2025-02-28"),
        ("2026-12-31", 0, False, "2026-12-31"),
        ("2026-12-31", 0, True, "2027-01-01"),
        ("2026-12-15", 1, True, "2028-01-01"),
    ],
)
def test_one_leaves_after_the_notice_and_at_new_year_where_it_says_so(
    received, months, at_new_year, leaves
):
    found = leaving_date(
        received=date.fromisoformat(received), notice_months=months, at_new_year=at_new_year
    )
    assert found.isoformat() == leaves


@given(received=DAYS, months=MONTHS, at_new_year=st.booleans())
def test_nobody_leaves_before_the_notice_has_run(received, months, at_new_year):
    found = leaving_date(received=received, notice_months=months, at_new_year=at_new_year)
    earliest = slowly_after(received, months)
    assert found >= earliest
    assert (found == earliest) or (at_new_year and (found.month, found.day) == (1, 1))
    assert found - earliest < timedelta(days=366)


@given(received=DAYS, months=MONTHS, at_new_year=st.booleans())
def test_a_later_notice_never_leads_to_an_earlier_day(received, months, at_new_year):
    first, second = (
        leaving_date(received=day, notice_months=months, at_new_year=at_new_year)
        for day in (received, received + timedelta(days=1))
    )
    assert second >= first


def test_letter_i_is_never_missing_and_each_other_is_until_a_clause_answers_it():
    assert missing_items([]) == list("abcdefgh")
    assert missing_items([["a", "b"], ["c"], ["d", "e", "f", "g"], ["h"]]) == []


@given(st.lists(st.lists(st.sampled_from(ITEMS), unique=True), max_size=6))
def test_a_letter_is_missing_exactly_where_the_checklist_shows_no_clause(letters):
    paragraphs = [
        Paragraph(number, f"§ {number}", tuple(items)) for number, items in enumerate(letters, 1)
    ]
    empty = [item for item, found in where_answered(paragraphs).items() if not found]
    assert missing_items(letters) == [item for item in empty if item != "i"]


def test_the_examples_of_the_docstrings_hold():
    assert doctest.testmod(rules).failed == 0
