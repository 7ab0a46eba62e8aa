"""When obligations are due, and how it stands with each time. Plain dates in, plain values out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LEAP_YEAR = 2024  # in which every day of the calendar exists
ADDRESS = re.compile(r"(/(?!/)|https?://)\S*")


class Status(StrEnum):
    """How it stands with one time that an obligation is due."""

    KEPT = "kept"
    KEPT_LATE = "kept_late"
    DUE_SOON = "due_soon"
    OPEN = "open"
    LATE = "late"
    WAIVED = "waived"
    LEFT = "left"
    NOT_PLANNED = "not_planned"


@dataclass(frozen=True)
class Span:
    """Days from `starts` up to, and not with, `ends`; None is for ever."""

    starts: date
    ends: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)


def status_of(
    *,
    due_date: date | None,
    remind_days: int,
    kept_date: date | None,
    is_waived: bool,
    today: date,
    has_left: bool = False,
) -> Status:
    """Kept by the first evidence, in time on the very day too; late from the day after.

    No due date: not planned. What is kept stays so when it is waived as well, or when the
    municipality has left; what is not is no longer waited for then.

    >>> status_of(due_date=date(2025, 3, 31), remind_days=21, kept_date=None, is_waived=False,
    ...           today=date(2025, 3, 10))
    <Status.DUE_SOON: 'due_soon'>
    """
    if due_date is None:
        return Status.NOT_PLANNED
    if kept_date is not None:
        return Status.KEPT if kept_date <= due_date else Status.KEPT_LATE
    if is_waived:
        return Status.WAIVED
    if has_left:
        return Status.LEFT
    if due_date < today:
        return Status.LATE
    return Status.DUE_SOON if due_date - today <= timedelta(remind_days) else Status.OPEN


def is_day(text: str) -> bool:
    """Whether it is a day of the year as MM-DD.

    >>> is_day("02-29"), is_day("02-30"), is_day("3-1")
    (True, False, False)
    """
    if not re.fullmatch(r"[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        date(LEAP_YEAR, int(text[:2]), int(text[3:]))
    except ValueError:
        return False
    return True


def day_in(*, day: str, year: int) -> date:
    """The day MM-DD of the year; 29 February is the 28th where there is none.

    >>> day_in(day="02-29", year=2025)
    datetime.date(2025, 2, 28)
    """
    leap = date(LEAP_YEAR, int(day[:2]), int(day[3:]))
    try:
        return leap.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def due_dates(*, days: Sequence[str], year: int, spans: Iterable[Span]) -> set[date]:
    """The days of the year that lie in every span: it was in force, and the partner took part.

    >>> sorted(due_dates(days=["03-31", "11-30"], year=2025, spans=[Span(date(2025, 7, 1))]))
    [datetime.date(2025, 11, 30)]
    """
    needed = list(spans)
    dates = {day_in(day=day, year=year) for day in days}
    return {each for each in dates if all(each in span for span in needed)}


@dataclass(frozen=True)
class Replan:
    """What must come and go, so that the plan is as it should be."""

    add: list[date]
    remove: set[date]


def replanned(
    *, wanted: set[date], settled: Sequence[date], movable: Sequence[date], since: date
) -> Replan:
    """From the dues that are there to those that are wanted.

    `settled` are kept, waived or past: they stay, and one on a day that is no longer wanted stands
    for the earliest day that lacks one, so that a changed day is not asked for twice. `movable`
    are open and ahead. Nothing is added before `since`.

    >>> march, may = date(2025, 3, 31), date(2025, 5, 31)
    >>> replanned(wanted={may}, settled=[march], movable=[], since=march)
    Replan(add=[], remove=set())
    """
    lacking = sorted(wanted - {*settled, *movable})
    spent = len([day for day in settled if day not in wanted])
    return Replan(
        add=[day for day in lacking[spent:] if day >= since],
        remove={day for day in movable if day not in wanted},
    )


def is_address(text: str) -> bool:
    """Whether it leads to a page: of this installation, or by http.

    >>> is_address("/annual-report/1/"), is_address("//elsewhere"), is_address("javascript:x")
    (True, False, False)
    """
    return ADDRESS.fullmatch(text) is not None
