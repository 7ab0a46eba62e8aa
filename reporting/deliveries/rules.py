"""When a report is due, and when a mail that was not taken is tried again. No Django here."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from legevakt.lib.periods import local_day, wall_time_to_utc

# After that a report is no news; who wants it sent, sends it by hand.
LATEST_AFTER = timedelta(days=60)
ATTEMPTS_LIMIT = 5
FIRST_PAUSE = timedelta(minutes=5)


def moment_of(*, year: int, month: int, day: int, local_time: time) -> datetime:
    """The UTC moment an Oslo clock shows the schedule's day and time in the year.

    >>> moment_of(year=2026, month=3, day=1, local_time=time(8)).isoformat()
    '2026-03-01T07:00:00+00:00'
    """
    return wall_time_to_utc(day=date(year, month, day), wall=local_time)


def due_report_year(*, month: int, day: int, local_time: time, now: datetime) -> int | None:
    """Of which year the report is due now: the year before the schedule's last moment.

    None when that moment lies more than 60 days back. A moment in December is still looked
    at in January.

    >>> from datetime import UTC
    >>> due_report_year(month=3, day=1, local_time=time(8), now=datetime(2026, 3, 2, tzinfo=UTC))
    2025
    """
    this_year = local_day(now).year
    for year in (this_year, this_year - 1):
        moment = moment_of(year=year, month=month, day=day, local_time=local_time)
        if moment <= now:
            return year - 1 if now - moment <= LATEST_AFTER else None
    return None


def next_moment(*, month: int, day: int, local_time: time, now: datetime) -> datetime:
    """The schedule's first moment after now."""
    this_year = local_day(now).year
    moments = (
        moment_of(year=year, month=month, day=day, local_time=local_time)
        for year in (this_year, this_year + 1)
    )
    return next(moment for moment in moments if moment > now)


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts: 5, 20, 80, 320 minutes; None gives up.

    >>> [str(pause_after(n)) for n in (1, 2, 3, 4, 5)]
    ['0:05:00', '0:20:00', '1:20:00', '5:20:00', 'None']
    """
    if attempts >= ATTEMPTS_LIMIT:
        return None
    return FIRST_PAUSE * 4 ** (attempts - 1)
