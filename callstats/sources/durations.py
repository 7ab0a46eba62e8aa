"""Lengths of time as exports write them, to milliseconds. Columns, not rows."""

from __future__ import annotations

import polars as pl

from callstats.sources.frames import SECONDS

# Whole milliseconds are exact, and many times as fast as Decimal arithmetic.
_UNITS = {"ms": 1, "s": 1_000, "min": 60_000, "d": 86_400_000}
UNITS = frozenset(_UNITS)

HOURS_AND_MINUTES = "hm"
_SHORT = r"^(-?[0-9]{1,9}:[0-5]?[0-9])$"

# [0-9] and not \d, which is any script's digits. Nine of them are a longer time than is asked
# for, and few enough not to run over when they are multiplied.
_N = r"([0-9]{1,9})"
_PART = r"(?:\.([0-9]+))?"
_PLAIN = r"^[0-9]+(?:\.[0-9]*)?$"
_CLOCK = rf"^(?:{_N}[.])?(?:{_N}:)?{_N}:([0-5]?[0-9]){_PART}$"
_LONG_MINUTES = r"[0-9]:(?:[0-9]{3,}|[6-9][0-9]):"
_ISO = rf"^P(?:{_N}D)?(?:T(?:{_N}H)?(?:{_N}M)?(?:{_N}{_PART}S)?)?$"
_WORDS = (
    rf"^(?:{_N}(?:d|døgn)\.?)?(?:{_N}(?:h|hr|t|timer|time)\.?)?"
    rf"(?:{_N}(?:m|min|minutt|minutter)\.?)?(?:{_N}{_PART}(?:s|sec|sek|sekund|sekunder)\.?)?$"
)
_MS = r"^([0-9]{1,15})(?:\.[0-9]*)?(?:ms|msec)$"


def milliseconds(
    text: pl.Series, *, unit: str = "s", decimal: str | None = None, short_clock: str | None = None
) -> pl.Series:
    """Text → Int64 milliseconds; null where it is no duration (or empty).

    Reads "90", "12,5", "00:01:30", "1:30" (m:ss, or h:mm by `short_clock` "hm"), "1.02:03:04"
    (d.hh:mm:ss), "1m30s", "PT1M30S", "1500 ms", thousands by space or NBSP. `unit` (s, ms, min,
    d) is that of a bare number; the fraction of a day by which a spreadsheet tells time is
    rounded to seconds.
    `decimal` fixes the mark, the other one then parts thousands ("1.234,5").
    A minus is kept: the caller refuses it by name. Digits past the third are cut.
    """
    told = text.alias("text").to_frame()
    each = told.unique().drop_nulls()
    clean = each.with_columns(clean=_one_decimal_mark(pl.col("text"), decimal))
    if short_clock == HOURS_AND_MINUTES:
        clean = clean.with_columns(pl.col("clean").str.replace(_SHORT, "$1:00"))
    signed = clean.with_columns(
        size=pl.col("clean").str.strip_prefix("-"),
        sign=pl.when(pl.col("clean").str.starts_with("-")).then(-1).otherwise(1),
    )
    known = signed.select("text", ms=_sizes(signed["size"], _UNITS[unit]) * signed["sign"])
    return told.join(known, on="text", how="left", maintain_order="left")["ms"].alias(text.name)


def seconds(value: pl.Expr) -> pl.Expr:
    """Int64 milliseconds → Decimal(10, 3) seconds."""
    return value.cast(pl.Decimal(16, 3)).truediv(pl.lit(1000)).cast(SECONDS, strict=False)


def _one_decimal_mark(text: pl.Expr, decimal: str | None) -> pl.Expr:
    bare = text.str.replace_all(r"[\s\u00a0\u202f]", "").str.replace("\u2212", "-", literal=True)
    if decimal is None:
        return bare.str.replace(",", ".", literal=True)
    other = "." if decimal == "," else ","
    grouped = rf"^-?\d{{1,3}}(\{other}\d{{3}})+(\{decimal}\d*)?$"
    thousands = bare.str.contains(grouped)
    whole = pl.when(thousands).then(bare.str.replace_all(other, "", literal=True)).otherwise(bare)
    return _refuse_other_mark(whole, other).str.replace(",", ".", literal=True)


def _refuse_other_mark(text: pl.Expr, other: str) -> pl.Expr:
    """«12.5» where the comma is the decimal mark is no number; d.hh:mm:ss keeps its point."""
    plain_with_other = text.str.contains(rf"^-?\d+\{other}\d*$")
    return pl.when(~plain_with_other).then(text)


def _sizes(size: pl.Series, factor: int) -> pl.Series:
    """Each way of writing is tried only on what the ways before it left unread."""
    frame = size.alias("size").to_frame().with_row_index()
    done = []
    for way in (_plain(factor), _parts(_CLOCK), _whole_ms(), _iso(), _parts(_WORDS)):
        if frame.is_empty():
            break
        read = frame.with_columns(ms=way)
        done.append(read.filter(pl.col("ms").is_not_null()).select("index", "ms"))
        frame = read.filter(pl.col("ms").is_null()).select("index", "size")
    left = frame.select("index", ms=pl.lit(None, pl.Int64))
    return pl.concat([*done, left]).sort("index")["ms"]


def _plain(factor: int) -> pl.Expr:
    number = pl.when(pl.col("size").str.contains(_PLAIN)).then(pl.col("size"))
    if factor == _UNITS["d"]:
        return (number.cast(pl.Float64, strict=False) * 86_400).round().cast(
            pl.Int64, strict=False
        ) * 1_000
    exact = number.cast(pl.Decimal(20, 6), strict=False)
    return (exact * factor).cast(pl.Int64, strict=False)


def _iso() -> pl.Expr:
    return pl.when(pl.col("size").str.contains(r"^P.*[0-9][DHMS]$")).then(_parts(_ISO))


def _whole_ms() -> pl.Expr:
    return pl.col("size").str.to_lowercase().str.extract(_MS, 1).cast(pl.Int64, strict=False)


def _parts(pattern: str) -> pl.Expr:
    """Days, hours, minutes, seconds and fraction by one pattern; null where it does not fit."""
    text = pl.col("size") if pattern != _WORDS else pl.col("size").str.to_lowercase()
    part = [text.str.extract(pattern, n).cast(pl.Int64, strict=False) for n in (1, 2, 3, 4)]
    fraction = text.str.extract(pattern, 5).str.slice(0, 3).str.pad_end(3, "0")
    days, hours, minutes, secs = (p.fill_null(0) for p in part)
    whole = ((days * 24 + hours) * 60 + minutes) * 60 + secs
    total = whole * 1000 + fraction.cast(pl.Int64, strict=False).fill_null(0)
    fits = text.str.contains(pattern) & ~text.str.contains(_LONG_MINUTES)
    return pl.when(fits & (text != "")).then(total)
