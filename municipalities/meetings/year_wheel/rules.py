"""The year's entries in order, and whether each is done, coming or late. Plain Python."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """How an entry stands today."""

    DONE = "done"
    COMING = "coming"
    TODAY = "today"
    LATE = "late"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Something of the year: `source` is anchor, own, due or meeting; `code` with the day marks it.

    `note` is more about it: the law, who it is with. `url` leads to it.
    """

    day: date
    title: str
    category: str
    source: str
    state: State
    code: str = ""
    note: str = ""
    responsible: str = ""
    url: str = ""


def is_day(text: str) -> bool:
    """Whether the text is a day of a year, MM-DD.

    >>> is_day("02-29"), is_day("02-30"), is_day("2-1")
    (True, False, False)
    """
    if not re.fullmatch(r"\d\d-\d\d", text):
        return False
    try:
        date(2024, int(text[:2]), int(text[3:]))
    except ValueError:
        return False
    return True


def day_in(*, day: str, year: int) -> date:
    """The day of the year; 29 February is 28 February where there is none.

    >>> day_in(day="02-29", year=2025), day_in(day="02-29", year=2024)
    (datetime.date(2025, 2, 28), datetime.date(2024, 2, 29))
    """
    month, number = int(day[:2]), int(day[3:])
    try:
        return date(year, month, number)
    except ValueError:
        return date(year, month, number - 1)


def state_of(*, day: date, done: bool, today: date) -> State:
    """Done, or how the day lies to today.

    >>> state_of(day=date(2025, 3, 31), done=False, today=date(2025, 4, 1)).value
    'late'
    """
    if done:
        return State.DONE
    if day == today:
        return State.TODAY
    return State.LATE if day < today else State.COMING


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """By day, then category and title."""
    return sorted(entries, key=lambda each: (each.day, each.category, each.title))
