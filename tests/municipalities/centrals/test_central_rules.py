"""When a requirement is to be checked again, and what a public number looks like."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from municipalities.centrals.rules import (
    NumberError,
    digits_of,
    holds_number,
    is_late,
    is_soon,
    next_due,
    next_half_year,
)

TODAY = date(2025, 11, 10)
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 12, 31))
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("checked", "months", "due"),
    [
        (date(2025, 11, 10), 12, date(2026, 11, 10)),
        (date(2025, 11, 10), 1, date(2025, 12, 10)),
        (date(2025, 12, 31), 1, date(2026, 1, 31)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 5, 31), 1, date(2025, 6, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 2, 28), 12, date(2026, 2, 28)),
    ],
)
def test_the_next_check_is_due_on_the_same_day_or_the_last_of_a_shorter_month(checked, months, due):
    assert next_due(checked=checked, months=months) == due


@given(DAYS, st.integers(min_value=1, max_value=60))
def test_the_day_that_is_due_is_the_same_as_by_walking_from_month_to_month(checked, months):
    first = checked.replace(day=1)
    for _ in range(months):
        first = (first + 31 * DAY).replace(day=1)
    day = first
    while day.day < checked.day and (day + DAY).month == first.month:
        day += DAY

    assert next_due(checked=checked, months=months) == day


@pytest.mark.parametrize(
    ("due", "late", "soon"),
    [
        (None, False, False),
        (date(2025, 11, 9), True, False),
        (date(2025, 11, 10), False, True),
        (date(2025, 11, 24), False, True),
        (date(2025, 11, 25), False, False),
    ],
)
def test_a_check_is_late_after_its_day_and_soon_within_fourteen(due, late, soon):
    assert (is_late(due, today=TODAY), is_soon(due, today=TODAY)) == (late, soon)


@given(DAYS)
def test_the_next_half_year_begins_after_today_in_january_or_july(today):
    found = next_half_year(today)

    assert (found.month, found.day) in {(1, 1), (7, 1)}
    assert DAY <= found - today <= 184 * DAY


@pytest.mark.parametrize(
    ("number", "line_class", "digits"),
    [
        ("116 117", "116117", "116117"),
        (" 56 34 90 00 ", "lokal8", "56349000"),
        ("02800", "other", "02800"),
        ("1" * 15, "professional", "1" * 15),
    ],
)
def test_a_number_is_kept_without_spaces(number, line_class, digits):
    assert digits_of(number, line_class=line_class) == digits


@pytest.mark.parametrize(
    ("number", "line_class", "code"),
    [
        ("+47 56349000", "lokal8", "not_digits"),
        ("56-34-90-00", "lokal8", "not_digits"),
        ("٥٦٣٤٩٠٠٠", "lokal8", "not_digits"),
        ("  ", "other", "not_digits"),
        ("56349000", "116117", "not_national"),
        ("5634900", "lokal8", "not_local"),
        ("563490001", "lokal8", "not_local"),
        ("1" * 16, "other", "too_long"),
    ],
)
def test_what_is_no_number_of_its_kind_is_refused(number, line_class, code):
    with pytest.raises(NumberError) as refusal:
        digits_of(number, line_class=line_class)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Tried on 24.10.2025 at 12.30, 1 200 calls on 116 117", False),
        ("Rang 56 34 90 00 and heard it", False),
        ("Rang 41 23 45 67", True),
        ("01019012345", True),
        ("010190 12345", True),
    ],
)
def test_evidence_may_name_the_numbers_of_the_central_alone(text, held):
    assert holds_number(text, own={"56349000"}) == held
