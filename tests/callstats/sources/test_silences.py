"""Where a log has holes, by the rhythm of its own calls."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from callstats.sources.frames import MOMENT
from callstats.sources.silences import longest_silence, spans

AT = datetime(2025, 10, 1, 8, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def series(*moments: datetime) -> pl.Series:
    return pl.Series("at", moments, dtype=MOMENT)


def parted(*moments: datetime) -> list:
    told = series(*moments)
    return list(spans(told, longest=longest_silence(told)))


@pytest.mark.parametrize(
    ("gap", "hours"),
    [(MINUTE, 2), (6 * MINUTE, 2), (30 * MINUTE, 10), (2 * HOUR, 24), (9 * HOUR, 24)],
)
def test_the_longest_pause_is_twenty_median_gaps_within_two_hours_and_a_day(gap, hours):
    assert longest_silence(series(*(AT + n * gap for n in range(9)))) == hours * HOUR


@pytest.mark.parametrize("count", [0, 1])
def test_without_a_gap_a_day_may_be_silent(count):
    assert longest_silence(series(*[AT] * count)) == 24 * HOUR


def test_one_wrong_clock_does_not_bend_the_rhythm():
    assert longest_silence(series(AT - 9000 * HOUR, *(AT + n * MINUTE for n in range(9)))) == (
        2 * HOUR
    )


def test_quiet_hours_between_two_calls_have_data():
    assert parted(AT + 20 * HOUR, AT) == [(AT, AT + 20 * HOUR)]


def test_more_than_a_day_without_a_call_is_a_hole():
    later = AT + timedelta(days=400)

    assert parted(AT, AT + HOUR, later) == [(AT, AT + HOUR), (later, later)]


def test_a_pause_of_the_limit_itself_is_no_hole():
    assert list(spans(series(AT, AT + HOUR), longest=HOUR)) == [(AT, AT + HOUR)]


def test_a_file_without_calls_tells_of_nothing():
    assert parted() == []
