"""Waits and hanging up: the shares so far, and of those still waiting."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

import fastexcel
import pytest
from django.urls import reverse

from callstats.queries import default_definition, service_level
from legevakt.lib.periods import Period
from reporting.statistics import abandonment, waiting

pytestmark = pytest.mark.usefixtures("english", "clock")
OCTOBER = Period.month(2025, 10)


@pytest.fixture
def rows(central):
    """`rows(waiting)` are the rows of the page by their first cell."""

    def made(page):
        waits = waiting.waits_of(central=central, period=OCTOBER, edges=page.EDGES)
        make = {waiting: waiting.waiting_series, abandonment: abandonment.abandonment_series}[page]
        table = make(central=central, period=OCTOBER, waits=waits, url="/?a=1").table
        return {row.cells[0]: row.cells[1:] for row in table.rows}

    return made


@pytest.fixture
def fifty_calls(calls):
    """Ten waits, each of five calls, so that every one is told."""
    calls(
        datetime(2025, 10, 6, 8, tzinfo=UTC),
        answered=[0, 10, 11, 120, 121, 700] * 5,
        abandoned=[5, 45, 150] * 5,
    )
    calls(datetime(2025, 10, 6, 9, tzinfo=UTC), queue_full=[20] * 5)


def test_the_bins_are_of_ten_seconds_and_then_of_half_a_minute(rows, fifty_calls):
    found = rows(waiting)

    assert len(found) == 12 + 16 + 1 + 2
    assert list(found)[:2] == ["0–10 s", "10–20 s"]
    assert list(found)[11:13] == ["110–120 s", "2:00–2:30 min"]
    assert list(found)[-3:] == ["more than 10 min 0 s", "unknown wait", "Total"]


def test_the_shares_so_far_are_of_all_calls(rows, fifty_calls):
    found = rows(waiting)

    assert found["0–10 s"] == (10, 5, Decimal("20.0"), Decimal("10.0"))
    assert found["10–20 s"] == (5, 5, Decimal("30.0"), Decimal("20.0"))
    assert found["110–120 s"] == (5, 0, Decimal("40.0"), Decimal("30.0"))
    assert found["Total"] == (30, 20, Decimal("60.0"), Decimal("40.0"))


def test_answered_so_far_at_two_minutes_is_the_national_indicator(rows, central, fifty_calls):
    level = service_level(centrals=[central], period=OCTOBER, definition=default_definition())

    assert rows(waiting)["110–120 s"][2] == level.percent


def test_calls_of_unknown_wait_have_their_row_and_no_share(rows, calls):
    calls(datetime(2025, 10, 6, 8, tzinfo=UTC), answered=[5] * 5, unknown=15)

    found = rows(waiting)
    assert found["unknown wait"] == (15, 0, "–", "–")
    assert found["0–10 s"][2] == Decimal("25.0")
    assert found["Total"][:3] == (20, 0, Decimal("100.0"))


def test_only_unknown_waits(rows, calls):
    calls(datetime(2025, 10, 6, 8, tzinfo=UTC), answered=[], unknown=6)

    assert rows(waiting)["more than 10 min 0 s"] == (0, 0, Decimal("0.0"), Decimal("0.0"))
    assert rows(abandonment)["0–30 s"] == (0, 0, 0, "too few calls")


def test_nobody_called_and_there_is_no_share(rows, central):
    assert rows(waiting)["Total"] == (0, 0, "–", "–")
    assert {row[-1] for row in rows(abandonment).values()} == {"too few calls"}


def test_who_hung_up_is_a_share_of_those_still_waiting(rows, fifty_calls):
    found = rows(abandonment)

    assert len(found) == 21
    # Fifty waited at first; 25 ended in the first half minute, five of them by hanging up.
    assert found["0–30 s"] == (50, 5, 20, Decimal("10.0"))
    assert found["30–60 s"] == (25, 5, 0, Decimal("20.0"))
    assert found["60–90 s"] == (20, 0, 0, Decimal("0.0"))


def test_the_chart_of_hanging_up_has_the_share_of_each_step(central, fifty_calls):
    waits = waiting.waits_of(central=central, period=OCTOBER, edges=abandonment.EDGES)
    series = abandonment.abandonment_series(
        central=central, period=OCTOBER, waits=waits, url="/?a=1"
    )

    shares = [row["share"] for row in series.chart["datasets"]["steps"]]
    assert shares[:3] == [0.1, 0.2, 0.0]
    assert len(shares) == 20
    assert series.summary == "15 of 50 calls with known wait hung up, 30.0%."


def test_the_bars_are_half_minutes_throughout_and_hold_every_known_wait(central, fifty_calls):
    waits = waiting.waits_of(central=central, period=OCTOBER, edges=waiting.EDGES)
    series = waiting.waiting_series(central=central, period=OCTOBER, waits=waits, url="/?a=1")

    bars = series.chart["datasets"]["bins"]
    assert [row["label"] for row in bars[::2]][:3] == ["0:30", "1:00", "1:30"]
    assert len(bars) == 2 * 21
    assert [row["calls"] for row in bars[:4]] == [15, 10, 0, 5]
    assert sum(row["calls"] for row in bars) == 50


@pytest.fixture
def few_late(calls):
    """40 answered within ten seconds; then few: 3 and 4 answered, and 2 and 3 and 6 hung up."""
    calls(
        datetime(2025, 10, 6, 8, tzinfo=UTC),
        answered=[5] * 40 + [55] * 3 + [95] * 4 + [200] * 9,
        abandoned=[45] * 2 + [75] * 3 + [400] * 6,
    )


def test_bands_of_few_are_put_together_until_none_tells_of_few(rows, few_late):
    found = rows(waiting)

    assert found["0–10 s"] == (40, 0, Decimal("59.7"), Decimal("0.0"))
    assert found["40–100 s"] == (7, 5, Decimal("70.1"), Decimal("7.5"))
    assert found["3:00–3:30 min"] == (9, 0, Decimal("83.6"), Decimal("7.5"))
    assert found["Total"] == (56, 11, Decimal("83.6"), Decimal("16.4"))
    counts = [cell for row in found.values() for cell in row[:2]]
    assert not [count for count in counts if 0 < count < 5]


def test_the_sentence_and_the_bars_tell_of_the_longer_bands(central, few_late):
    waits = waiting.waits_of(central=central, period=OCTOBER, edges=waiting.EDGES)
    series = waiting.waiting_series(central=central, period=OCTOBER, waits=waits, url="/?a=1")

    bars = {row["label"]: row["calls"] for row in series.chart["datasets"]["bins"][::2]}
    assert list(bars)[:3] == ["0:30", "0:30–2:00", "2:30"]
    assert bars["0:30–2:00"] == 7
    assert "1 row is of several bands put together" in series.note


def test_few_of_unknown_wait_are_told_with_the_longest(rows, calls):
    calls(datetime(2025, 10, 6, 8, tzinfo=UTC), answered=[5] * 9 + [700] * 8, unknown=3)

    found = rows(waiting)
    assert found["more than 10 min 0 s, or unknown wait"] == (11, 0, "–", "–")
    assert "unknown wait" not in found


def test_a_side_of_few_is_told_with_the_other_side_of_the_limit(rows, calls):
    calls(
        datetime(2025, 10, 6, 8, tzinfo=UTC),
        answered=[5] * 9 + [115] * 6,
        abandoned=[115] * 8 + [130] * 2,
    )

    found = rows(waiting)
    assert found["1:50–2:30 min"][:2] == (6, 10)
    assert found["0–10 s"][:2] == (9, 0)


def test_where_altogether_few_hung_up_all_who_called_are_one_band(rows, calls):
    calls(datetime(2025, 10, 6, 8, tzinfo=UTC), answered=[5] * 9, abandoned=[45] * 2)

    found = rows(waiting)
    assert found["0–50 s"] == (9, 2, Decimal("81.8"), Decimal("18.2"))
    assert found["50–60 s"][:2] == (0, 0)


def test_steps_in_which_few_hung_up_are_put_together(rows, central, few_late):
    found = rows(abandonment)

    assert found["30–120 s"] == (27, 5, 7, Decimal("18.5"))
    counts = [cell for row in found.values() for cell in row[:3]]
    assert not [count for count in counts if 0 < count < 5]
    waits = waiting.waits_of(central=central, period=OCTOBER, edges=abandonment.EDGES)
    series = abandonment.abandonment_series(
        central=central, period=OCTOBER, waits=waits, url="/?a=1"
    )
    assert "put together" in series.note
    assert all("–" in row["label"] for row in series.chart["datasets"]["steps"][1:2])


@pytest.mark.parametrize("page", ["waits", "abandonment"])
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_no_file_tells_a_number_of_one_to_four(few_late, leader, as_person, page, file_format):
    asked = {"from": "2025-10", "to": "2025-10", "format": file_format}
    answer = as_person(leader).get(reverse(page, args=["nordhordland"]), asked)

    told = counts_in(answer, file_format=file_format)

    assert told
    assert not [count for count in told if 0 < count < 5]


def counts_in(answer, *, file_format):
    """The whole numbers of the file."""
    if file_format == "csv":
        text = answer.content.decode("utf-8-sig")
        cells = [cell for line in csv.reader(io.StringIO(text), delimiter=";") for cell in line]
    else:
        sheet = fastexcel.read_excel(answer.content).load_sheet(0, dtypes="string")
        cells = [cell for row in sheet.to_polars().rows() for cell in row]
    return [int(cell) for cell in cells if cell and cell.isdecimal()]
