"""Day before month or month before day: what a file leaves open, a person says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from callstats.sources.table_mapping import EPOCH, WITH_OFFSET
from callstats.sources.times import swapped, wall_clock

DAY_FIRST, MONTH_FIRST = "dmy", "mdy"
ORDERS = (DAY_FIRST, MONTH_FIRST)


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """Both orders fit: one text of the file, and the moment it is by each order."""

    text: str
    readings: dict[str, datetime]


def order_of(formats: Sequence[str]) -> str | None:
    """The order of the formats that begin with day and month; null where none does."""
    leading = next((form for form in formats if swapped([form])), None)
    if leading is None:
        return None
    places = [leading.replace("%-", "%").find(field) for field in ("%d", "%m")]
    return DAY_FIRST if places[0] < places[1] else MONTH_FIRST


def in_order(formats: Sequence[str], *, order: str | None) -> list[str]:
    """The same formats in that order, the others as they are."""
    if order is None or order_of(formats) in (None, order):
        return list(formats)
    turned = (swapped([form]) or [form] for form in formats)
    return [form for one in turned for form in one]


def doubt_about(texts: pl.Series, *, formats: Sequence[str]) -> Doubt | None:
    """The first text that the two orders read differently, else the first that they read."""
    order = order_of(formats)
    if order is None:
        return None
    other = next(each for each in ORDERS if each != order)
    column = pl.col("text")
    read = (
        texts.drop_nulls()
        .alias("text")
        .to_frame()
        .with_columns(
            wall_clock(column, _clocks(formats)).alias(order),
            wall_clock(column, _clocks(in_order(formats, order=other))).alias(other),
        )
        .drop_nulls()
        .sort(pl.col(order) == pl.col(other), maintain_order=True)
    )
    if read.is_empty():
        return None
    row = read.row(0, named=True)
    return Doubt(text=row["text"], readings={each: row[each] for each in ORDERS})


def _clocks(formats: Sequence[str]) -> list[str]:
    return [form for form in formats if form not in (WITH_OFFSET, EPOCH)]
