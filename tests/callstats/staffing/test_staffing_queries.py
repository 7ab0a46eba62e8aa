"""Calls by hour of the week: only what counts, divided by the hours that had data."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from callstats.calls.models import Call, FeedHour
from callstats.indicators.definitions import default_definition
from callstats.staffing import queries
from legevakt.lib.periods import OSLO, Period
from tests.callstats.staffing.conftest import FRIDAY_14
from tests.factories.callstats import QUEUE_OF_CLASS, SourceFactory

LVS = default_definition()
AUTUMN = Period(date(2025, 10, 20), date(2025, 10, 27))
SPRING = Period(date(2025, 3, 24), date(2025, 3, 31))
TWO_WEEKS = Period(date(2025, 10, 13), date(2025, 10, 27))


def week_of(central, period):
    return queries.week(central=central, period=period, definition=LVS)


def hour_of(week, weekday, hour):
    (found,) = [each for each in week.hours if (each.weekday, each.hour) == (weekday, hour)]
    return found


@pytest.mark.parametrize(
    ("before", "starts_on", "ends_on"),
    [
        (date(2025, 11, 10), date(2025, 10, 13), date(2025, 11, 10)),
        (date(2025, 11, 16), date(2025, 10, 13), date(2025, 11, 10)),
    ],
)
def test_the_last_weeks_are_whole_ones_from_monday_to_sunday(before, starts_on, ends_on):
    assert queries.last_weeks(weeks=4, before=before) == Period(starts_on, ends_on)


def test_calls_talk_and_waits_of_an_hour_of_the_week(
    central, calls, feed, django_assert_num_queries
):
    feed(TWO_WEEKS)
    calls(1, talk_seconds=100, wait_seconds=10)
    calls(1, talk_seconds=200, wait_seconds=20, at=FRIDAY_14 - timedelta(days=7))
    calls(2, outcome="abandoned", wait_seconds=45)

    with django_assert_num_queries(1):
        week = week_of(central, TWO_WEEKS)

    friday = hour_of(week, 5, 14)
    assert (friday.occurrences, friday.calls) == (2, 4)
    assert (friday.talks, friday.talk_seconds) == (2, 300)
    assert week.mean_talk_seconds == 150
    assert (week.waited_seconds, week.abandoned) == (120, 2)
    assert week.patience.seconds == 60
    assert (week.calls, week.occurrences) == (4, TWO_WEEKS.hours())
    assert [(each.weekday, each.hour) for each in week.hours] == [
        (weekday, hour) for weekday in range(1, 8) for hour in range(24)
    ]


def test_other_lines_outcomes_and_centrals_do_not_count(central, calls, feed):
    feed(AUTUMN)
    other = SourceFactory(slug="other")
    calls(1, queue=QUEUE_OF_CLASS["lokal8"], talk_seconds=60)
    calls(5, queue=QUEUE_OF_CLASS["professional"], talk_seconds=60)
    calls(7, outcome="ended_before_queue", wait_seconds=None)
    calls(1, outcome="callback_requested", wait_seconds=90)

    assert week_of(central, AUTUMN).calls == 2
    assert week_of(other.central, AUTUMN).calls == 0
    assert week_of(other.central, AUTUMN).mean_talk_seconds is None


def test_an_hour_without_data_neither_counts_nor_divides(central, source, calls, feed):
    feed(TWO_WEEKS)
    calls(4, talk_seconds=60)
    calls(6, talk_seconds=60, at=FRIDAY_14 - timedelta(days=7))
    FeedHour.objects.filter(source=source, hour_at=FRIDAY_14).delete()

    friday = hour_of(week_of(central, TWO_WEEKS), 5, 14)

    assert (friday.occurrences, friday.calls) == (1, 6)


def test_the_doubled_hour_of_autumn_came_twice(central, calls, feed):
    feed(AUTUMN)
    calls(1, at=datetime(2025, 10, 26, 0, 30, tzinfo=UTC))
    calls(2, at=datetime(2025, 10, 26, 1, 30, tzinfo=UTC))

    week = week_of(central, AUTUMN)

    night = hour_of(week, 7, 2)
    assert (night.occurrences, night.calls) == (2, 3)
    assert week.occurrences == 169


def test_the_missing_hour_of_spring_never_came(central, feed):
    feed(SPRING)

    week = week_of(central, SPRING)

    assert hour_of(week, 7, 2).occurrences == 0
    assert hour_of(week, 7, 3).occurrences == 1
    assert week.occurrences == 167


def test_a_telephone_system_that_tells_of_no_talk_does_not_shorten_the_mean(central, calls, feed):
    feed(TWO_WEEKS)
    calls(3, talk_seconds=200)
    calls(3, at=FRIDAY_14 - timedelta(days=7))

    week = week_of(central, TWO_WEEKS)

    assert week.mean_talk_seconds == 200
    assert hour_of(week, 5, 14).talks == 3


def test_a_wait_that_is_not_known_says_nothing_of_patience(central, calls, feed):
    feed(AUTUMN)
    calls(1, outcome="abandoned", wait_seconds=None)
    calls(1, outcome="abandoned", wait_seconds=30)

    week = week_of(central, AUTUMN)

    assert (week.waited_seconds, week.abandoned) == (30, 1)


def test_the_statement_says_what_the_calls_say_one_by_one(central, calls, feed):
    feed(TWO_WEEKS)
    chance = random.Random(1)
    for _ in range(80):
        calls(
            chance.randint(1, 3),
            at=TWO_WEEKS.starts_at + timedelta(minutes=chance.randrange(60 * TWO_WEEKS.hours())),
            outcome=chance.choice(["answered", "answered", "abandoned", "ended_before_queue"]),
            queue=chance.choice(["lv_116117", "lv_direkte", "lv_amk"]),
            wait_seconds=chance.choice([None, 0, 30, 90]),
        )
    counted = [
        row
        for row in Call.objects.select_related("line")
        if row.line.line_class in LVS.line_classes and row.outcome in LVS.denominator_outcomes
    ]
    expected = Counter(
        (local.isoweekday(), local.hour)
        for local in (row.arrived_at.astimezone(OSLO) for row in counted)
    )

    week = week_of(central, TWO_WEEKS)

    assert Counter({(h.weekday, h.hour): h.calls for h in week.hours if h.calls}) == expected
    assert week.waited_seconds == sum(row.wait_seconds or 0 for row in counted)
    assert week.abandoned == sum(
        row.outcome == "abandoned" and row.wait_seconds is not None for row in counted
    )
