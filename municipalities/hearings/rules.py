"""When a hearing reminds, and what an answer must say. Plain Python."""

from __future__ import annotations

from datetime import date, timedelta

ANSWER_WEEKS = 6
REMINDED_BEFORE = timedelta(days=7)


def reminder_date(*, opened_date: date, deadline_date: date) -> date:
    """The day that who has not answered is reminded: a week before the deadline.

    Of a short hearing it is the middle day, so that nobody is reminded on the day of the question.

    >>> reminder_date(opened_date=date(2025, 11, 3), deadline_date=date(2025, 12, 1))
    datetime.date(2025, 11, 24)
    >>> reminder_date(opened_date=date(2025, 11, 3), deadline_date=date(2025, 11, 7))
    datetime.date(2025, 11, 5)
    """
    middle = opened_date + (deadline_date - opened_date + timedelta(days=1)) // 2
    return max(deadline_date - REMINDED_BEFORE, middle)


def usual_deadline(*, opened_date: date) -> date:
    """By when an answer is asked for, unless the form says another day."""
    return opened_date + timedelta(weeks=ANSWER_WEEKS)


def was_heard(*, asked: int, answered: int, deadline_date: date, today: date) -> bool:
    """Whether everybody asked had their chance: all have answered, or the deadline has passed."""
    return asked == answered or deadline_date < today
