"""When a meeting can be, and whether it is called in time. Plain Python."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from legevakt.lib.periods import local_day, moments_of

LONGEST = timedelta(hours=24)


class NoSuchTime(ValueError):
    """A time on the clock that does not exist that day, or exists twice: `code`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def moment_of(*, day: date, wall: time) -> datetime:
    """The UTC moment an Oslo clock shows the time. Raises NoSuchTime.

    >>> moment_of(day=date(2025, 10, 28), wall=time(9)).isoformat()
    '2025-10-28T08:00:00+00:00'
    >>> try:
    ...     moment_of(day=date(2025, 3, 30), wall=time(2, 30))
    ... except NoSuchTime as error:
    ...     error.code
    'time_does_not_exist'
    """
    found = moments_of(datetime.combine(day, wall))
    if not found:
        raise NoSuchTime("time_does_not_exist")
    if len(found) > 1:
        raise NoSuchTime("time_is_twice")
    return found[0]


def call_by(*, starts_at: datetime, notice_days: int) -> date:
    """The last day on which the call keeps the forum's notice."""
    return local_day(starts_at) - timedelta(days=notice_days)


def is_short_notice(*, starts_at: datetime, notice_days: int, today: date) -> bool:
    """Whether a call today would come later than the forum wants."""
    return today > call_by(starts_at=starts_at, notice_days=notice_days)
