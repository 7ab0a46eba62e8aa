from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legevakt.lib.periods import (
    OSLO,
    Period,
    PeriodError,
    last_complete_month,
    local_day,
    moments_of,
    rolling_months,
    wall_time_to_utc,
)

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
SUMMER_TIME_BEGINS = date(2025, 3, 30)
SUMMER_TIME_ENDS = date(2025, 10, 26)


def test_a_month_ends_on_the_first_of_the_next():
    assert Period.month(2025, 12) == Period(date(2025, 12, 1), date(2026, 1, 1))


def test_a_year_has_twelve_months():
    months = Period.year(2025).months()

    assert len(months) == 12
    assert months[1] == Period.month(2025, 2)


@pytest.mark.parametrize("end", [date(2025, 1, 1), date(2024, 12, 31)])
def test_a_period_that_does_not_last_is_refused(end):
    with pytest.raises(PeriodError):
        Period(date(2025, 1, 1), end)


def test_a_moment_is_no_bound_of_a_period():
    with pytest.raises(PeriodError):
        Period(datetime(2025, 1, 1, tzinfo=UTC), date(2025, 2, 1))


def test_month_thirteen_is_refused():
    with pytest.raises(PeriodError):
        Period.month(2025, 13)


def test_half_a_month_has_no_months():
    with pytest.raises(PeriodError):
        Period(date(2025, 1, 15), date(2025, 2, 15)).months()


def test_midnight_in_winter_is_eleven_in_the_evening_utc():
    assert Period.month(2025, 1).starts_at == datetime(2024, 12, 31, 23, tzinfo=UTC)


def test_the_last_day_of_a_period_is_not_in_it():
    january = Period.month(2025, 1)

    assert date(2025, 1, 31) in january
    assert date(2025, 2, 1) not in january


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2025, 1, 1), 24), (SUMMER_TIME_BEGINS, 23), (SUMMER_TIME_ENDS, 25)],
)
def test_a_day_has_as_many_hours_as_the_clock_gives_it(day, hours):
    assert Period(day, day + timedelta(days=1)).hours() == hours


def test_twelve_months_before_june_are_june_to_may():
    assert rolling_months(12, before=date(2025, 6, 17)) == Period(
        date(2024, 6, 1), date(2025, 6, 1)
    )


def test_the_last_complete_month_in_january_is_december():
    assert last_complete_month(date(2026, 1, 1)) == Period.month(2025, 12)


def test_no_months_are_no_period():
    with pytest.raises(PeriodError):
        rolling_months(0, before=date(2025, 6, 1))


def test_a_period_is_written_as_an_iso_interval():
    assert str(Period.month(2025, 2)) == "2025-02-01/2025-03-01"


@pytest.mark.parametrize("minute", [0, 1, 30, 59])
def test_a_wall_time_in_the_gap_is_the_next_moment_that_exists(minute):
    moment = wall_time_to_utc(day=SUMMER_TIME_BEGINS, wall=time(2, minute))

    assert moment == datetime(2025, 3, 30, 1, tzinfo=UTC)


def test_a_wall_time_that_comes_twice_is_the_first():
    moment = wall_time_to_utc(day=SUMMER_TIME_ENDS, wall=time(2, 30))

    assert moment == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)


@given(DAYS, st.times())
def test_a_wall_time_reads_the_same_back_or_lay_in_a_gap(day, wall):
    local = wall_time_to_utc(day=day, wall=wall).astimezone(OSLO).replace(tzinfo=None)

    assert local == datetime.combine(day, wall) or timedelta() < local - datetime.combine(
        day, wall
    ) <= timedelta(hours=1)


@given(DAYS, st.integers(1, 800))
def test_the_days_of_a_period_add_up_to_its_hours(first, length):
    period = Period(first, first + timedelta(days=length))
    each = [first + timedelta(days=n) for n in range(length)]

    assert period.days == length
    assert period.hours() == sum(Period(d, d + timedelta(days=1)).hours() for d in each)


@given(DAYS)
def test_every_moment_of_a_day_is_on_that_day_in_oslo(day):
    period = Period(day, day + timedelta(days=1))

    assert local_day(period.starts_at) == day
    assert local_day(period.ends_at - timedelta(microseconds=1)) == day
    assert local_day(period.ends_at) == day + timedelta(days=1)


@given(DAYS, st.integers(1, 40))
def test_rolling_months_touch_each_other_without_holes(before, n):
    months = rolling_months(n, before=before).months()

    assert len(months) == n
    assert all(a.ends_on == b.starts_on for a, b in pairwise(months))
    assert months[-1].ends_on <= before


@pytest.mark.parametrize(
    ("local", "moments"),
    [
        ("2025-03-30T01:59", [datetime(2025, 3, 30, 0, 59, tzinfo=UTC)]),
        ("2025-03-30T02:00", []),
        ("2025-03-30T02:59", []),
        ("2025-03-30T03:00", [datetime(2025, 3, 30, 1, 0, tzinfo=UTC)]),
        (
            "2025-10-26T02:30",
            [datetime(2025, 10, 26, 0, 30, tzinfo=UTC), datetime(2025, 10, 26, 1, 30, tzinfo=UTC)],
        ),
        ("2025-10-26T03:00", [datetime(2025, 10, 26, 2, 0, tzinfo=UTC)]),
    ],
)
def test_a_reading_of_the_clock_is_no_moment_one_or_two(local, moments):
    assert moments_of(datetime.fromisoformat(local)) == moments
