"""When competence expires and a follow-up is due. Plain dates in, plain values out.

The regulation asks for competence and training (akuttmedisinforskriften §§ 4, 8, 13 f) and names
no interval. The intervals here are the host's own practice, and the host can agree on others.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

EXPIRES_SOON = timedelta(days=90)
TOLD_OF = timedelta(days=60)  # what the leader's e-mail and the list of what waits look ahead
FOLLOW_UP_SOON = timedelta(days=30)
BETWEEN_LETTERS_MONTHS = 1
MOST_LABEL_DIGITS = 7  # a telephone number has eight, a national identity number eleven

# Source of these three: the host's own practice.
EXPERIENCED_AFTER_MONTHS = {"usual": 12, "low": 24}
NEW_FOLLOW_UP_MONTHS = 3
FOLLOW_UP_MONTHS = {"usual": 12, "low": 6}


class State(StrEnum):
    """How an operator stands to a requirement; one that expires soon is fulfilled still."""

    FULFILLED = "fulfilled"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    MISSING = "missing"

    @property
    def is_fulfilled(self) -> bool:
        return self in (State.FULFILLED, State.EXPIRING)


def months_after(day: date, *, months: int) -> date:
    """The same day of the month, `months` later; the last one of a month that is shorter.

    >>> months_after(date(2025, 1, 31), months=1), months_after(date(2024, 2, 29), months=12)
    (datetime.date(2025, 2, 28), datetime.date(2025, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def expiry(*, obtained: date, valid_months: int | None) -> date | None:
    """The first day on which it counts no longer; None for what is for life.

    >>> expiry(obtained=date(2024, 8, 31), valid_months=6)
    datetime.date(2025, 2, 28)
    """
    return None if valid_months is None else months_after(obtained, months=valid_months)


def last_expiry(expiries: Iterable[date | None]) -> date | None:
    """Of several times that a requirement was fulfilled, the latest expiry; None is for life.

    >>> last_expiry([date(2024, 1, 1), date(2025, 1, 1)]), last_expiry([date(2024, 1, 1), None])
    (datetime.date(2025, 1, 1), None)
    """
    found = list(expiries)
    known = [each for each in found if each is not None]
    return max(known) if len(known) == len(found) else None


def state_on(day: date, *, expires: date | None) -> State:
    """How it stands on the day with something obtained that expires then, or never.

    >>> state_on(date(2025, 3, 1), expires=date(2025, 3, 1))
    <State.EXPIRED: 'expired'>
    """
    if expires is None:
        return State.FULFILLED
    if expires <= day:
        return State.EXPIRED
    return State.EXPIRING if expires - day <= EXPIRES_SOON else State.FULFILLED


def suggested_experienced(*, started: date, volume: str) -> date:
    """From when an operator may count as experienced: a year after the start, two of few shifts.

    >>> suggested_experienced(started=date(2024, 2, 29), volume="usual")
    datetime.date(2025, 2, 28)
    """
    return months_after(started, months=EXPERIENCED_AFTER_MONTHS[volume])


def is_experienced(*, experienced: date | None, today: date) -> bool:
    """Whether the operator counts as experienced on the day."""
    return experienced is not None and experienced <= today


def follow_up_months(*, has_experience: bool, volume: str) -> int:
    """How many months there are between two follow-ups: 3 for who is new, else by the shifts.

    >>> follow_up_months(has_experience=True, volume="low")
    6
    """
    return FOLLOW_UP_MONTHS[volume] if has_experience else NEW_FOLLOW_UP_MONTHS


def follow_up_due(
    *, started: date, last_held: date | None, experienced: date | None, volume: str, today: date
) -> date:
    """The day of the next follow-up: the last one, or the start, and the interval of today.

    >>> follow_up_due(started=date(2025, 1, 1), last_held=date(2025, 3, 15), experienced=None,
    ...               volume="usual", today=date(2025, 4, 1))
    datetime.date(2025, 6, 15)
    """
    has_experience = is_experienced(experienced=experienced, today=today)
    interval = follow_up_months(has_experience=has_experience, volume=volume)
    return months_after(last_held or started, months=interval)


def is_late(due: date, *, today: date) -> bool:
    """Whether the day has passed; on the day itself nothing is late."""
    return due < today


def is_soon(due: date, *, today: date) -> bool:
    """Whether it is due today or within 30 days."""
    return today <= due <= today + FOLLOW_UP_SOON


def holds_number(label: str) -> bool:
    """Whether the label could hold a telephone number or a national identity number.

    Its digits are counted wherever they stand, so that no dot or blank hides a number.

    >>> holds_number("010190 12345"), holds_number("56.34-90 00"), holds_number("Seat 12, 2025")
    (True, True, False)
    """
    return sum(letter.isdecimal() for letter in label) > MOST_LABEL_DIGITS
