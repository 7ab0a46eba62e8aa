"""The trend and the hours of the week."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from reporting.dashboard import queries
from reporting.dashboard.series import hours_series, trend_series

TODAY = date(2025, 11, 10)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def figures(central):
    return lambda: queries.central_figures(central=central, today=TODAY)


def test_the_trend_has_24_months_latest_first_in_the_table(figures, month_of_calls):
    month_of_calls(2025, 10, within=4, unanswered=1)

    rows = trend_series(figures()).table.rows

    assert len(rows) == 24
    assert rows[0].cells == (
        "October 2025",
        4,
        5,
        Decimal("80.0"),
        "37.6–96.4",
        "too few calls to judge",
        1,
        Decimal("20.0"),
        745,
        745,
        "open",
    )
    assert rows[0].url == "/figure/nordhordland/2025-10/"


def test_a_month_without_data_is_said_so_in_the_table_and_has_no_share_in_the_chart(figures):
    series = trend_series(figures())

    assert series.table.rows[0].cells[3] == "no data"
    assert {row["share"] for row in series.chart["datasets"]["months"]} == {None}


def test_the_chart_has_the_shares_of_the_table(figures, month_of_calls):
    month_of_calls(2025, 9, within=3, late=1)

    chart = trend_series(figures()).chart["datasets"]["months"]

    assert chart[-2] == {"month": "2025-09-01", "share": 0.75}


def test_the_hours_of_the_week_are_168_rows_monday_first(figures, month_of_calls):
    month_of_calls(2025, 10, within=60, late=20)

    rows = hours_series(figures()).table.rows

    assert len(rows) == 168
    assert rows[0].cells == ("Monday", "00–01", 0, 0, "no calls")
    assert rows[48].cells == ("Wednesday", "00–01", 60, 80, Decimal("75.0"))


def test_the_weakest_hour_is_named_where_calls_are_many(figures, month_of_calls):
    month_of_calls(2025, 10, within=51, late=5)

    assert hours_series(figures()).summary == (
        "Lowest: Wednesday at 00–01, 91.1% (51 of 56 calls). Data for 745 of 8,760 hours."
    )


def test_no_hour_is_named_where_calls_are_few(figures, month_of_calls):
    month_of_calls(2025, 10, late=51)

    assert hours_series(figures()).summary.startswith("Too few calls to point out an hour.")
