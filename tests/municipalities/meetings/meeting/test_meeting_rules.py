"""When a meeting can be, and until when it is to be called."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legevakt.lib.periods import OSLO
from municipalities.meetings.meeting.rules import (
    NoSuchTime,
    call_by,
    is_short_notice,
    moment_of,
)


@pytest.mark.parametrize(
    ("day", "wall", "code"),
    [
        (date(2026, 3, 29), time(2, 0), "time_does_not_exist"),
        (date(2026, 3, 29), time(2, 59), "time_does_not_exist"),
        (date(2026, 10, 25), time(2, 0), "time_is_twice"),
        (date(2026, 10, 25), time(2, 59), "time_is_twice"),
    ],
)
def test_a_time_that_is_not_there_or_is_there_twice_is_told_of(day, wall, code):
    with pytest.raises(NoSuchTime) as error:
        moment_of(day=day, wall=wall)
    assert error.value.code == code


@given(
    day=st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)),
    hour=st.sampled_from([*range(2), *range(3, 24)]),
    minute=st.integers(min_value=0, max_value=59),
)
def test_any_other_time_is_what_the_clock_shows_at_the_moment(day, hour, minute):
    found = moment_of(day=day, wall=time(hour, minute)).astimezone(OSLO)
    assert (found.date(), found.time()) == (day, time(hour, minute))


@pytest.mark.parametrize(
    ("today", "is_short"), [(date(2025, 11, 25), False), (date(2025, 11, 26), True)]
)
def test_a_call_is_in_time_until_the_last_day_of_the_notice(today, is_short):
    starts_at = datetime(2025, 12, 9, 8, tzinfo=UTC)
    assert call_by(starts_at=starts_at, notice_days=14) == date(2025, 11, 25)
    assert is_short_notice(starts_at=starts_at, notice_days=14, today=today) is is_short
