"""What a token may do, when a source is silent, and which hours its feed tells of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from legevakt.lib.periods import DAY, HOUR, OSLO, Period, local_day

CLOCK_HOURS = 24
EVENT_PROFILE = "asterisk-queue-log"  # its sources send lines of their log


class Scope(StrEnum):
    """What a source token can be good for; one without a scope to read is write-only."""

    WRITE_CALLS = "calls:write"
    READ_IMPORTS = "imports:read"
    READ_STATISTICS = "stats:read"


class HourState(StrEnum):
    """What a feed tells of an hour on the clock; `NO_HOUR` is the one that spring leaves out."""

    DATA = "data"
    PARTLY = "partly"
    MISSING = "missing"
    AHEAD = "ahead"
    NO_HOUR = "no_hour"


@dataclass(frozen=True, kw_only=True)
class FeedDay:
    """A local day: `hours` has a state for each of the 24 on the clock.

    `with_data` and `hours_over` count real hours that are over, so a day may have 23 or 25.
    """

    day: date
    hours: tuple[HourState, ...]
    with_data: int
    hours_over: int


def every_scope() -> list[str]:
    """What a new token may do unless told otherwise."""
    return [scope.value for scope in Scope]


def is_silent(*, last_seen_at: datetime | None, after_minutes: int | None, at: datetime) -> bool:
    """Whether nothing was heard for longer than allowed. What never spoke has not fallen silent.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 1, 5, 12, tzinfo=UTC)
    >>> is_silent(last_seen_at=noon, after_minutes=30, at=noon + timedelta(minutes=30))
    False
    >>> is_silent(last_seen_at=noon, after_minutes=30, at=noon + timedelta(minutes=31))
    True
    """
    if last_seen_at is None or after_minutes is None:
        return False
    return at - last_seen_at > timedelta(minutes=after_minutes)


def feed_days(*, hours: set[datetime], first: date, at: datetime) -> list[FeedDay]:
    """The days from `first` to the one of `at`, the newest first; `hours` are begun in UTC.

    The hour that runs is counted neither as with nor as without data.
    """
    last = local_day(at)
    days = (last - first).days + 1
    return [_feed_day(last - n * DAY, hours=hours, at=at) for n in range(days)]


def _feed_day(day: date, *, hours: set[datetime], at: datetime) -> FeedDay:
    period = Period(day, day + DAY)
    begun = [period.starts_at + n * HOUR for n in range(period.hours())]
    over = [hour for hour in begun if hour + HOUR <= at]
    return FeedDay(
        day=day,
        hours=tuple(
            _state([h for h in begun if h.astimezone(OSLO).hour == clock], hours=hours, at=at)
            for clock in range(CLOCK_HOURS)
        ),
        with_data=sum(hour in hours for hour in over),
        hours_over=len(over),
    )


def _state(begun: list[datetime], *, hours: set[datetime], at: datetime) -> HourState:
    """Of the one UTC hour of a clock hour, or the two of autumn's doubled one."""
    if not begun:
        return HourState.NO_HOUR
    if all(hour in hours for hour in begun):
        return HourState.DATA
    if any(hour in hours for hour in begun):
        return HourState.PARTLY
    return HourState.MISSING if begun[0] + HOUR <= at else HourState.AHEAD
