from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstats.feeds.rules import HourState, feed_days, is_silent
from legevakt.lib.periods import DAY, HOUR, OSLO, Period

NOON = datetime(2025, 11, 10, 12, tzinfo=UTC)


def hours_from(first: datetime, count: int) -> set[datetime]:
    return {first + n * HOUR for n in range(count)}


def test_what_never_spoke_has_not_fallen_silent():
    assert not is_silent(last_seen_at=None, after_minutes=5, at=NOON)


def test_what_nobody_watches_is_never_silent():
    assert not is_silent(last_seen_at=NOON - timedelta(days=9), after_minutes=None, at=NOON)


@given(age=st.integers(0, 10_000), limit=st.integers(1, 10_000))
def test_silence_begins_when_the_limit_is_passed(age, limit):
    seen_at = NOON - timedelta(minutes=age)
    assert is_silent(last_seen_at=seen_at, after_minutes=limit, at=NOON) == (age > limit)


def test_a_day_tells_which_hours_of_the_norwegian_clock_have_data():
    midnight = datetime(2025, 11, 9, 23, tzinfo=UTC)
    [today] = feed_days(hours=hours_from(midnight, 3), first=date(2025, 11, 10), at=NOON)
    assert today.hours[:4] == (HourState.DATA,) * 3 + (HourState.MISSING,)
    assert today.hours[13:] == (HourState.AHEAD,) * 11
    assert (today.with_data, today.hours_over) == (3, 13)


def test_the_hour_that_runs_is_shown_but_not_counted():
    at = NOON + timedelta(minutes=30)
    [today] = feed_days(hours={NOON}, first=date(2025, 11, 10), at=at)
    assert today.hours[13] == HourState.DATA
    assert (today.with_data, today.hours_over) == (0, 13)


def test_the_doubled_hour_of_autumn_is_two_hours():
    first = datetime(2025, 10, 26, 0, tzinfo=UTC)
    [*_, autumn] = feed_days(hours={first}, first=date(2025, 10, 26), at=NOON)
    assert autumn.hours[2] == HourState.PARTLY
    assert (autumn.with_data, autumn.hours_over) == (1, 25)


def test_the_hour_that_spring_leaves_out_is_no_gap():
    period = Period(date(2025, 3, 30), date(2025, 3, 31))
    hours = hours_from(period.starts_at, period.hours())
    [*_, spring] = feed_days(hours=hours, first=date(2025, 3, 30), at=NOON)
    assert spring.hours[2] == HourState.NO_HOUR
    assert (spring.with_data, spring.hours_over) == (23, 23)


@given(
    first=st.dates(date(2024, 1, 1), date(2026, 1, 1)),
    days=st.integers(0, 5),
    begun=st.sets(st.integers(0, 24 * 6)),
    minute=st.integers(0, 24 * 60 - 1),
)
def test_the_counts_are_those_of_counting_hour_by_hour(first, days, begun, minute):
    start = Period(first, first + DAY).starts_at
    hours = {start + n * HOUR for n in begun}
    at = start + timedelta(days=days, minutes=minute)

    shown = feed_days(hours=hours, first=first, at=at)

    over, hour = [], start
    while hour + HOUR <= at:
        over.append(hour)
        hour += HOUR
    assert sum(day.hours_over for day in shown) == len(over)
    assert sum(day.with_data for day in shown) == len(hours.intersection(over))
    assert [day.day for day in shown] == sorted((day.day for day in shown), reverse=True)
    assert shown[0].day == at.astimezone(OSLO).date()


@pytest.mark.parametrize("state", list(HourState))
def test_every_state_has_its_words(state):
    from callstats.feeds.hour_words import MARKS

    assert str(MARKS[state][1])
