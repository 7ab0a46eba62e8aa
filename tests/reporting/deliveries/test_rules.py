import doctest
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from legevakt.lib.periods import OSLO, Period
from reporting.deliveries import rules

LONG_AGO = datetime(2024, 6, 1, tzinfo=UTC)


def due(now, *, months_after=3, day=1, at=time(8), changed_at=LONG_AGO, ready_at=LONG_AGO):
    """The year whose report is due, with a schedule that is looked at as the minute's task does."""
    for period in rules.periods_to_look_at(kind="annual_report", now=now):
        moment = rules.moment_of(
            ends_on=period.ends_on, months_after=months_after, day=day, local_time=at
        )
        if rules.is_due(moment=moment, ready_at=ready_at, changed_at=changed_at, now=now):
            return period.starts_on.year
    return None


def yearly(*, year, month, day, local_time):
    """The moment in the year, of the report of the year before."""
    return rules.moment_of(
        ends_on=date(year, 1, 1), months_after=month, day=day, local_time=local_time
    )


def oslo(*parts):
    return datetime(*parts, tzinfo=OSLO).astimezone(UTC)


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(rules).failed == 0


def test_the_report_is_due_from_the_very_minute_in_oslo():
    assert due(oslo(2026, 3, 1, 7, 59)) is None
    assert due(oslo(2026, 3, 1, 8, 0)) == 2025


def test_winter_and_summer_time_give_the_same_wall_clock():
    assert yearly(year=2026, month=3, day=1, local_time=time(8)).hour == 7
    assert yearly(year=2026, month=6, day=1, local_time=time(8)).hour == 6


def test_a_time_that_spring_skips_is_sent_when_the_gap_ends():
    # 31 March 2024 had no 02:30 in Oslo, but the 28th is the last day of a schedule: 2027.
    moment = yearly(year=2027, month=3, day=28, local_time=time(2, 30))
    assert moment == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
    assert due(moment - timedelta(seconds=1), months_after=3, day=28, at=time(2, 30)) is None
    assert due(moment, months_after=3, day=28, at=time(2, 30)) == 2026


def test_a_time_that_autumn_has_twice_is_sent_the_first_time():
    moment = yearly(year=2026, month=10, day=25, local_time=time(2, 30))
    assert moment == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert due(moment, months_after=10, day=25, at=time(2, 30)) == 2025
    assert due(moment + timedelta(hours=1), months_after=10, day=25, at=time(2, 30)) == 2025


def test_after_sixty_days_nothing_is_sent_by_itself():
    moment = yearly(year=2026, month=3, day=1, local_time=time(8))
    assert due(moment + timedelta(days=60)) == 2025
    assert due(moment + timedelta(days=60, seconds=1)) is None


def test_a_day_that_had_passed_when_it_was_set_waits_for_next_year():
    in_april = oslo(2026, 4, 1)
    assert due(in_april, changed_at=in_april) is None
    assert due(oslo(2026, 3, 1, 8), changed_at=oslo(2026, 3, 1, 8)) is None
    assert due(oslo(2027, 3, 1, 8), changed_at=in_april) == 2026


def test_a_day_still_to_come_is_this_year():
    assert due(oslo(2026, 3, 1, 8), changed_at=oslo(2026, 3, 1, 7, 59)) == 2025


def test_a_moment_in_december_is_still_looked_at_in_january():
    assert due(oslo(2027, 1, 5, 12, 0), months_after=12, day=20) == 2025


def test_the_next_moment_is_this_year_or_the_next():
    given = {"kind": "annual_report", "months_after": 3, "day": 1, "local_time": time(8)}
    _, moment = rules.next_one(now=oslo(2026, 1, 1), **given)
    assert moment == oslo(2026, 3, 1, 8)
    period, moment = rules.next_one(now=oslo(2026, 3, 1, 8), **given)
    assert (period, moment) == (Period.year(2026), oslo(2027, 3, 1, 8))


