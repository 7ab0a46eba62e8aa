"""What a scenario is made of: deliveries, and in each what the telephone system knows of calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from legevakt.lib.periods import OSLO

MAIN, SECOND = "main", "second"
# No subscriber's number begins so; what is told to be a caller's can be found by it.
CALLER_BEGINNING = "001357"


@dataclass(frozen=True, kw_only=True)
class Leg:
    """A stay in one queue (UTC moments)."""

    queue: str
    entered_at: datetime
    left_at: datetime
    outcome: str


@dataclass(frozen=True, kw_only=True)
class Telling:
    """A call as the telephone system knows it at one time. UTC moments; seconds.

    `caller` and `answered_by` are what a telephone system knows, and what is never sent.
    """

    id: str
    version: int
    queue: str
    outcome: str
    arrived_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    wait_seconds: Decimal | None
    talk_seconds: Decimal | None
    answered_by: str
    caller: str
    legs: tuple[Leg, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What is sent together. `covers`: the time it tells of, where that is part of the test."""

    name: str
    tellings: tuple[Telling, ...] = ()
    covers: tuple[datetime, datetime] | None = None


@dataclass(frozen=True, kw_only=True)
class WallClock:
    """What the clock on the wall showed; `fold` 1 is the second half of autumn's doubled hour."""

    text: str
    fold: int
    offset: str


def wall_clock(moment: datetime) -> WallClock:
    """The moment on a Norwegian wall.

    >>> wall_clock(datetime(2025, 10, 26, 1, 30, tzinfo=UTC))
    WallClock(text='2025-10-26 02:30:00.000', fold=1, offset='+01:00')
    """
    local = moment.astimezone(OSLO)
    text = local.replace(tzinfo=None).isoformat(sep=" ", timespec="milliseconds")
    return WallClock(text=text, fold=local.fold, offset=local.isoformat()[-6:])


def utc(moment: datetime) -> str:
    """RFC 3339 with Z, to the millisecond where there is any."""
    timespec = "milliseconds" if moment.microsecond else "seconds"
    return moment.astimezone(UTC).isoformat(timespec=timespec).replace("+00:00", "Z")


def at(text: str) -> datetime:
    """`2025-10-26 01:30:00` in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def lasting(seconds: Decimal) -> timedelta:
    """The seconds as a length of time."""
    return timedelta(milliseconds=int(seconds * 1000))
