"""The times of a 3CX report: in the server's locale, which the file does not name."""

from __future__ import annotations

import polars as pl

from callstats.sources.frames import Unreadable
from callstats.sources.times import wall_clock

# Points part day, month and year in that order only; a slash or a hyphen tells nothing.
_CLOCKS = ("%H:%M:%S", "%I:%M:%S %p")
ORDERS = {
    "mdy": tuple(f"{date} {clock}" for date in ("%m/%d/%Y", "%m-%d-%Y") for clock in _CLOCKS),
    "dmy": tuple(
        f"{date} {clock}" for date in ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y") for clock in _CLOCKS
    ),
}


def local_times(told: pl.DataFrame, *, order: str | None) -> pl.Series:
    """`told`: line, time (text) → naive local moments; null where the text is no time.

    Without `order` the file decides, if one order fits every row and the other does not (or
    says the same). Raises Unreadable: date_order_unknown (line: the first row that both fit,
    or that contradicts the rows before it), wrong_date_order (line, formats) when a row fits
    only the order that was not given.
    """
    clean = pl.col("time").str.replace_all(r"[\s\u00a0\u202f]+", " ").str.to_uppercase()
    read = told.select("line", *(wall_clock(clean, forms).alias(o) for o, forms in ORDERS.items()))
    if order is not None:
        return _given(read, order)
    return read[_only_order(read)].alias("local")


def _given(read: pl.DataFrame, order: str) -> pl.Series:
    other = next(name for name in ORDERS if name != order)
    wrong = read.filter(pl.col(order).is_null() & pl.col(other).is_not_null())
    if not wrong.is_empty():
        raise Unreadable("wrong_date_order", line=wrong["line"][0], formats=[order])
    return read[order].alias("local")


def _only_order(read: pl.DataFrame) -> str:
    """The order that fits every row that is a time at all."""
    timed = read.filter(pl.any_horizontal(pl.col(*ORDERS).is_not_null()))
    fits = [order for order in ORDERS if timed[order].null_count() == 0]
    apart = timed.filter(pl.col("mdy") != pl.col("dmy"))
    if len(fits) == 1 or (fits and apart.is_empty()):
        return fits[0]
    raise Unreadable("date_order_unknown", line=apart["line"][0] if fits else _contradicts(timed))


def _contradicts(timed: pl.DataFrame) -> int:
    """The line from which on neither order fits all the rows so far."""
    refuted = [timed.filter(pl.col(order).is_null())["line"] for order in ORDERS]
    return max(int(lines[0]) for lines in refuted)
