"""Which of day and month comes first."""

from datetime import datetime

import polars as pl

from callstats.mappings import dates

DMY, MDY = ["%d/%m/%Y %H:%M"], ["%m/%d/%Y %H:%M"]


def test_the_order_is_read_from_the_formats():
    assert dates.order_of(DMY) == "dmy"
    assert dates.order_of(MDY) == "mdy"
    assert dates.order_of(["%Y-%m-%d", "rfc3339"]) is None


def test_formats_are_turned_to_the_order_that_is_chosen():
    assert dates.in_order(DMY, order="mdy") == MDY
    assert dates.in_order(MDY, order="mdy") == MDY
    assert dates.in_order(DMY, order=None) == DMY
    assert dates.in_order([*DMY, "%Y-%m-%d"], order="mdy") == [*MDY, "%Y-%m-%d"]


def test_the_doubt_is_shown_by_the_first_text_that_the_orders_read_differently():
    texts = pl.Series(["03/03/2025 10:00", None, "04/03/2025 10:00"])

    doubt = dates.doubt_about(texts, formats=DMY)

    assert doubt.text == "04/03/2025 10:00"
    assert doubt.readings == {
        "dmy": datetime.fromisoformat("2025-03-04T10:00"),
        "mdy": datetime.fromisoformat("2025-04-03T10:00"),
    }


def test_no_doubt_where_no_format_leads_with_day_and_month():
    assert dates.doubt_about(pl.Series(["2025-03-04"]), formats=["%Y-%m-%d"]) is None
