import doctest
from datetime import UTC, datetime, time, timedelta

import pytest

from legevakt.lib.periods import OSLO
from reporting.deliveries import rules

LONG_AGO = datetime(2024, 6, 1, tzinfo=UTC)


def due(now, *, month=3, day=1, at=time(8), changed_at=LONG_AGO):
    return rules.due_report_year(
        month=month, day=day, local_time=at, changed_at=changed_at, now=now
    )


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


def test_a_day_that_had_passed_when_it_was_set_waits_for_next_year():
    in_april = oslo(2026, 4, 1)
    assert due(in_april, changed_at=in_april) is None
    assert due(oslo(2026, 3, 1, 8), changed_at=oslo(2026, 3, 1, 8)) is None
    assert due(oslo(2027, 3, 1, 8), changed_at=in_april) == 2026


def test_a_day_still_to_come_is_this_year():
    assert due(oslo(2026, 3, 1, 8), changed_at=oslo(2026, 3, 1, 7, 59)) == 2025


def test_a_moment_in_december_is_still_looked_at_in_january():
    assert due(oslo(2027, 1, 5, 12, 0), month=12, day=20) == 2025


def test_the_next_moment_is_this_year_or_the_next():
    given = {"month": 3, "day": 1, "local_time": time(8)}
    assert rules.next_moment(now=oslo(2026, 1, 1), **given) == oslo(2026, 3, 1, 8)
    assert rules.next_moment(now=oslo(2026, 3, 1, 8), **given) == oslo(2027, 3, 1, 8)


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(1, 5), (2, 30), (3, 120), (4, 480), (5, 1440), (6, 1440)]
)
def test_each_pause_is_as_long_as_the_last_or_longer(attempts, minutes):
    assert rules.pause_after(attempts) == timedelta(minutes=minutes)


def test_the_attempts_outlast_a_weekend():
    assert sum(rules.PAUSES, timedelta()) > timedelta(days=2, hours=10)


def test_the_seventh_attempt_is_the_last():
    assert rules.pause_after(7) is None
