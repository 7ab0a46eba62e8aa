"""The indicator from the hourly sums, against the worked vector and a slow second way."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callstats.calls.models import Call, CallHour, Outcome
from callstats.calls.operations import note_feed
from callstats.indicators import queries
from callstats.indicators.definitions import (
    FOLDER,
    all_definitions,
    by_id,
    default_definition,
)
from callstats.indicators.parts import hour_of_week
from callstats.indicators.rules import total
from callstats.indicators.worked_example import VECTOR
from legevakt.lib.periods import Period
from tests.callstats.indicators import slowly
from tests.factories.callstats import QUEUE_OF_CLASS, SourceFactory, call, stored
from tests.factories.municipalities import CentralFactory

LVS = default_definition()
OCTOBER = Period.month(2025, 10)
HOUR = timedelta(hours=1)
NOON = datetime(2025, 10, 24, 12, tzinfo=UTC)
SPRING_NIGHT = date(2025, 3, 30)
AUTUMN_NIGHT = date(2025, 10, 26)
# Around midnight, month ends, and both nights in which the clock is moved (Oslo).
NIGHTS = [date(2025, 3, 29), SPRING_NIGHT, date(2025, 3, 31), AUTUMN_NIGHT, date(2025, 10, 31)]
EVERYTHING = Period(date(2025, 3, 1), date(2025, 12, 1))

MOMENTS = st.builds(
    lambda night, hours, seconds: (
        datetime(night.year, night.month, night.day, tzinfo=UTC)
        + timedelta(hours=hours, seconds=seconds)
    ),
    st.sampled_from(NIGHTS),
    st.integers(-3, 27),
    st.sampled_from([0, 1, 1800, 3599]),
)
WAITS = st.one_of(
    st.none(),
    st.sampled_from(["0", "0.001", "5", "5.001", "30", "119.999", "120", "120.001", "120.4"]),
    st.sampled_from(["120.999", "121", "599.9", "600", "600.001", "601", "14400"]),
    st.decimals(min_value=0, max_value=700, places=3),
)
CALLS = st.lists(
    st.fixed_dictionaries(
        {
            "arrived_at": MOMENTS,
            "queue": st.sampled_from(sorted(QUEUE_OF_CLASS.values())),
            "outcome": st.one_of(st.just("answered"), st.sampled_from(Outcome.values)),
            "wait_seconds": WAITS,
            "time_quality": st.sampled_from(["exact", "exact", "resolved", "ambiguous"]),
            "rung_back": st.sampled_from([None, 0, 119_999, 120_000, 120_001, 86_400_000]),
            "municipality": st.sampled_from([None, "4631", "4632"]),
        }
    ),
    max_size=40,
)


@pytest.fixture
def source(central):
    return SourceFactory(slug="pbx", central=central)


def with_ids(rows: list[dict]) -> list[dict]:
    return [call(f"c{number}", **_told(row)) for number, row in enumerate(rows)]


def _told(row: dict) -> dict:
    """`rung_back` is how many ms after arrival somebody who asked for it was called back."""
    told = {name: value for name, value in row.items() if name != "rung_back"}
    if row.get("rung_back") is not None and row.get("outcome") == "callback_requested":
        told["answered_at"] = row["arrived_at"] + timedelta(milliseconds=row["rung_back"])
    return told


def level_of(central, period=OCTOBER):
    return queries.service_level(centrals=[central], period=period, definition=LVS)


def told(level) -> dict:
    names = slowly.figures([])
    return {name: getattr(level, name) for name in names}


def assert_same(level, expected: dict):
    """Equal, seconds within a thousandth (the database interpolates in floating point)."""
    found = told(level)
    for name in ("median_seconds", "p90_seconds", "longest_seconds"):
        assert found.pop(name) == pytest.approx(expected.pop(name), abs=0.0011), name
    assert found == expected


@pytest.fixture
def vector(source):
    rows = [{"outcome": outcome, "wait_seconds": wait} for outcome, wait in VECTOR]
    stored(source=source, rows=with_ids(rows))


@pytest.mark.usefixtures("vector")
def test_the_worked_vector_gives_3_of_11(central):
    level = level_of(central)
    assert (level.numerator, level.denominator) == (3, 11)
    assert level.percent == Decimal("27.3")
    assert level.within_second == 5
    assert level.median_seconds == 120.5
    assert level.before_queue == 1
    assert (level.offered, level.answered, level.unanswered) == (11, 6, 5)
    assert level.longest_seconds == 601
    assert level.meets_target(80) is False
    assert level.bands == {
        "0-5": 1, "5-30": 0, "30-120": 3, "120-600": 1, "600-": 0, "unknown": 0,
    }  # fmt: skip


@pytest.mark.usefixtures("vector")
def test_the_figures_outlive_the_calls(central):
    before = level_of(central)
    Call.objects.all().delete()
    assert level_of(central) == before


def test_a_wait_of_120_point_4_seconds_is_not_within_120(central, source):
    rows = [{"wait_seconds": "120.4"}, {"wait_seconds": "120"}, {"wait_seconds": "600.001"}]
    stored(source=source, rows=with_ids(rows))
    level = level_of(central)
    assert (level.numerator, level.within_second, level.denominator) == (1, 2, 3)


def test_other_lines_and_other_centrals_do_not_count(central, source, cooperation):
    other = SourceFactory(slug="other", central=CentralFactory(cooperation=cooperation))
    stored(source=source, rows=with_ids([{"queue": "lv_amk"}, {"queue": "lv_direkte"}]))
    stored(source=other, rows=with_ids([{}, {}, {}]))
    assert level_of(central).denominator == 1
    both = queries.service_level(centrals=[central, other.central], period=OCTOBER, definition=LVS)
    assert both.denominator == 4
    assert both.hours_in_period == 2 * OCTOBER.hours()


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=CALLS)
def test_the_hourly_sums_say_what_the_calls_say(central, source, rows):
    Call.objects.all().delete()
    CallHour.objects.all().delete()
    stored(source=source, rows=with_ids(rows))
    counted = slowly.calls_between(
        first=EVERYTHING.starts_on, end=EVERYTHING.ends_on, line_classes=LVS.line_classes
    )
    assert_same(level_of(central, EVERYTHING), slowly.figures(counted))
    _check_every_definition(central, counted)
    _check_days(central, counted)
    _check_hours(central, counted)
    _check_hours_of_the_week(central, counted)
    _check_steps_sum_up(central)


def _check_every_definition(central, counted):
    """All of them from one pass, against each definition file read anew and call by call."""
    definitions = list(all_definitions().values())
    levels = queries.service_levels(centrals=[central], period=EVERYTHING, definitions=definitions)
    for definition, level in zip(definitions, levels, strict=True):
        content = json.loads((FOLDER / f"{definition.id}.json").read_text(encoding="utf-8"))
        expected = slowly.by_definition(content, counted)
        found = {name: getattr(level, name) for name in expected}
        value = expected.pop("value_seconds")
        assert found.pop("value_seconds") == pytest.approx(value, abs=0.0011), definition.id
        assert found == expected, definition.id


def _check_days(central, counted):
    days = queries.service_level_by(
        centrals=[central], period=EVERYTHING, definition=LVS, step="day"
    )
    for day in days:
        own = [c for c in counted if slowly.local(c).date() == day.starts_on]
        if own or day.denominator:
            assert_same(day, slowly.figures(own))


def _check_hours(central, counted):
    for night in NIGHTS:
        period = Period(night, night + timedelta(days=1))
        for hour in queries.service_level_by(
            centrals=[central], period=period, definition=LVS, step="hour"
        ):
            ends_at = hour.starts_at + timedelta(hours=1)
            own = [c for c in counted if hour.starts_at <= c.arrived_at < ends_at]
            if own or hour.denominator:
                assert_same(hour, slowly.figures(own))


def _check_hours_of_the_week(central, counted):
    rows = hour_of_week(centrals=[central], period=EVERYTHING, definition=LVS)
    assert [(row.weekday, row.hour) for row in rows] == [
        (weekday, hour) for weekday in range(1, 8) for hour in range(24)
    ]
    for row in rows:
        own = [
            c
            for c in counted
            if (slowly.local(c).isoweekday(), slowly.local(c).hour) == (row.weekday, row.hour)
        ]
        expected = slowly.figures(own)
        assert (row.numerator, row.denominator) == (
            expected["numerator"],
            expected["denominator"],
        )


def _check_steps_sum_up(central):
    whole = level_of(central, EVERYTHING)
    for step in ("day", "month", "hour"):
        parts = queries.service_level_by(
            centrals=[central], period=EVERYTHING, definition=LVS, step=step
        )
        summed = total(parts)
        assert summed == total([whole])
        for name in ("bands", "outcomes"):
            counted: dict = {}
            for part in parts:
                for key, count in getattr(part, name).items():
                    counted[key] = counted.get(key, 0) + count
            assert counted == getattr(whole, name)


@pytest.mark.parametrize(("day", "hours"), [(SPRING_NIGHT, 23), (AUTUMN_NIGHT, 25)])
def test_a_day_on_which_the_clock_is_moved_has_its_hours(central, source, day, hours):
    period = Period(day, day + timedelta(days=1))
    moments = [period.starts_at + timedelta(hours=n, minutes=30) for n in range(-1, hours + 1)]
    stored(source=source, rows=with_ids([{"arrived_at": moment} for moment in moments]))
    steps = queries.service_level_by(centrals=[central], period=period, definition=LVS, step="hour")
    assert [step.denominator for step in steps] == [1] * hours
    assert level_of(central, period).denominator == hours
    assert level_of(central, period).hours_in_period == hours


def test_the_doubled_hour_is_shown_twice_and_summed_in_the_week(central, source):
    first, second = (datetime(2025, 10, 26, hour, 30, tzinfo=UTC) for hour in (0, 1))
    stored(source=source, rows=with_ids([{"arrived_at": first}, {"arrived_at": second}]))
    week = hour_of_week(centrals=[central], period=OCTOBER, definition=LVS)
    assert [(h.weekday, h.hour, h.denominator) for h in week if h.denominator] == [(7, 2, 2)]


def test_no_calls_and_no_data_are_neither_0_nor_100_percent(central, source):
    period = Period(date(2025, 10, 24), date(2025, 10, 26))
    assert level_of(central, period).state == "no_data"
    note_feed(source_id=source.pk, first_at=period.starts_at, last_at=period.starts_at)
    level = level_of(central, period)
    assert (level.state, level.percent, level.hours_with_feed) == ("no_calls", None, 1)
    days = queries.service_level_by(centrals=[central], period=period, definition=LVS, step="day")
    assert [day.state for day in days] == ["no_calls", "no_data"]


def test_two_sources_of_one_central_feed_an_hour_once(central, source):
    other = SourceFactory(slug="other", central=central)
    at = datetime(2025, 10, 24, 12, tzinfo=UTC)
    for one in (source, other):
        note_feed(source_id=one.pk, first_at=at, last_at=at + timedelta(hours=2))
    assert level_of(central).hours_with_feed == 3


@pytest.mark.usefixtures("vector")
def test_every_definition_comes_from_one_statement(central, django_assert_num_queries):
    """What was counted at one moment; no definition sees other calls than another."""
    definitions = list(all_definitions().values())
    with django_assert_num_queries(1):
        queries.service_levels(centrals=[central], period=OCTOBER, definitions=definitions)


@pytest.mark.usefixtures("vector")
@pytest.mark.parametrize(
    ("definition_id", "numerator", "denominator", "percent"),
    [
        ("lvs-2min-v1", 3, 11, "27.3"),
        ("lvs-2min-caller-v1", 3, 11, "27.3"),
        ("lvs-2min-of-answered-v1", 3, 6, "50.0"),
        ("lvs-2min-without-abandons-v1", 3, 8, "37.5"),
        ("lvs-2min-positive-abandon-v1", 6, 11, "54.5"),
        ("lvs-2min-without-short-5s-v1", 3, 10, "30.0"),
        ("lvs-2min-without-short-10s-v1", 3, 10, "30.0"),
        ("lvs-10min-v1", 5, 11, "45.5"),
        ("lvs-abandonment-rate-v1", 4, 11, "36.4"),
        ("lvs-unanswered-rate-v1", 5, 11, "45.5"),
    ],
)
def test_the_vector_by_every_variant(central, definition_id, numerator, denominator, percent):
    level = queries.service_level(
        centrals=[central], period=OCTOBER, definition=by_id(definition_id)
    )
    assert (level.numerator, level.denominator) == (numerator, denominator)
    assert level.percent == Decimal(percent)


@pytest.mark.usefixtures("vector")
@pytest.mark.parametrize(
    ("definition_id", "seconds"),
    [
        ("lvs-asa-v1", 247.833),
        ("lvs-median-v1", 120.5),
        ("lvs-p90-v1", 600.5),
        ("lvs-p95-v1", 600.75),
    ],
)
def test_the_vector_in_seconds_has_no_percentage(central, definition_id, seconds):
    level = queries.service_level(
        centrals=[central], period=OCTOBER, definition=by_id(definition_id)
    )
    assert (level.value_seconds, level.denominator) == (seconds, 6)
    assert (level.percent, level.share) == (None, None)


def test_whoever_is_rung_back_in_time_is_reached_in_time_for_the_caller_only(central, source):
    asked = {"outcome": "callback_requested", "arrived_at": NOON, "wait_seconds": 50}
    rows = [asked | {"rung_back": after} for after in (120_000, 120_001, None)]
    stored(source=source, rows=with_ids(rows))
    for definition_id, numerator in (("lvs-2min-caller-v1", 1), ("lvs-2min-v1", 0)):
        level = queries.service_level(
            centrals=[central], period=OCTOBER, definition=by_id(definition_id)
        )
        assert (level.numerator, level.denominator) == (numerator, 3)


@pytest.mark.usefixtures("vector")
def test_a_level_is_one_statement(central, django_assert_num_queries):
    """One statement sees one moment, so an import that ends meanwhile cannot split it."""
    with django_assert_num_queries(1):
        level_of(central)


@pytest.mark.django_db
def test_no_central_at_all_has_no_data():
    level = queries.service_level(centrals=[], period=OCTOBER, definition=LVS)
    assert (level.state, level.hours_in_period, level.completeness) == ("no_data", 0, 0.0)


def test_an_import_that_ends_meanwhile_is_seen_whole_or_not_at_all(central, source):
    """Waits without outcomes, or the other way round, cannot come out of one statement."""
    stored(source=source, rows=with_ids([{"wait_seconds": None}, {"wait_seconds": 3}]))
    level = level_of(central)
    assert (level.numerator, level.denominator, level.unknown_waits) == (1, 2, 1)
    CallHour.objects.update(waits_ms=[])
    assert (level_of(central).numerator, level_of(central).median_seconds) == (0, None)


def feed(source, *, first, last):
    """Hours `first` to `last` from noon, both within."""
    note_feed(source_id=source.pk, first_at=NOON + first * HOUR, last_at=NOON + last * HOUR)


def covered_hours(central) -> list[int]:
    """The hours from noon that have feed."""
    day = Period(date(2025, 10, 24), date(2025, 10, 26))
    steps = queries.service_level_by(centrals=[central], period=day, definition=LVS, step="hour")
    return [(s.starts_at - NOON) // HOUR for s in steps if s.hours_with_feed]


def test_a_source_that_falls_silent_is_not_hidden_by_another(central, source):
    feed(source, first=0, last=9)
    other = SourceFactory(slug="other", central=central)
    feed(other, first=0, last=3)
    feed(other, first=6, last=7)
    assert covered_hours(central) == [0, 1, 2, 3, 6, 7]


def test_a_source_is_not_expected_before_its_first_hour(central, source):
    feed(source, first=0, last=5)
    feed(SourceFactory(slug="other", central=central), first=3, last=5)
    assert covered_hours(central) == [0, 1, 2, 3, 4, 5]


def test_a_source_is_not_expected_after_another_has_replaced_it(central, source):
    feed(source, first=0, last=3)
    feed(SourceFactory(slug="other", central=central), first=6, last=9)
    assert covered_hours(central) == [0, 1, 2, 3, 6, 7, 8, 9]


def test_an_evening_s_log_fills_its_hole_and_spoils_no_other_hour(central, source):
    feed(source, first=0, last=3)
    feed(source, first=6, last=9)
    evening = SourceFactory(slug="evening", central=central, is_expected=False)
    feed(evening, first=4, last=4)
    assert covered_hours(central) == [0, 1, 2, 3, 4, 6, 7, 8, 9]


def test_a_source_that_is_not_expected_replaces_none(central, source):
    feed(source, first=0, last=1)
    feed(SourceFactory(slug="evening", central=central, is_expected=False), first=3, last=3)
    feed(SourceFactory(slug="other", central=central), first=0, last=5)
    assert covered_hours(central) == [0, 1, 3]


def test_the_sources_of_another_central_do_not_count(central, source, cooperation):
    feed(source, first=0, last=1)
    elsewhere = SourceFactory(slug="other", central=CentralFactory(cooperation=cooperation))
    feed(elsewhere, first=0, last=0)
    both = queries.service_level(
        centrals=[central, elsewhere.central], period=OCTOBER, definition=LVS
    )
    assert both.hours_with_feed == 3
