"""Waits and hanging up: the shares so far, and of those still waiting."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

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
        make = {waiting: waiting.waiting_table, abandonment: abandonment.abandonment_table}[page]
        table = make(central=central, period=OCTOBER, waits=waits)
        return {row.cells[0]: row.cells[1:] for row in table.rows}

    return made


@pytest.fixture
def ten_calls(calls):
    calls(
        datetime(2025, 10, 6, 8, tzinfo=UTC),
        answered=[0, 10, 11, 120, 121, 700],
        abandoned=[5, 45, 150],
    )
    calls(datetime(2025, 10, 6, 9, tzinfo=UTC), queue_full=[20])


def test_the_bins_are_of_ten_seconds_and_then_of_half_a_minute(rows, ten_calls):
    found = rows(waiting)

    assert len(found) == 12 + 16 + 1 + 2
    assert list(found)[:2] == ["0–10 s", "10–20 s"]
    assert list(found)[11:13] == ["110–120 s", "2:00–2:30 min"]
    assert list(found)[-3:] == ["more than 10 min 0 s", "unknown wait", "Total"]


def test_the_shares_so_far_are_of_all_calls(rows, ten_calls):
    found = rows(waiting)

    assert found["0–10 s"] == (2, 1, Decimal("20.0"), Decimal("10.0"))
    assert found["10–20 s"] == (1, 1, Decimal("30.0"), Decimal("20.0"))
    assert found["110–120 s"] == (1, 0, Decimal("40.0"), Decimal("30.0"))
    assert found["Total"] == (6, 4, Decimal("60.0"), Decimal("40.0"))


def test_answered_so_far_at_two_minutes_is_the_national_indicator(rows, central, ten_calls):
    level = service_level(centrals=[central], period=OCTOBER, definition=default_definition())

    assert rows(waiting)["110–120 s"][2] == level.percent


def test_calls_of_unknown_wait_have_their_row_and_no_share(rows, calls):
    calls(datetime(2025, 10, 6, 8, tzinfo=UTC), answered=[5], unknown=3)

    found = rows(waiting)
    assert found["unknown wait"] == (3, 0, "–", "–")
    assert found["0–10 s"][2] == Decimal("25.0")
    assert found["Total"][:3] == (4, 0, Decimal("100.0"))


def test_only_unknown_waits(rows, calls):
    calls(datetime(2025, 10, 6, 8, tzinfo=UTC), answered=[], unknown=3)

    assert rows(waiting)["more than 10 min 0 s"] == (0, 0, Decimal("0.0"), Decimal("0.0"))
    assert rows(abandonment)["0–30 s"] == (0, 0, 0, "too few calls")


def test_nobody_called_and_there_is_no_share(rows, central):
    assert rows(waiting)["Total"] == (0, 0, "–", "–")
    assert {row[-1] for row in rows(abandonment).values()} == {"too few calls"}


def test_who_hung_up_is_a_share_of_those_still_waiting(rows, ten_calls):
    found = rows(abandonment)

    assert len(found) == 21
    # Ten waited at first; five ended in the first half minute, one of them by hanging up.
    assert found["0–30 s"] == (10, 1, 3, Decimal("10.0"))
    assert found["30–60 s"] == (5, 1, 0, Decimal("20.0"))
    assert found["60–90 s"] == (4, 0, 0, "too few calls")


def test_the_chart_of_hanging_up_has_no_share_of_few(central, ten_calls):
    waits = waiting.waits_of(central=central, period=OCTOBER, edges=abandonment.EDGES)
    series = abandonment.abandonment_series(
        central=central, period=OCTOBER, waits=waits, url="/?a=1"
    )

    shares = [row["share"] for row in series.chart["datasets"]["steps"]]
    assert shares[:3] == [0.1, 0.2, None]
    assert len(shares) == 20
    assert series.summary == "3 of 10 calls with known wait hung up, 30.0%."


def test_the_bars_are_half_minutes_throughout_and_hold_every_known_wait(central, ten_calls):
    waits = waiting.waits_of(central=central, period=OCTOBER, edges=waiting.EDGES)
    series = waiting.waiting_series(central=central, period=OCTOBER, waits=waits, url="/?a=1")

    bars = series.chart["datasets"]["bins"]
    assert [row["label"] for row in bars[::2]][:3] == ["0:30", "1:00", "1:30"]
    assert len(bars) == 2 * 21
    assert [row["calls"] for row in bars[:4]] == [3, 2, 0, 1]
    assert sum(row["calls"] for row in bars) == 10
