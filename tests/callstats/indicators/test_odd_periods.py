"""Odd periods by every definition: no calls, no data, one call, nights the clock is moved.

What each definition should say is counted once more here, call by call in plain Python.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from statistics import mean

import pytest

from callstats.calls.models import FeedHour
from callstats.indicators import queries
from callstats.indicators.definitions import all_definitions
from callstats.indicators.rules import ServiceLevel
from callstats.periods import operations
from callstats.periods.models import IndicatorFigure
from callstats.periods.stored import in_force, level_of
from legevakt.lib.periods import OSLO, Period
from tests.callstats.indicators.slowly import percentile
from tests.factories.callstats import SourceFactory, call, stored

pytestmark = pytest.mark.django_db
DEFINITIONS = all_definitions()
OCTOBER = Period.month(2025, 10)
BOTH_NIGHTS = Period(date(2025, 3, 1), date(2025, 11, 1))
NOW = datetime(2026, 1, 10, tzinfo=UTC)
NOON = datetime(2025, 10, 24, 12, 0, tzinfo=UTC)


def reached(one):
    return one["outcome"] != "ended_before_queue"


def answered(one):
    return one["outcome"] == "answered"


def abandoned(one):
    return one["outcome"] == "abandoned"


def within(one, seconds):
    return one["wait_seconds"] is not None and one["wait_seconds"] <= seconds


def rung_back(one, seconds):
    if one["outcome"] != "callback_requested" or "answered_at" not in one:
        return False
    return (one["answered_at"] - one["arrived_at"]).total_seconds() <= seconds


def in_time(one):
    return answered(one) and within(one, 120)


def timed(one):
    return answered(one) and one["wait_seconds"] is not None


# Definition → (is the call in the numerator, is it in the denominator).
COUNTED = {
    "lvs-2min-v1": (in_time, reached),
    "lvs-2min-caller-v1": (lambda one: in_time(one) or rung_back(one, 120), reached),
    "lvs-10min-v1": (lambda one: answered(one) and within(one, 600), reached),
    "lvs-2min-of-answered-v1": (in_time, answered),
    "lvs-2min-positive-abandon-v1": (
        lambda one: (answered(one) or abandoned(one)) and within(one, 120),
        reached,
    ),
    "lvs-2min-without-abandons-v1": (
        in_time,
        lambda one: reached(one) and not (abandoned(one) and within(one, 120)),
    ),
    "lvs-2min-without-short-10s-v1": (
        in_time,
        lambda one: reached(one) and not (abandoned(one) and within(one, 10)),
    ),
    "lvs-2min-without-short-5s-v1": (
        in_time,
        lambda one: reached(one) and not (abandoned(one) and within(one, 5)),
    ),
    "lvs-2min-without-excluded-v1": (in_time, reached),
    "lvs-abandonment-rate-v1": (abandoned, reached),
    "lvs-abandonment-bands-v1": (lambda one: reached(one) and not answered(one), reached),
    "lvs-unanswered-rate-v1": (lambda one: reached(one) and not answered(one), reached),
    "lvs-asa-v1": (timed, timed),
    "lvs-median-v1": (timed, timed),
    "lvs-p90-v1": (timed, timed),
    "lvs-p95-v1": (timed, timed),
}
STATISTICS = {
    "lvs-asa-v1": lambda waits: float(mean(waits)) if waits else None,
    "lvs-median-v1": lambda waits: percentile(waits, 50),
    "lvs-p90-v1": lambda waits: percentile(waits, 90),
    "lvs-p95-v1": lambda waits: percentile(waits, 95),
}


def expected(definition_id, calls, *, feed, hours):
    """(state, N, D, percent, seconds, offered, hours with feed, hours in the period)."""
    is_in, is_of = COUNTED[definition_id]
    numerator, denominator = sum(map(is_in, calls)), sum(map(is_of, calls))
    is_share = definition_id not in STATISTICS
    share = None
    if is_share and denominator:
        share = Decimal((2000 * numerator + denominator) // (2 * denominator)) / 10
    reached_us = sum(map(reached, calls))
    without = "none_counted" if reached_us else "no_calls" if feed else "no_data"
    state = "figures" if denominator else without
    waits = sorted(one["wait_seconds"] for one in calls if timed(one))
    seconds = None if is_share else STATISTICS[definition_id](waits)
    return state, numerator, denominator, share, seconds, reached_us, feed, hours


def told(level: ServiceLevel):
    return (
        level.state,
        level.numerator,
        level.denominator,
        level.percent,
        level.value_seconds,
        level.offered,
        level.hours_with_feed,
        level.hours_in_period,
    )


def covered(source, period, *, without=()):
    """Feed for every hour of the period but those of the days left out; says how many."""
    moments = [period.starts_at + timedelta(hours=n) for n in range(period.hours())]
    kept = [each for each in moments if each.astimezone(OSLO).date() not in without]
    FeedHour.objects.bulk_create(FeedHour(source=source, hour_at=each) for each in kept)
    return kept


def assert_every_figure(central, calls, *, feed, period=OCTOBER):
    """Whole, by day, by month and stored: every definition says what counting by hand says."""
    definitions = list(DEFINITIONS.values())
    whole = queries.service_levels(centrals=[central], period=period, definitions=definitions)
    for level in whole:
        assert told(level) == expected(
            level.definition_id, calls, feed=len(feed), hours=period.hours()
        ), level.definition_id
    for step in ("day", "month"):
        for definition in definitions:
            assert_each_step(central, calls, feed, period=period, definition=definition, step=step)
    assert_stored(central, calls, feed, period=period)


def assert_each_step(central, calls, feed, *, period, definition, step):
    levels = queries.service_level_by(
        centrals=[central], period=period, definition=definition, step=step
    )
    assert [level.starts_on for level in levels][:1] == [period.starts_on]
    assert levels[-1].ends_on == period.ends_on
    for level in levels:
        part = Period(level.starts_on, level.ends_on)
        wanted = expected(
            definition.id,
            [one for one in calls if one["arrived_at"].astimezone(OSLO).date() in part],
            feed=sum(hour.astimezone(OSLO).date() in part for hour in feed),
            hours=part.hours(),
        )
        assert told(level) == wanted, (definition.id, step, level.starts_on)


def assert_stored(central, calls, feed, *, period):
    """Every month of the period as it is computed and read back."""
    for month in period.months():
        operations.compute(central=central, period=month, at=NOW)
        row = in_force(central=central, period=month)
        own = [one for one in calls if one["arrived_at"].astimezone(OSLO).date() in month]
        hours = sum(hour.astimezone(OSLO).date() in month for hour in feed)
        assert IndicatorFigure.objects.filter(period=row).count() == len(DEFINITIONS)
        for name in DEFINITIONS:
            assert told(level_of(row, definition_id=name)) == expected(
                name, own, feed=hours, hours=month.hours()
            ), (name, month)


@pytest.fixture
def source(central):
    return SourceFactory(slug="pbx", central=central)


def test_every_definition_is_counted_here_too():
    assert set(COUNTED) == set(DEFINITIONS)
    kinds = {name for name, each in DEFINITIONS.items() if each.kind == "seconds"}
    assert set(STATISTICS) == kinds


def test_no_data_at_all_is_no_data_and_no_percentage(central):
    assert_every_figure(central, [], feed=[])


def test_a_source_that_never_told_of_anything_is_no_data(central, source):
    assert_every_figure(central, [], feed=[])


def test_no_calls_with_feed_is_no_calls_and_neither_0_nor_100_percent(central, source):
    assert_every_figure(central, [], feed=covered(source, OCTOBER))


def test_calls_of_which_every_wait_is_unknown(central, source):
    """They are all in the denominator and none is in time; of seconds nothing can be said."""
    calls = [
        call("a", wait_seconds=None),
        call("b", outcome="abandoned", wait_seconds=None),
        call("c", outcome="timeout", wait_seconds=None),
        call("d", wait_seconds=None, arrived_at=NOON + timedelta(days=1)),
    ]
    stored(source=source, rows=calls)
    assert_every_figure(central, calls, feed=covered(source, OCTOBER))


ONE_CALL = {
    "answered in time": {"wait_seconds": 120},
    "answered too late": {"wait_seconds": 121},
    "answered after ten minutes": {"wait_seconds": 601},
    "answered with unknown wait": {"wait_seconds": None},
    "abandoned at once": {"outcome": "abandoned", "wait_seconds": 3},
    "abandoned after eight seconds": {"outcome": "abandoned", "wait_seconds": 8},
    "abandoned late": {"outcome": "abandoned", "wait_seconds": 200},
    "rung back in time": {
        "outcome": "callback_requested",
        "wait_seconds": 30,
        "answered_at": NOON + timedelta(seconds=120),
    },
    "rung back too late": {
        "outcome": "callback_requested",
        "wait_seconds": 30,
        "answered_at": NOON + timedelta(seconds=121),
    },
    "never rung back": {"outcome": "callback_requested", "wait_seconds": 30},
    "answered by voicemail": {"outcome": "voicemail", "wait_seconds": 30},
    "ended before the queue": {"outcome": "ended_before_queue", "wait_seconds": None},
}


@pytest.mark.parametrize("facts", ONE_CALL.values(), ids=ONE_CALL.keys())
def test_exactly_one_call(central, source, facts):
    one = call("a", **facts)
    stored(source=source, rows=[one])
    assert_every_figure(central, [one], feed=covered(source, OCTOBER))


def test_one_call_and_no_feed_is_still_a_figure_of_an_incomplete_period(central, source):
    one = call("a")
    stored(source=source, rows=[one])
    assert_every_figure(central, [one], feed=[])


def test_a_period_across_both_nights_in_which_the_clock_is_moved(central, source):
    """One hour is missing and one is doubled; the days have 23 and 25 hours."""
    moments = [
        datetime(2025, 3, 30, 0, 59, 59, tzinfo=UTC),  # 01:59:59, the last second of winter
        datetime(2025, 3, 30, 1, 0, tzinfo=UTC),  # 03:00
        datetime(2025, 3, 29, 22, 59, 59, tzinfo=UTC),  # 23:59:59 the day before
        datetime(2025, 10, 26, 0, 30, tzinfo=UTC),  # 02:30, the first time
        datetime(2025, 10, 26, 1, 30, tzinfo=UTC),  # 02:30, the second time
        datetime(2025, 10, 25, 22, 0, tzinfo=UTC),  # the midnight that begins the long day
        datetime(2025, 10, 26, 23, 0, tzinfo=UTC),  # the midnight that ends it
    ]
    calls = [
        call(f"c{number}", arrived_at=moment, wait_seconds=50 * number)
        for number, moment in enumerate(moments)
    ]
    stored(source=source, rows=calls)
    feed = covered(source, BOTH_NIGHTS)
    assert len(feed) == BOTH_NIGHTS.days * 24
    assert_every_figure(central, calls, feed=feed, period=BOTH_NIGHTS)

    definition = DEFINITIONS["lvs-2min-v1"]
    days = queries.service_level_by(
        centrals=[central], period=BOTH_NIGHTS, definition=definition, step="day"
    )
    by_day = {day.starts_on: (day.hours_in_period, day.denominator) for day in days}
    assert by_day[date(2025, 3, 30)] == (23, 2)
    assert by_day[date(2025, 10, 26)] == (25, 3)


def test_a_central_that_changed_system_lacks_the_hours_between(central, source):
    """The old system until the 10th, the new from the 13th: two days are not told of."""
    new = SourceFactory(slug="lifex", central=central)
    calls = [
        call("a", arrived_at=datetime(2025, 10, 5, 9, 0, tzinfo=UTC)),
        call("b", arrived_at=datetime(2025, 10, 5, 9, 0, tzinfo=UTC), wait_seconds=300),
    ]
    later = [
        call("a", arrived_at=datetime(2025, 10, 20, 9, 0, tzinfo=UTC), wait_seconds=20),
        call("c", arrived_at=datetime(2025, 10, 20, 9, 0, tzinfo=UTC), outcome="abandoned"),
    ]
    stored(source=source, rows=calls)
    stored(source=new, rows=later)
    before = covered(source, Period(date(2025, 10, 1), date(2025, 10, 11)))
    after = covered(new, Period(date(2025, 10, 13), date(2025, 11, 1)))
    assert_every_figure(central, [*calls, *later], feed=[*before, *after])


def test_a_system_that_is_silent_is_not_hidden_by_one_that_goes_on(central, source):
    """Both are expected: an hour of which only one tells is an hour without data."""
    other = SourceFactory(slug="second", central=central)
    silent = {date(2025, 10, 20), date(2025, 10, 21)}
    both = covered(source, OCTOBER, without=silent)
    covered(other, OCTOBER)
    one = call("a")
    stored(source=other, rows=[one])
    assert_every_figure(central, [one], feed=both)
