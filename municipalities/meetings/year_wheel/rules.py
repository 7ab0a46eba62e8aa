"""The year's entries in order, and whether each is done, coming or late. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import holidays

SATURDAY, SUNDAY = 5, 6
ONE_DAY = timedelta(days=1)


class State(StrEnum):
    """How an entry stands today; `unmarked` is past, and nobody keeps account of it."""

    DONE = "done"
    COMING = "coming"
    TODAY = "today"
    LATE = "late"
    UNMARKED = "unmarked"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Something of the year: `source` is anchor, own, due or meeting; `code` with the day marks it.

    `note` is more about it: the law, where it is agreed. `done` tells when and by whom, `url` leads
    to it. What has the same `group` on the same day is one mark in the picture.
    """

    day: date
    title: str
    category: str
    source: str
    state: State
    code: str
    group: str = ""
    note: str = ""
    done: str = ""
    responsible: str = ""
    url: str = ""


def state_of(*, day: date, is_done: bool, today: date, is_followed: bool = True) -> State:
    """Done, or how the day lies to today; what is not followed up is never late.

    >>> state_of(day=date(2025, 3, 31), is_done=False, today=date(2025, 4, 1)).value
    'late'
    """
    if is_done:
        return State.DONE
    if day == today:
        return State.TODAY
    if day > today:
        return State.COMING
    return State.LATE if is_followed else State.UNMARKED


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """By day, then category and title."""
    return sorted(entries, key=lambda each: (each.day, each.category, each.title, each.code))


def day_off(day: date) -> str:
    """Which kind of day off it is in Norway: `holiday`, `saturday`, `sunday`, or none.

    >>> day_off(date(2025, 5, 17)), day_off(date(2025, 2, 22)), day_off(date(2025, 10, 1))
    ('holiday', 'saturday', '')
    """
    if day in holidays.country_holidays("NO", years=day.year):
        return "holiday"
    return {SATURDAY: "saturday", SUNDAY: "sunday"}.get(day.weekday(), "")


def working_day_before(day: date) -> date:
    """The last working day before a deadline that falls on a day off; else the day itself.

    >>> working_day_before(date(2025, 5, 17))
    datetime.date(2025, 5, 16)
    """
    while day_off(day):
        day -= ONE_DAY
    return day
