"""The hours of the week: 168 rows, the small ones hidden."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from callstats.queries import by_id, default_definition
from legevakt.lib.periods import Period
from reporting.statistics.hours import hours_series, week_of
from tests.reporting.statistics.test_waiting import counts_in

pytestmark = pytest.mark.usefixtures("english", "clock")
OCTOBER = Period.month(2025, 10)


@pytest.fixture
def series(central):
    def made(definition=None, period=OCTOBER):
        chosen = by_id(definition) if definition else default_definition()
        week = week_of(central=central, definition=chosen, period=period)
        return hours_series(central=central, definition=chosen, week=week, url="/?a=1")

    return made


@pytest.fixture
def two_hours(feed, calls, compute):
    """Mondays 10 to 11 (08 UTC) 50 calls, and 100 the hour after."""
    feed(OCTOBER)
    calls(datetime(2025, 10, 6, 8, tzinfo=UTC), answered=[30] * 40 + [300] * 10)
    calls(datetime(2025, 10, 6, 9, tzinfo=UTC), answered=[30] * 95, abandoned=[9] * 5)
    return compute(2025, 10)


def test_the_week_is_168_rows_monday_first(series, two_hours):
    rows = [row.cells for row in series().table.rows]

    assert len(rows) == 168
    assert rows[0] == ("Monday", "00–01", 0, 0, "no calls")
    assert rows[10] == ("Monday", "10–11", 40, 50, Decimal("80.0"))
    assert rows[11] == ("Monday", "11–12", 95, 100, Decimal("95.0"))
    assert rows[-1][:2] == ("Sunday", "23–24")


def test_the_weakest_hour_is_named(series, two_hours):
    assert series().summary == (
        "Lowest: Monday at 10–11, 80.0% (40 of 50 calls). Data for 745 of 745 hours."
    )


def test_an_hour_of_few_calls_is_hidden_in_the_table_and_in_the_map(series, feed, calls, compute):
    feed(OCTOBER)
    calls(datetime(2025, 10, 6, 8, tzinfo=UTC), answered=[30] * 3)
    calls(datetime(2025, 10, 6, 9, tzinfo=UTC), answered=[30] * 9)
    calls(datetime(2025, 10, 6, 10, tzinfo=UTC), answered=[30] * 12)
    compute(2025, 10)
    found = series()

    rows = [row.cells[2:] for row in found.table.rows[10:13]]
    assert rows == [("not shown",) * 3, ("not shown",) * 3, (12, 12, Decimal("100.0"))]
    shares = [row["share"] for row in found.chart["datasets"]["hours"]]
    assert shares[10:13] == [None, None, 1.0]
    assert found.note.startswith("6 cells are not shown: they are of fewer than 5 calls")


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_where_few_were_late_the_counts_are_hidden_and_the_share_is_told_roughly(
    series, feed, calls, compute, leader, as_person, file_format
):
    """Two of 15 were late, and so the next smallest hour is hidden with it."""
    feed(OCTOBER)
    calls(datetime(2025, 10, 6, 8, tzinfo=UTC), answered=[30] * 13 + [300] * 2)
    calls(datetime(2025, 10, 6, 9, tzinfo=UTC), answered=[30] * 19 + [300] * 11)
    calls(datetime(2025, 10, 6, 10, tzinfo=UTC), answered=[30] * 30 + [300] * 10)
    compute(2025, 10)
    found = series()

    rows = [row.cells[2:] for row in found.table.rows[10:13]]
    assert rows == [
        ("not shown", "not shown", "85–90"),
        ("not shown", "not shown", "60–65"),
        (30, 40, Decimal("75.0")),
    ]
    assert [row["share"] for row in found.chart["datasets"]["hours"]][10:13] == [0.85, 0.6, 0.75]
    assert found.note.startswith("4 cells are not shown")
    assert "to within five percentage points" in found.note
    assert found.summary.startswith("Lowest: Monday at 11–12, between 60% and 65%.")
    address = reverse("hour_of_week", args=["nordhordland"])
    asked = {"from": "2025-10", "to": "2025-10", "format": file_format}
    answer = as_person(leader).get(address, asked)
    told = counts_in(answer, file_format=file_format)
    assert {30, 40} <= set(told) <= {0, 30, 40, 75}


def test_another_indicator_is_counted_from_the_hours(series, two_hours):
    found = series("lvs-10min-v1")

    assert found.table.rows[10].cells[2:] == (50, 50, Decimal("100.0"))
    assert found.summary.endswith("Data for 745 of 745 hours.")


def test_the_hours_are_those_that_were_published_and_not_what_came_later(series, two_hours, calls):
    calls(datetime(2025, 10, 13, 8, tzinfo=UTC), answered=[30] * 90)

    assert series().table.rows[10].cells[3] == 50


def test_a_share_that_went_wrong_is_darkest_where_it_is_most(series, two_hours):
    def colours(found):
        return found.chart["layer"][0]["encoding"]["color"]["scale"]["range"]

    assert colours(series("lvs-unanswered-rate-v1")) == colours(series())[::-1]


def test_the_day_the_clock_is_put_forward_has_no_hour_between_2_and_3(series, feed, calls):
    """30 March 2025: 01 UTC is 03 to 04 in Oslo, and 00 UTC is 01 to 02."""
    march = Period(date(2025, 3, 1), date(2025, 4, 1))
    feed(march)
    for hour in (0, 1):
        calls(datetime(2025, 3, 30, hour, tzinfo=UTC), answered=[30] * 9)

    rows = series("lvs-10min-v1", march).table.rows
    assert [row.cells[3] for row in rows[6 * 24 :][:5]] == [0, 9, 0, 9, 0]
