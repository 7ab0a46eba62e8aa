"""What calls may be left out for, by the indicators that say so. No Django here."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from legevakt.lib.periods import Period, local_day

LONGEST = timedelta(days=7)


class ExclusionKind(StrEnum):
    """Why calls are left out; an indicator names the kinds it honours, the national one none."""

    TEST_CALLS = "test_calls"
    OUTAGE = "outage"


class ExclusionState(StrEnum):
    """Only an approved rule leaves calls out."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ExclusionError(Exception):
    """The rule cannot be made, or cannot be decided like that; `code` says why, for the page."""

    code = ""


class EndsBeforeStart(ExclusionError):
    """The window must end after it begins."""

    code = "ends_before_start"


class TooLong(ExclusionError):
    """The window is longer than LONGEST, so that nobody leaves out a month by mistake."""

    code = "too_long"


def require_window(*, starts_at: datetime, ends_at: datetime) -> None:
    """A window [starts_at, ends_at) that calls can be left out of.

    Raises EndsBeforeStart, TooLong.
    """
    if ends_at <= starts_at:
        raise EndsBeforeStart
    if ends_at - starts_at > LONGEST:
        raise TooLong


def months_touched(*, starts_at: datetime, ends_at: datetime) -> list[Period]:
    """The calendar months in Oslo that have a moment in [starts_at, ends_at), in order.

    Example: 31 October 23:00 to 1 November 00:00 (Oslo) touches October alone.
    """
    first, last = local_day(starts_at), local_day(ends_at - timedelta(microseconds=1))
    until = Period.month(last.year, last.month).ends_on
    return Period(first.replace(day=1), until).months()
