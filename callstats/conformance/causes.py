"""Why a moment or a wait is not what it should be: the usual mistakes, tried one by one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from callstats.conformance.scenario import Telling
from legevakt.lib.periods import OSLO

# A telephone system may keep no fractions of a second.
A_SECOND = timedelta(seconds=1)
A_MILLISECOND = Decimal("0.001")
A_MINUTE = Decimal(60)
WINTER, SUMMER = timedelta(hours=1), timedelta(hours=2)


def is_near(found: datetime, expected: datetime) -> bool:
    """Within the second."""
    return abs(found - expected) < A_SECOND


def of_moment(*, found: datetime, expected: datetime) -> str:
    """The code of the mistake that explains the stored moment.

    >>> right = datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    >>> of_moment(found=right + timedelta(hours=1), expected=right)
    'resolved_to_second_half'
    >>> of_moment(found=right + timedelta(hours=2), expected=right)
    'local_as_utc'
    >>> of_moment(found=right + timedelta(seconds=90), expected=right)
    'moved'
    """
    return next((code for code, told in _mistakes(expected) if is_near(found, told)), "moved")


def of_wait(*, found: Decimal, told: Telling) -> str:
    """The code of the mistake that explains the stored wait."""
    expected = told.wait_seconds or Decimal(0)
    if _by_wall(told) == found != expected:
        return "wait_by_wall_clock"
    if told.legs and found == _in_last_queue(told):
        return "wait_of_last_queue"
    if found % A_MINUTE == 0 and abs(found - expected) < A_MINUTE and expected % A_MINUTE:
        return "wait_in_minutes" if abs(found - expected) >= 1 else "wait_in_seconds"
    if found % 1 == 0 and abs(found - expected) < 1:
        return "wait_in_seconds"
    return "wait_differs"


def _mistakes(expected: datetime) -> list[tuple[str, datetime]]:
    """(code, what would be stored) by each mistake that changes the moment."""
    local = expected.astimezone(OSLO)
    wall = local.replace(tzinfo=UTC)
    other = local.replace(fold=1 - local.fold).astimezone(UTC)
    half = "resolved_to_first_half" if local.fold else "resolved_to_second_half"
    offset = local.utcoffset() or timedelta()
    tried = [
        (half, other),
        ("local_as_utc", wall),
        ("utc_as_local", expected - offset),
        ("winter_offset", wall - WINTER),
        ("summer_offset", wall - SUMMER),
    ]
    return [(code, told) for code, told in tried if not is_near(told, expected)]


def _by_wall(told: Telling) -> Decimal | None:
    """The difference of what the wall clock showed, which is wrong in the nights of the change."""
    if told.answered_at is None:
        return None
    arrived, answered = (
        moment.astimezone(OSLO).replace(tzinfo=None)
        for moment in (told.arrived_at, told.answered_at)
    )
    return Decimal(str((answered - arrived).total_seconds()))


def _in_last_queue(told: Telling) -> Decimal:
    last = told.legs[-1]
    return Decimal(str((last.left_at - last.entered_at).total_seconds()))
