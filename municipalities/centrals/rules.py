"""When a requirement is to be checked again, and what a public number looks like. Plain Python."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

SOON = timedelta(days=14)
BETWEEN_REMINDERS = timedelta(days=30)
NATIONAL_CLASS, NATIONAL_NUMBER, LOCAL_CLASS, LOCAL_DIGITS = "116117", "116117", "lokal8", 8
MOST_DIGITS = 15  # E.164
_EIGHT_OR_MORE_DIGITS = re.compile(r"(?<!\d)\d(?:[ \u00a0\u202f]?\d){7,}")


class State(StrEnum):
    """What the latest check of a requirement found; `NEVER` where there is none."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NEVER = "never"


class NumberError(ValueError):
    """Not a number of its class: `code` is not_digits, not_national, not_local or too_long."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def next_due(*, checked: date, months: int) -> date:
    """The same day of the month, `months` later; the last one of a month that is shorter.

    >>> next_due(checked=date(2025, 1, 31), months=1)
    datetime.date(2025, 2, 28)
    >>> next_due(checked=date(2024, 2, 29), months=12)
    datetime.date(2025, 2, 28)
    """
    year, month = divmod(checked.year * 12 + checked.month - 1 + months, 12)
    return date(year, month + 1, min(checked.day, monthrange(year, month + 1)[1]))


def is_late(due: date | None, *, today: date) -> bool:
    """Whether the day has passed; on the day itself the check is not late."""
    return due is not None and due < today


def is_soon(due: date | None, *, today: date) -> bool:
    """Whether the check is due today or within 14 days."""
    return due is not None and today <= due <= today + SOON


def next_half_year(today: date) -> date:
    """The first 1 January or 1 July after today.

    >>> next_half_year(date(2025, 6, 30)), next_half_year(date(2025, 7, 1))
    (datetime.date(2025, 7, 1), datetime.date(2026, 1, 1))
    """
    return date(today.year, 7, 1) if today.month < 7 else date(today.year + 1, 1, 1)


def digits_of(number: str, *, line_class: str) -> str:
    """The number without spaces. Raises NumberError.

    >>> digits_of("56 34 90 00", line_class="lokal8")
    '56349000'
    """
    digits = "".join(number.split())
    if not (digits.isascii() and digits.isdecimal()):
        raise NumberError("not_digits")
    if line_class == NATIONAL_CLASS and digits != NATIONAL_NUMBER:
        raise NumberError("not_national")
    if line_class == LOCAL_CLASS and len(digits) != LOCAL_DIGITS:
        raise NumberError("not_local")
    if len(digits) > MOST_DIGITS:
        raise NumberError("too_long")
    return digits


def holds_number(text: str, *, own: Collection[str]) -> bool:
    """Whether eight digits or more stand together, other than the central's `own` numbers.

    >>> holds_number("Ringde 56 34 90 00 den 24.10.2025", own={"56349000"})
    False
    >>> holds_number("Pasient 010190 12345", own=())
    True
    """
    found = ("".join(each.split()) for each in _EIGHT_OR_MORE_DIGITS.findall(text))
    return any(digits not in own for digits in found)
