"""Calls put together from several rows: which are refused and why, and what the file told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from callstats.sources.frames import CALLS, REFUSED, ParsedCalls, Warning, refusals
from callstats.sources.silences import spans_of_calls


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """One reason to refuse a call. `line` and `value` name the columns that show where."""

    code: str
    fails: pl.Expr
    field: str | None = None
    line: str = "line"
    value: str | None = None


def parted(calls: pl.DataFrame, rulings: Sequence[Ruling]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(calls that nothing speaks against, REFUSED rows of the others by the first that does)."""
    judged = calls.with_columns(why=pl.coalesce([_why(ruling) for ruling in rulings]))
    bad = judged.filter(pl.col("why").is_not_null())
    told = bad.select(
        pl.col("external_id")
        if "external_id" in calls.columns
        else pl.lit(None).alias("external_id"),
        pl.col("why").struct.unnest(),
    )
    return judged.filter(pl.col("why").is_null()).drop("why"), refusals(told).select(*REFUSED)


def _why(ruling: Ruling) -> pl.Expr:
    value = pl.col(ruling.value).cast(pl.String) if ruling.value else pl.lit(None, pl.String)
    told = pl.struct(
        pl.col(ruling.line).cast(pl.Int64).alias("line"),
        pl.lit(ruling.field, pl.String).alias("field"),
        pl.lit(ruling.code).alias("code"),
        value.alias("value"),
    )
    return pl.when(ruling.fails.fill_null(value=False)).then(told)


def clock_text(text: pl.Expr) -> pl.Expr:
    """The text where it can be nothing but a time of day: never a name or a number called."""
    return pl.when(text.str.contains(r"^[\d\s./,TZ+-]*:[\d\s:./,TZ+-]*(?:[AaPp][Mm])?$")).then(text)


def shaped(calls: pl.DataFrame) -> pl.DataFrame:
    """A frame with some of the columns of CALLS → all of them, in order and of their type."""
    return calls.select(
        (pl.col(name) if name in calls.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in CALLS.items()
    )


def told_by(
    calls: pl.DataFrame,
    *,
    refused: pl.DataFrame,
    ignored: int,
    pending: int = 0,
    warnings: tuple[Warning, ...] = (),
) -> ParsedCalls:
    """ParsedCalls of a frame as `shaped` gives it. Adds the warning ambiguous_time."""
    return ParsedCalls(
        calls=calls,
        refused=refused.sort("line"),
        received=calls.height + refused.height + pending,
        ignored=ignored,
        pending=pending,
        first_at=calls.select(pl.col("arrived_at").min()).item(),
        last_at=calls.select(pl.col("arrived_at").max()).item(),
        spans=spans_of_calls(calls),
        warnings=(*warnings, *_ambiguous(calls)),
    )


def _ambiguous(calls: pl.DataFrame) -> tuple[Warning, ...]:
    rows = calls.filter(pl.col("time_quality") == "ambiguous")
    if rows.is_empty():
        return ()
    return (Warning(code="ambiguous_time", count=rows.height, line=rows["line"][0]),)
