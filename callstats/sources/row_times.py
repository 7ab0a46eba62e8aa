"""The times of a table's rows: arrival, answer and end, in UTC."""

from __future__ import annotations

from typing import Any

import polars as pl

from callstats.sources import times
from callstats.sources.frames import MOMENT, SourceSettings, Unreadable, Warning
from callstats.sources.table_mapping import EPOCH, WITH_OFFSET

LATER = ("answered_at", "ended_at")


def timed(told: pl.DataFrame, *, mapping: dict[str, Any], settings: SourceSettings) -> pl.DataFrame:
    """Adds `<field>_utc` and `<field>_gap` for each time, and `quality` of the arrival.

    A later time in the doubled hour is the first reading that does not lie before arrival.
    """
    zone = mapping.get("zone") or settings.zone
    arrived, gap, quality = _arrival(told, mapping["time_formats"], zone)
    columns = [
        arrived.alias("arrived_at_utc"),
        gap.alias("arrived_at_gap"),
        quality.alias("quality"),
    ]
    for name in LATER:
        moment, in_gap = _later(told[name], mapping["time_formats"], zone, arrived)
        columns += [moment.alias(f"{name}_utc"), in_gap.alias(f"{name}_gap")]
    return told.with_columns(columns)


def _arrival(told: pl.DataFrame, formats: list[str], zone: str) -> tuple[pl.Series, ...]:
    aware, local = _read(told["arrived_at"], formats)
    epoch = told["epoch"].str.extract(r"^([0-9]{9,11})(?:\.[0-9]+)?$", 1).cast(pl.Int64)
    placed = times.to_utc(local, zone=zone, epoch=epoch)
    return aware.zip_with(aware.is_not_null(), placed["at"]), placed["in_gap"], placed["quality"]


def _later(
    text: pl.Series, formats: list[str], zone: str, start: pl.Series
) -> tuple[pl.Series, pl.Series]:
    if text.null_count() == len(text):
        return pl.Series([None] * len(text), dtype=MOMENT), text.is_not_null()
    aware, local = _read(text, formats)
    placed = times.following(local, zone=zone, start=start)
    return aware.zip_with(aware.is_not_null(), placed), local.is_not_null() & placed.is_null()


def _read(text: pl.Series, formats: list[str]) -> tuple[pl.Series, pl.Series]:
    """(with offset, in UTC; local, naive): each row is in one of them, or in none."""
    column = pl.col("text")
    plain = [form for form in formats if form not in (WITH_OFFSET, EPOCH)]
    absolute = [pl.lit(None, MOMENT)]
    absolute += [times.with_offset(column)] if WITH_OFFSET in formats else []
    absolute += [times.since_1970(column)] if EPOCH in formats else []
    offset = pl.coalesce(absolute)
    local = times.wall_clock(column, plain) if plain else pl.lit(None, pl.Datetime("us"))
    read = text.alias("text").to_frame().with_columns(offset=offset, local=local)
    return read["offset"], read["local"]


def date_order(told: pl.DataFrame, *, mapping: dict[str, Any]) -> tuple[Warning, ...]:
    """Raises Unreadable wrong_date_order: a date fits only with day and month the other way.

    Warns date_order_unproven when every row would fit both ways.
    """
    other = times.swapped(mapping["time_formats"])
    if not other:
        return ()
    given, turned = (
        _read(told["arrived_at"], mapping["time_formats"]),
        _read(told["arrived_at"], other),
    )
    fits, fits_turned = given[0].is_not_null() | given[1].is_not_null(), turned[1].is_not_null()
    wrong = told.filter(~fits & fits_turned)
    if not wrong.is_empty():
        raise Unreadable("wrong_date_order", line=wrong["line"][0], formats=mapping["time_formats"])
    unproven = fits.any() and (fits == fits_turned).all()
    return (Warning(code="date_order_unproven", count=told.height),) if unproven else ()
