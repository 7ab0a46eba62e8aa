"""When what is due of a period is sent, and when a mail that was not taken is tried again.

No Django here. A schedule's kind names how long its periods are; a schedule's moment is a day and
a local time (Europe/Oslo) of the month that is `months_after` the period's last month.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from legevakt.lib.periods import Period, local_day, wall_time_to_utc

MONTHS_A_YEAR = 12
MONTHS_OF = {
    "annual_report": 12,
    "orientation": 12,
    "tertial_report": 4,
    "monthly_letter": 1,
}
# After that it is no news; who wants it sent, sends it by hand.
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


def period_of(*, kind: str, day: date) -> Period:
    """The kind's period that the day is in: a calendar year, a tertial or a month.

    >>> str(period_of(kind="tertial_report", day=date(2026, 6, 30)))
    '2026-05-01/2026-09-01'
    """
    months = MONTHS_OF[kind]
    first = day.month - 1 - (day.month - 1) % months + 1
    return Period(
        Period.month(day.year, first).starts_on, Period.month(day.year, first + months - 1).ends_on
    )


def moment_of(*, ends_on: date, months_after: int, day: int, local_time: time) -> datetime:
    """The UTC moment of the period that ends before `ends_on`, the first day of a month.

    A time that spring skips is the moment after the gap; of one that autumn has twice, the first.

    >>> moment_of(
    ...     ends_on=date(2026, 1, 1), months_after=3, day=1, local_time=time(8)
    ... ).isoformat()
    '2026-03-01T07:00:00+00:00'
    """
    years, month = divmod(ends_on.month - 1 + months_after - 1, MONTHS_A_YEAR)
    return wall_time_to_utc(day=date(ends_on.year + years, month + 1, day), wall=local_time)


def is_due(*, moment: datetime, ready_at: datetime, changed_at: datetime, now: datetime) -> bool:
    """Whether what is ready since `ready_at` is sent now, by itself.

    Not before its moment, and not when that lay before the schedule's last change: who sets a day
    that has passed waits for the next. Nor when it has been due for more than 60 days.

    >>> from datetime import UTC
    >>> first_of_march = datetime(2026, 3, 1, 7, tzinfo=UTC)
    >>> at = {"changed_at": datetime(2026, 2, 1, tzinfo=UTC), "now": first_of_march}
    >>> is_due(moment=first_of_march, ready_at=first_of_march, **at)
    True
    """
    return changed_at < moment <= now and now - max(moment, ready_at) <= LATEST_AFTER


def periods_to_look_at(*, kind: str, now: datetime) -> Iterator[Period]:
    """The kind's periods that have ended, the latest first, for two years back."""
    day = local_day(now)
    ends_on = period_of(kind=kind, day=day).starts_on
    while ends_on.year >= day.year - 2:
        found = period_of(kind=kind, day=ends_on - timedelta(days=1))
        yield found
        ends_on = found.starts_on


def next_one(
    *, kind: str, months_after: int, day: int, local_time: time, now: datetime
) -> tuple[Period, datetime]:
    """The schedule's first moment after now, and the period it is of.

    >>> from datetime import UTC
    >>> period, moment = next_one(
    ...     kind="monthly_letter", months_after=1, day=10, local_time=time(8),
    ...     now=datetime(2026, 2, 1, tzinfo=UTC),
    ... )
    >>> str(period), moment.isoformat()
    ('2026-01-01/2026-02-01', '2026-02-10T07:00:00+00:00')
    """
    own: dict[str, Any] = {"months_after": months_after, "day": day, "local_time": local_time}
    found = period_of(kind=kind, day=date(local_day(now).year - 2, 1, 1))
    while (moment := moment_of(ends_on=found.ends_on, **own)) <= now:
        found = period_of(kind=kind, day=found.ends_on)
    return found, moment


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts, from 1; None gives up after the seventh.

    >>> [str(pause_after(n)) for n in (1, 2, 3, 4, 7)]
    ['0:05:00', '0:30:00', '2:00:00', '8:00:00', 'None']
    """
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None
