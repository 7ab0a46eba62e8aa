"""When a hearing reminds, and when all had their chance."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from municipalities.hearings.rules import reminder_date, was_heard

OPENED = date(2025, 11, 3)


@pytest.mark.parametrize(
    ("deadline", "reminder"),
    [
        (date(2025, 12, 15), date(2025, 12, 8)),
        (date(2025, 11, 17), date(2025, 11, 10)),
        (date(2025, 11, 10), date(2025, 11, 7)),
        (date(2025, 11, 5), date(2025, 11, 4)),
        (date(2025, 11, 4), date(2025, 11, 4)),
    ],
)
def test_the_reminder_is_a_week_before_or_in_the_middle(deadline, reminder):
    assert reminder_date(opened_date=OPENED, deadline_date=deadline) == reminder


@given(st.integers(min_value=1, max_value=400))
def test_it_is_after_the_opening_not_after_the_deadline_and_the_later_of_two_days(days):
    deadline = OPENED + timedelta(days=days)
    found = reminder_date(opened_date=OPENED, deadline_date=deadline)
    assert OPENED < found <= deadline
    assert (deadline - found).days <= 7
    assert (deadline - found).days == min(7, days // 2)


@pytest.mark.parametrize(
    ("answered", "today", "heard"),
    [
        (3, date(2025, 11, 4), True),
        (2, date(2025, 12, 1), False),
        (2, date(2025, 12, 2), True),
        (0, date(2025, 12, 2), True),
    ],
)
def test_all_had_their_chance_when_all_answered_or_the_deadline_passed(answered, today, heard):
    deadline = date(2025, 12, 1)
    assert was_heard(asked=3, answered=answered, deadline_date=deadline, today=today) is heard
