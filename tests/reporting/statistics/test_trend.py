"""The curve over time: its points, its table, its chart, and what happened."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from callstats.periods import operations
from callstats.queries import all_definitions, by_id, default_definition, notes_seen_by
from legevakt.lib.periods import Period
from reporting.statistics.notes import month_rows, note_rows
from reporting.statistics.points import points
from reporting.statistics.trend import trend_series
from reporting.statistics.trend_table import trend_table

pytestmark = pytest.mark.usefixtures("english", "clock")
YEAR = Period(date(2024, 11, 1), date(2025, 11, 1))
OCTOBER = Period.month(2025, 10)


@pytest.fixture
def table(central):
    """`table(OCTOBER, by="day")` is the headings and the rows, oldest first."""

    def made(period=YEAR, *, by="month", definition=None):
        chosen = by_id(definition) if definition else default_definition()
        found = points(central=central, definition=chosen, period=period, by=by)
        table = trend_table(central=central, definition=chosen, by=by, points=found)
        return table.headings, [row.cells for row in reversed(table.rows)]

    return made


@pytest.fixture
def chart(central):
    def made(period=YEAR, *, by="month", definition=None, notes=()):
        chosen = by_id(definition) if definition else default_definition()
        found = points(central=central, definition=chosen, period=period, by=by)
        series = trend_series(
            central=central, definition=chosen, by=by, points=found, notes=notes, url="/?a=1"
        )
        return series.chart["datasets"]

    return made


def test_a_month_stands_with_its_parts_its_target_its_hours_and_its_state(table, october):
    headings, rows = table()

    assert headings == (
        "Month",
        "Answered within two minutes",
        "Calls",
        "Share (%)",
        "95 % interval (%)",
        "Target of 80%",
        "Not answered",
        "Not answered (%)",
        "Hours with data",
        "Hours in the month",
        "State",
    )
    judged = Decimal("80.0"), "49.0–94.3", "too few calls to judge"
    hours = 745, 745, "open"
    assert rows[-1] == ("October 2025", 8, 10, *judged, 1, Decimal("10.0"), *hours)


def test_a_month_without_data_is_a_gap_in_the_curve_and_never_0(table, chart, october):
    _headings, rows = table()

    assert rows[0][:4] == ("November 2024", "–", "–", "no data")
    assert rows[0][-1] == "–"
    shown = chart()["points"]
    assert len(shown) == 12
    assert [row["value"] for row in shown] == [None] * 11 + [80.0]


def test_a_month_that_celery_has_not_come_to_waits(table, feed, calls):
    feed(OCTOBER)
    calls(datetime(2025, 10, 6, 8, tzinfo=UTC), answered=[1] * 9)

    assert table(OCTOBER)[1][0][3] == "not computed yet"


def test_a_month_with_feed_and_nobody_calling_has_no_calls(table, feed, compute):
    feed(OCTOBER)
    compute(2025, 10)

    assert table(OCTOBER)[1][0][3] == "no calls"


def test_a_published_month_says_so_and_a_revised_one_too(
    table, october, calls, central, leader, host_director
):
    def publish(row):
        at = timezone.now()
        row = operations.check(period=row, seen=operations.fingerprint(row), by=leader, at=at)
        return operations.publish(period=row, by=host_director, at=at)

    published = publish(october)
    assert table(OCTOBER)[1][0][-1] == "published"

    published.refresh_from_db()
    calls(datetime(2025, 10, 7, 8, tzinfo=UTC), answered=[1] * 5)
    revision = operations.open_revision(
        period=published, reason="A late log", by=leader, at=timezone.now()
    )
    assert table(OCTOBER)[1][0][2] == 10, "what is under way does not count"
    publish(revision)
    assert table(OCTOBER)[1][0][2] == 15
    assert table(OCTOBER)[1][0][-1] == "revised, revision 2"


def test_a_month_that_lacks_hours_is_provisional(table, feed, calls, compute):
    feed(OCTOBER, hours=700)
    calls(datetime(2025, 10, 6, 8, tzinfo=UTC), answered=[30] * 9)
    compute(2025, 10)

    assert table(OCTOBER)[1][0][-3:] == (700, 745, "open, provisional")


@pytest.mark.parametrize(
    ("month", "day", "hours"), [(3, "30 March 2025", 23), (10, "26 October 2025", 25)]
)
def test_the_day_on_which_the_clock_is_moved_has_23_or_25_hours(
    table, feed, calls, month, day, hours
):
    feed(Period.month(2025, month))
    # Eight calls in each UTC hour of the days around the clock's change.
    for at in range(24):
        for dated in (29, 30) if month == 3 else (25, 26):
            calls(datetime(2025, month, dated, at, tzinfo=UTC), answered=[30] * 8)

    headings, rows = table(Period.month(2025, month), by="day")

    assert headings[-2] == "Hours in the day"
    (found,) = [row for row in rows if row[0] == day]
    assert found[-3:] == (hours, hours, "complete")
    assert {row[-2] for row in rows if row[0] != day} == {24}


def test_a_day_without_data_is_a_gap(table, chart, feed, calls):
    feed(Period(date(2025, 10, 1), date(2025, 10, 3)))
    calls(datetime(2025, 10, 1, 8, tzinfo=UTC), answered=[30] * 6)

    rows = table(OCTOBER, by="day")[1]
    assert len(rows) == 31
    assert [row[3] for row in rows[:3]] == [Decimal("100.0"), "no calls", "no data"]
    assert [row["value"] for row in chart(OCTOBER, by="day")["points"][:3]] == [100.0, None, None]


def test_a_day_of_few_calls_is_hidden_and_the_next_smallest_with_it(table, chart, feed, calls):
    feed(OCTOBER)
    for day, count in {1: 3, 2: 20, 3: 9, 4: 12}.items():
        calls(datetime(2025, 10, day, 8, tzinfo=UTC), answered=[30] * count)

    rows = table(OCTOBER, by="day")[1]
    assert [row[1:4] for row in rows[:4]] == [
        ("not shown",) * 3,
        (20, 20, Decimal("100.0")),
        ("not shown",) * 3,
        (12, 12, Decimal("100.0")),
    ]
    assert rows[0][4:8] == rows[2][4:8] == ("–", "–", "not shown", "not shown")
    assert [row["value"] for row in chart(OCTOBER, by="day")["points"][:4]] == [
        None,
        100.0,
        None,
        100.0,
    ]


def test_rolling_twelve_months_sum_numerators_and_denominators(table, feed, calls, compute):
    for year, month, waits in ((2024, 10, [30] * 100), (2024, 11, [30, 300]), (2025, 10, [30] * 2)):
        feed(Period.month(year, month))
        calls(datetime(year, month, 6, 8, tzinfo=UTC), answered=waits)
        compute(year, month)

    headings, rows = table(OCTOBER, by="rolling")

    assert headings[0] == "Twelve months through"
    assert rows[0][:4] == ("October 2025", 3, 4, Decimal("75.0"))
    assert rows[0][-3:] == (720 + 745, 8760, "of 2 months, provisional")
    september = table(Period.month(2025, 9), by="rolling")[1][0]
    assert september[1:3] == (101, 102)


def test_an_answer_time_has_its_value_in_seconds_and_no_share(table, chart, october):
    headings, rows = table(definition="lvs-median-v1")

    assert headings[1:3] == ("Seconds", "Answered calls it rests on")
    assert rows[-1][:3] == ("October 2025", Decimal("30.0"), 9)
    assert rows[0][1:3] == ("no data", "–")
    shown = chart(definition="lvs-median-v1")
    assert shown["points"][-1]["value"] == 30.0
    assert shown["targets"] == []


def test_an_indicator_without_a_target_has_no_target_line(table, chart, october):
    headings, rows = table(definition="lvs-10min-v1")

    assert "Target of 80%" not in headings
    assert rows[-1][1:4] == (9, 10, Decimal("90.0"))
    assert chart(definition="lvs-10min-v1")["targets"] == []
    assert chart()["targets"] == [{"value": 80, "label": "80%"}]


STEPS_OF_KINDS = [
    (definition.id, by)
    for definition in all_definitions().values()
    for by in ("month", "day", "rolling")
    if definition.kind != "seconds" or by != "rolling"
]


@pytest.mark.parametrize(("definition", "by"), STEPS_OF_KINDS)
def test_every_row_has_a_cell_for_every_heading(table, october, definition, by):
    headings, rows = table(definition=definition, by=by)

    assert {len(row) for row in rows} == {len(headings)}


def test_the_bands_of_unanswered_calls_are_columns(table, october):
    headings, rows = table(definition="lvs-abandonment-bands-v1", by="rolling")
    found = dict(zip(headings, rows[-1], strict=True))

    assert found["5 to 30 seconds"] == "not shown"
    assert found["Up to 5 seconds"] == 0


def test_a_day_on_which_few_were_late_tells_no_counts_and_its_share_roughly(
    table, chart, feed, calls
):
    feed(OCTOBER)
    for day, late in {1: 2, 2: 12, 3: 15}.items():
        waits = [30] * 20 + [300] * late
        calls(datetime(2025, 10, day, 8, tzinfo=UTC), answered=waits)

    rows = table(OCTOBER, by="day")[1]
    assert [row[1:4] for row in rows[:3]] == [
        ("not shown", "not shown", "90–95"),
        ("not shown", "not shown", "60–65"),
        (20, 35, Decimal("57.1")),
    ]
    values = [row["value"] for row in chart(OCTOBER, by="day")["points"][:2]]
    assert values == [90, 60]


def test_what_happened_is_on_the_curve_cut_to_the_period(chart, central, outage, leader):
    notes = notes_seen_by(user=leader, centrals=[central], period=OCTOBER)

    (drawn,) = chart(OCTOBER, by="day", notes=notes)["notes"]
    assert drawn == {
        "starts": "2025-10-06",
        "ends": "2025-10-08",
        "label": "1 outage",
        "level": 0,
        "is_late": False,
    }
    (cut,) = note_rows(notes, within=Period(date(2025, 10, 7), date(2025, 10, 8)))
    assert (cut["starts"], cut["ends"]) == ("2025-10-07", "2025-10-08")


def test_the_first_rolling_points_say_of_how_many_months_they_are(
    table, chart, central, feed, calls, compute
):
    for month in (8, 9, 10):
        feed(Period.month(2025, month))
        calls(datetime(2025, month, 6, 8, tzinfo=UTC), answered=[30] * 8 + [300] * 2)
        compute(2025, month)
    period = Period(date(2025, 7, 1), date(2025, 11, 1))

    _headings, rows = table(period, by="rolling")
    assert [row[-1] for row in rows] == [
        "–",
        "of 1 month, provisional",
        "of 2 months, provisional",
        "of 3 months, provisional",
    ]
    drawn = chart(period, by="rolling")["points"]
    assert [row["thin"] for row in drawn] == ["", "of 1\nmonth", "of 2\nmonths", "of 3\nmonths"]
    found = points(central=central, definition=default_definition(), period=period, by="rolling")
    series = trend_series(
        central=central,
        definition=default_definition(),
        by="rolling",
        points=found,
        notes=[],
        url="/?a=1",
    )
    assert series.note.startswith("An open point rests on fewer than twelve months")


def test_a_rolling_point_of_twelve_months_and_a_month_are_not_thin(
    table, chart, feed, calls, compute
):
    for month in YEAR.months():
        feed(month)
        calls(month.starts_at, answered=[30] * 8)
        compute(month.starts_on.year, month.starts_on.month)

    assert table(OCTOBER, by="rolling")[1][0][-1] == "complete"
    for by in ("rolling", "month"):
        assert [row["thin"] for row in chart(OCTOBER, by=by)["points"]] == [""], by


def test_bars_have_a_number_in_the_month_in_which_a_note_begins():
    spans = [
        (date(2024, 9, 1), date(2024, 12, 2)),  # from before what is shown
        (date(2024, 11, 30), date(2024, 12, 1)),
        (date(2025, 2, 3), date(2025, 2, 4)),
        (date(2025, 10, 31), date(2026, 3, 1)),  # to after it
    ]

    assert month_rows(spans, within=YEAR) == [
        {"month": "2024-11-01", "label": "1–2"},
        {"month": "2024-12-01", "label": ""},
        {"month": "2025-02-01", "label": "3"},
        {"month": "2025-10-01", "label": "4"},
    ]
    assert month_rows([], within=YEAR) == []
