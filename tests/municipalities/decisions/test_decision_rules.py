"""Deadlines of decisions: vectors, properties, and a slow second way."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from municipalities.decisions.rules import appeal_deadline, is_exemption_told_whole, receipt_by

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 1, 1))


@pytest.mark.parametrize(
    ("notified", "deadline"),
    [
        (date(2025, 11, 3), date(2025, 11, 24)),  # a Monday to a Monday
        (date(2025, 11, 8), date(2025, 12, 1)),  # the third week ends on a Saturday
        (date(2025, 11, 9), date(2025, 12, 1)),  # and on a Sunday
        (date(2025, 3, 27), date(2025, 4, 22)),  # Maundy Thursday, and all of Easter after it
        (date(2025, 12, 4), date(2025, 12, 29)),  # Christmas Day, Boxing Day, a weekend
        (date(2024, 4, 10), date(2024, 5, 2)),  # 1 May
        (date(2025, 12, 3), date(2025, 12, 24)),  # Christmas Eve is a working day by law
    ],
)
def test_an_appeal_is_due_after_three_weeks_on_a_working_day(notified, deadline):
    assert appeal_deadline(notified_date=notified) == deadline


@given(DAYS)
def test_the_deadline_is_three_weeks_later_and_at_most_a_long_easter_more(notified):
    beyond = appeal_deadline(notified_date=notified) - notified - timedelta(weeks=3)
    assert timedelta(0) <= beyond <= timedelta(days=5)


# Public holidays of one year, written by hand.
OF_2025 = {(1, 1), (4, 17), (4, 18), (4, 20), (4, 21), (5, 1), (5, 17), (5, 29), (6, 8), (6, 9)}
OF_2025 |= {(12, 25), (12, 26)}


@given(st.dates(min_value=date(2024, 12, 12), max_value=date(2025, 12, 5)))
def test_it_is_the_same_by_a_calendar_written_by_hand(notified):
    days = (notified + timedelta(days=21 + more) for more in range(10))
    by_hand = next(day for day in days if day.weekday() < 5 and (day.month, day.day) not in OF_2025)
    assert appeal_deadline(notified_date=notified) == by_hand


def test_a_receipt_is_asked_for_in_a_fortnight():
    assert receipt_by(notified_date=date(2025, 11, 3)) == date(2025, 11, 17)


@pytest.mark.parametrize(
    ("is_exempt", "basis", "is_whole"),
    [(False, "", True), (True, "§ 13", True), (True, " ", False), (False, "§ 13", False)],
)
def test_a_ground_goes_with_an_exemption_and_with_nothing_else(is_exempt, basis, is_whole):
    assert is_exemption_told_whole(is_exempt=is_exempt, basis=basis) is is_whole
