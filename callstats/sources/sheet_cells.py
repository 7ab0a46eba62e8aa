"""The text of a workbook's cells: times as clocks, day numbers as dates, digits as they were."""

from __future__ import annotations

from typing import Any

import polars as pl

from callstats.sources.table_mapping import column_name

TIMES = ("arrived_at", "answered_at", "ended_at")
# What a date cell reads as, besides what the mapping says of dates written as text.
FORMATS = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"]

_MOMENT = r"^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?$"
_SERIAL = r"^\d{5}(?:\.\d+)?$"
_FRACTION = r"^0?\.\d+$|^[01]$"
_DAY = 86_400
# Serial 0 of either system; the 1900 system counts a 29 February that never was.
_FIRST_1900, _TRUE_1900, _FIRST_1904 = (
    pl.datetime(1899, 12, 31),
    pl.datetime(1899, 12, 30),
    pl.datetime(1904, 1, 1),
)
_SHORT = pl.duration(days=59)


def clocks(text: pl.Expr) -> pl.Expr:
    """Moments as calamine writes them: rounded to seconds, and lengths of time and times of

    day (which it puts on the first day of the workbook's calendar) as h:mm:ss.
    """
    told = pl.when(text.str.contains(_MOMENT)).then(text.str.replace("T", " ", literal=True))
    at = told.str.to_datetime("%Y-%m-%d %H:%M:%S%.f", time_unit="us", strict=False)
    at = at.dt.round("1s")
    since = pl.coalesce(
        pl.when((at >= first) & (at < first + _SHORT)).then(at - first)
        for first in (_FIRST_1900, _FIRST_1904)
    )
    return pl.coalesce(clock(since.dt.total_seconds()), at.dt.strftime("%Y-%m-%d %H:%M:%S"), text)


def moments(text: pl.Expr, *, is_1904: bool) -> pl.Expr:
    """A day number («45954.910451») in a column of times → the moment, to the second."""
    days = pl.when(text.str.contains(_SERIAL)).then(text.cast(pl.Float64, strict=False))
    first = _FIRST_1904 if is_1904 else _TRUE_1900
    at = first + pl.duration(seconds=(days * _DAY).round().cast(pl.Int64))
    return pl.coalesce(at.dt.strftime("%Y-%m-%d %H:%M:%S"), text)


def parts(text: pl.Expr, *, is_1904: bool) -> pl.Expr:
    """One of the columns joined to a time: a day without its midnight, a fraction as a clock."""
    fraction = pl.when(text.str.contains(_FRACTION)).then(text.cast(pl.Float64, strict=False))
    whole = moments(text, is_1904=is_1904).str.replace(r"^(\d{4}-\d\d-\d\d) 00:00:00$", "$1")
    return pl.coalesce(clock((fraction * _DAY).round().cast(pl.Int64)), whole)


def with_times(frame: pl.DataFrame, mapping: dict[str, Any], *, is_1904: bool) -> pl.DataFrame:
    """The mapped columns of times brought to text that `with_formats` reads."""
    for field in TIMES:
        named = mapping["columns"].get(field)
        if named is None:
            continue
        read = parts if isinstance(named, list) and len(named) > 1 else moments
        names = [column_name(one) for one in (named if isinstance(named, list) else [named])]
        frame = frame.with_columns(
            read(pl.col(name), is_1904=is_1904).alias(name) for name in names
        )
    return frame


def with_formats(mapping: dict[str, Any]) -> dict[str, Any]:
    """The mapping with the formats of date cells, and of text dates before a clock cell."""
    given = mapping["time_formats"]
    longer = [f"{form}:%S" for form in given if form.endswith("%H:%M")]
    return mapping | {"time_formats": list(dict.fromkeys([*given, *longer, *FORMATS]))}


def clock(seconds: pl.Expr) -> pl.Expr:
    """Whole seconds → «09:30:15», «36:00:00»."""
    pair = (seconds // 60 % 60).cast(pl.String).str.zfill(2), (seconds % 60).cast(pl.String)
    hours = (seconds // 3600).cast(pl.String).str.zfill(2)
    return pl.concat_str(hours, pair[0], pair[1].str.zfill(2), separator=":")
