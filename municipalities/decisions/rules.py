"""Deadlines that a decision sets, and what may follow it. Plain Python."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from holidays import country_holidays

RECEIPT_DAYS = 14
FIRST_YEAR = 1990
APPEAL_TIME = timedelta(weeks=3)
DAY = timedelta(days=1)
SATURDAY = 6


class EventKind(StrEnum):
    """What may be recorded after a decision is made."""

    APPEAL = "appeal"
    APPEAL_OUTCOME = "appeal-outcome"
    LEGALITY = "legality"
    LEGALITY_OUTCOME = "legality-outcome"
    FOLLOW_UP = "follow-up"


DATED = frozenset({EventKind.APPEAL, EventKind.LEGALITY, EventKind.FOLLOW_UP})


def appeal_deadline(*, notified_date: date) -> date:
    """The last day for an appeal, where the parties were notified on `notified_date`.

    Three weeks from when the notification reached the party: forvaltningslova of 1967 § 29 first
    paragraph. A deadline in weeks ends on the same day of the week, and one that ends on a
    Saturday or a public holiday is moved to the next working day: domstollova §§ 148 and 149,
    which are followed for appeals too.

    >>> appeal_deadline(notified_date=date(2025, 11, 3))
    datetime.date(2025, 11, 24)
    >>> appeal_deadline(notified_date=date(2025, 4, 26))  # a Saturday: 17 May is one, too
    datetime.date(2025, 5, 19)
    """
    last = notified_date + APPEAL_TIME
    while not _is_working_day(last):
        last += DAY
    return last


def receipt_by(*, notified_date: date) -> date:
    """By when the participants are to confirm, unless the form says another day."""
    return notified_date + timedelta(days=RECEIPT_DAYS)


def is_exemption_told_whole(*, is_exempt: bool, basis: str) -> bool:
    """What is exempt from disclosure names its legal ground, and what is public names none."""
    return is_exempt == bool(basis.strip())


def _is_working_day(day: date) -> bool:
    return day.isoweekday() < SATURDAY and day not in country_holidays("NO", years=day.year)
