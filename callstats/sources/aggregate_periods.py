"""The period of a row of counts: a month, a day, or from one moment to another, to UTC."""

from __future__ import annotations

from datetime import datetime

import polars as pl

from callstats.sources.times import EARLIEST, latest_for, readings, wall_clock, with_offset

_MOMENTS = [
    f"{day}{between}{clock}"
    for day, between in (("%d.%m.%Y", " "), ("%Y-%m-%d", " "), ("%Y-%m-%d", "T"))
    for clock in ("%H:%M:%S", "%H:%M")
]
_DAYS = ("%d.%m.%Y", "%Y-%m-%d")
_MONTHS = [
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
]
_INSTANT = pl.duration(microseconds=1)


def with_periods(told: pl.DataFrame, *, zone: str, now: datetime) -> pl.DataFrame:
    """`told`: period_from, period_to, period_last as text (nulls where not given).

    Adds starts_at and ends_at (UTC, half-open), and `period_field`, `period_code`: what is
    wrong with the period, null where nothing is. Codes: missing_field, invalid_time,
    nonexistent_time, ambiguous_time (in the doubled hour, without an offset),
    ends_before_start, implausible_time, period_not_over (counts of it are not complete).
    """
    frame = told.with_columns(*_spans("period_from"), *_spans("period_to"), *_spans("period_last"))
    frame = frame.with_columns(
        start_local=pl.col("period_from_begins"), end_local=_end(), end_exact=_end_exact()
    )
    frame = frame.with_columns(_start_in_utc(frame, zone), *_end_in_utc(frame, zone))
    return frame.with_columns(_faults(now)).unnest("period_fault")


def _spans(name: str) -> list[pl.Expr]:
    """Local begin and end of what the text names (the same moment twice for a moment)."""
    text = pl.col(name).str.strip_chars()
    moment = wall_clock(text, _MOMENTS)
    day = wall_clock(text, _DAYS)
    month = _month(text)
    return [
        pl.coalesce(moment, day, month).alias(f"{name}_begins"),
        pl.coalesce(moment, day.dt.offset_by("1d"), month.dt.offset_by("1mo")).alias(
            f"{name}_ends"
        ),
        moment.is_not_null().alias(f"{name}_is_moment"),
        with_offset(text).alias(f"{name}_exact"),
    ]


def _month(text: pl.Expr) -> pl.Expr:
    """`2026-10`, `10.2026` or `oktober 2026`: its first day."""
    numbered = text.str.to_lowercase().str.replace_many(
        _MONTHS, [f"{number}." for number in range(1, 13)]
    )
    pointed = numbered.str.replace(r"^(\d{1,2})\.\s*(\d{4})$", "01.$1.$2")
    iso = text.str.replace(r"^(\d{4}-\d{2})$", "$1-01")
    return pl.coalesce(wall_clock(pointed, ["%d.%m.%Y"]), wall_clock(iso, ["%Y-%m-%d"]))


def _end() -> pl.Expr:
    """The first local moment after the period; none where only a moment is told."""
    alone = pl.when(~pl.col("period_from_is_moment")).then("period_from_ends")
    told = pl.col("period_to").is_not_null() | pl.col("period_last").is_not_null()
    ends = pl.coalesce("period_to_begins", _after_last())
    return pl.when(told).then(ends).otherwise(alone)


def _after_last() -> pl.Expr:
    """23:59:59 and 23:59 are a report's ways of writing the last moment of a day."""
    last = pl.col("period_last_ends")
    is_second = last.dt.second() == 59
    is_minute = (last.dt.second() == 0) & (last.dt.minute() == 59)
    minute = pl.when(is_minute).then(pl.duration(minutes=1)).otherwise(pl.duration(seconds=0))
    step = pl.when(is_second).then(pl.duration(seconds=1)).otherwise(minute)
    return pl.when(pl.col("period_last_is_moment")).then(last + step).otherwise(last)


def _end_exact() -> pl.Expr:
    return pl.coalesce("period_to_exact", "period_last_exact")


def _start_in_utc(frame: pl.DataFrame, zone: str) -> pl.Expr:
    both = readings(frame["start_local"], zone=zone)
    sure = both.select(pl.when(pl.col("first") == pl.col("second")).then("first")).to_series()
    gap = both["first"].is_null() & frame["start_local"].is_not_null()
    return pl.struct(
        at=pl.coalesce(pl.col("period_from_exact"), pl.lit(sure)), in_gap=pl.lit(gap)
    ).alias("start")


def _end_in_utc(frame: pl.DataFrame, zone: str) -> list[pl.Expr]:
    """An end that the clock shows twice or never follows the last instant before it."""
    at = readings(frame["end_local"], zone=zone)
    before = readings(frame.select(pl.col("end_local") - _INSTANT).to_series(), zone=zone)
    is_sure = pl.col("first") == pl.col("second")
    own = at.select(pl.when(is_sure).then("first")).to_series()
    last = before.select(pl.when(is_sure).then(pl.col("first") + _INSTANT)).to_series()
    return [
        pl.coalesce(pl.col("end_exact"), pl.lit(own), pl.lit(last)).alias("ends_at"),
        (pl.col("end_local").is_not_null() | pl.col("end_exact").is_not_null()).alias("has_end"),
    ]


def _faults(now: datetime) -> pl.Expr:
    """The first thing wrong, in the order in which one would mend it."""
    start = pl.col("start").struct.field("at")
    read = pl.col("start_local").is_not_null() | pl.col("period_from_exact").is_not_null()
    told_end = pl.col("period_to").is_not_null() | pl.col("period_last").is_not_null()
    checks = [
        ("period_from", "missing_field", pl.col("period_from").is_null()),
        ("period_from", "invalid_time", ~read),
        ("period_from", "nonexistent_time", start.is_null() & _in_gap()),
        ("period_from", "ambiguous_time", start.is_null()),
        ("period_to", "missing_field", ~pl.col("has_end") & ~told_end),
        ("period_to", "invalid_time", ~pl.col("has_end")),
        ("period_to", "ambiguous_time", pl.col("ends_at").is_null()),
        ("period_to", "ends_before_start", pl.col("ends_at") <= start),
        ("period_from", "implausible_time", (start < EARLIEST) | (start > now)),
        ("period_to", "period_not_over", pl.col("ends_at") > latest_for(now)),
    ]
    first = pl.coalesce(
        pl.when(fails).then(pl.struct(period_field=pl.lit(field), period_code=pl.lit(code)))
        for field, code, fails in checks
    )
    return first.alias("period_fault")


def _in_gap() -> pl.Expr:
    return pl.col("start").struct.field("in_gap")