@pytest.mark.parametrize(
    ("kind", "day", "told"),
    [
        ("annual_report", date(2026, 2, 3), "2026-01-01/2027-01-01"),
        ("orientation", date(2026, 12, 31), "2026-01-01/2027-01-01"),
        ("tertial_report", date(2026, 4, 30), "2026-01-01/2026-05-01"),
        ("tertial_report", date(2026, 5, 1), "2026-05-01/2026-09-01"),
        ("tertial_report", date(2026, 9, 1), "2026-09-01/2027-01-01"),
        ("monthly_letter", date(2024, 2, 29), "2024-02-01/2024-03-01"),
    ],
)
def test_each_kind_has_its_periods(kind, day, told):
    assert str(rules.period_of(kind=kind, day=day)) == told


@pytest.mark.parametrize(
    ("ends_on", "months_after", "told"),
    [
        (date(2026, 2, 1), 1, "2026-02-10T07:00:00+00:00"),
        (date(2026, 5, 1), 2, "2026-06-10T06:00:00+00:00"),
        (date(2027, 1, 1), 12, "2027-12-10T07:00:00+00:00"),
        (date(2026, 12, 1), 2, "2027-01-10T07:00:00+00:00"),
    ],
)
def test_the_moment_is_in_a_month_after_the_period(ends_on, months_after, told):
    moment = rules.moment_of(ends_on=ends_on, months_after=months_after, day=10, local_time=time(8))
    assert moment.isoformat() == told


def test_what_is_ready_late_is_news_for_sixty_days_from_then():
    ready_at = oslo(2026, 9, 1)
    assert due(oslo(2026, 9, 1), ready_at=ready_at) == 2025
    assert due(ready_at + timedelta(days=60), ready_at=ready_at) == 2025
    assert due(ready_at + timedelta(days=61), ready_at=ready_at) is None


def slow_moment(period, *, months_after, day, local_time):
    """Walks through every minute in UTC until an Oslo clock shows the time, or is past it."""
    wanted = period.ends_on
    for _ in range(months_after - 1):
        wanted = Period.month(wanted.year, wanted.month).ends_on
    wall = datetime.combine(wanted.replace(day=day), local_time)
    moment = wall.replace(tzinfo=UTC) - timedelta(hours=3)
    while moment.astimezone(OSLO).replace(tzinfo=None) < wall:
        moment += timedelta(minutes=1)
    return moment


@given(
    kind=st.sampled_from(list(rules.MONTHS_OF)),
    day_in_period=st.dates(date(1990, 1, 1), date(2060, 12, 31)),
    months_after=st.integers(1, 12),
    day=st.integers(1, 28),
    minutes=st.integers(0, 24 * 60 - 1),
)
@example("annual_report", date(2026, 5, 5), 3, 28, 150)  # the gap of 2027
@example("annual_report", date(2025, 5, 5), 10, 25, 150)  # the doubled hour of 2026
def test_the_moment_is_as_a_slow_clock_says(kind, day_in_period, months_after, day, minutes):
    period = rules.period_of(kind=kind, day=day_in_period)
    own = {"months_after": months_after, "day": day, "local_time": time(*divmod(minutes, 60))}
    assert rules.moment_of(ends_on=period.ends_on, **own) == slow_moment(period, **own)


@given(
    kind=st.sampled_from(list(rules.MONTHS_OF)),
    months_after=st.integers(1, 12),
    day=st.integers(1, 28),
    minutes=st.integers(0, 24 * 60 - 1),
    hours=st.integers(0, 50 * 365 * 24),
)
def test_the_next_moment_is_the_first_after_now(kind, months_after, day, minutes, hours):
    now = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    own = {"months_after": months_after, "day": day, "local_time": time(*divmod(minutes, 60))}
    period, moment = rules.next_one(kind=kind, now=now, **own)
    before = rules.period_of(kind=kind, day=period.starts_on - timedelta(days=1))
    assert rules.moment_of(ends_on=before.ends_on, **own) <= now < moment


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(1, 5), (2, 30), (3, 120), (4, 480), (5, 1440), (6, 1440)]
)
def test_each_pause_is_as_long_as_the_last_or_longer(attempts, minutes):
    assert rules.pause_after(attempts) == timedelta(minutes=minutes)


def test_the_attempts_outlast_a_weekend():
    assert sum(rules.PAUSES, timedelta()) > timedelta(days=2, hours=10)


def test_the_seventh_attempt_is_the_last():
    assert rules.pause_after(7) is None
