import doctest
from datetime import UTC, datetime, time, timedelta

import pytest

from legevakt.lib.periods import OSLO
from reporting.deliveries import rules


def due(now, *, month=3, day=1, at=time(8)):
    return rules.due_report_year(month=month, day=day, local_time=at, now=now)


def oslo(*parts):
    return datetime(*parts, tzinfo=OSLO).astimezone(UTC)


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(rules).failed == 0


def test_the_report_is_due_from_the_very_minute_in_oslo():
    assert due(oslo(2026, 3, 1, 7, 59)) is None
    assert due(oslo(2026, 3, 1, 8, 0)) == 2025


def test_winter_and_summer_time_give_the_same_wall_clock():
    assert rules.moment_of(year=2026, month=3, day=1, local_time=time(8)).hour == 7
    assert rules.moment_of(year=2026, month=6, day=1, local_time=time(8)).hour == 6


def test_a_time_that_spring_skips_is_sent_when_the_gap_ends():
    # 31 March 2024 had no 02:30 in Oslo, but the 28th is the last day of a schedule: 2027.
    moment = rules.moment_of(year=2027, month=3, day=28, local_time=time(2, 30))
    assert moment == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
    assert due(moment - timedelta(seconds=1), month=3, day=28, at=time(2, 30)) is None
    assert due(moment, month=3, day=28, at=time(2, 30)) == 2026


def test_a_time_that_autumn_has_twice_is_sent_the_first_time():
    moment = rules.moment_of(year=2026, month=10, day=25, local_time=time(2, 30))
    assert moment == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert due(moment, month=10, day=25, at=time(2, 30)) == 2025
    assert due(moment + timedelta(hours=1), month=10, day=25, at=time(2, 30)) == 2025


def test_after_sixty_days_nothing_is_sent_by_itself():
    moment = rules.moment_of(year=2026, month=3, day=1, local_time=time(8))
    assert due(moment + timedelta(days=60)) == 2025
    assert due(moment + timedelta(days=60, seconds=1)) is None


def test_a_moment_in_december_is_still_looked_at_in_january():
    assert due(oslo(2027, 1, 5, 12, 0), month=12, day=20) == 2025


def test_the_next_moment_is_this_year_or_the_next():
    given = {"month": 3, "day": 1, "local_time": time(8)}
    assert rules.next_moment(now=oslo(2026, 1, 1), **given) == oslo(2026, 3, 1, 8)
    assert rules.next_moment(now=oslo(2026, 3, 1, 8), **given) == oslo(2027, 3, 1, 8)


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 5), (2, 20), (3, 80), (4, 320)])
def test_each_pause_is_four_times_the_last(attempts, minutes):
    assert rules.pause_after(attempts) == timedelta(minutes=minutes)


def test_the_fifth_attempt_is_the_last():
    assert rules.pause_after(5) is None
