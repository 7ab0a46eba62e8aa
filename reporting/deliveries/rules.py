"""When a report is due, and when a mail that was not taken is tried again. No Django here."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from legevakt.lib.periods import local_day, wall_time_to_utc

# After that a report is no news; who wants it sent, sends it by hand.
LATEST_AFTER = timedelta(days=60)
# Together two and a half days: a mail server may be away over a weekend.
PAUSES = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
    timedelta(hours=24),
)


def moment_of(*, year: int, month: int, day: int, local_time: time) -> datetime:
    """The UTC moment an Oslo clock shows the schedule's day and time in the year.

    >>> moment_of(year=2026, month=3, day=1, local_time=time(8)).isoformat()
    '2026-03-01T07:00:00+00:00'
    """
    return wall_time_to_utc(day=date(year, month, day), wall=local_time)


def due_report_year(
    *, month: int, day: int, local_time: time, changed_at: datetime, now: datetime
) -> int | None:
    """Of which year the report is due now: the year before the schedule's last moment.

    None when that moment lies more than 60 days back, or not after the schedule's last
    change: who sets a day that has passed waits for it to come. A moment in December is
    still looked at in January.

    >>> from datetime import UTC
    >>> first_of_march = {"month": 3, "day": 1, "local_time": time(8)}
    >>> now = datetime(2026, 3, 2, tzinfo=UTC)
    >>> due_report_year(**first_of_march, changed_at=datetime(2026, 2, 1, tzinfo=UTC), now=now)
    2025
    >>> due_report_year(**first_of_march, changed_at=now, now=now) is None
    True
    """
    this_year = local_day(now).year
    for year in (this_year, this_year - 1):
        moment = moment_of(year=year, month=month, day=day, local_time=local_time)
        if moment <= now:
            is_due = changed_at < moment and now - moment <= LATEST_AFTER
            return year - 1 if is_due else None
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
    """How long to wait after so many attempts, from 1; None gives up after the seventh.

    >>> [str(pause_after(n)) for n in (1, 2, 3, 4, 7)]
    ['0:05:00', '0:30:00', '2:00:00', '8:00:00', 'None']
    """
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None
