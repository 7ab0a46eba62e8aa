"""Rows of text, one a call, to calls: read each column, check, and keep what is refused."""

from __future__ import annotations

from typing import Any

import polars as pl

from callstats.sources import durations
from callstats.sources.frames import (
    CALLS,
    REFUSED,
    ParsedCalls,
    SourceSettings,
    Warning,
    no_refused,
    refusals,
)
from callstats.sources.row_checks import DURATIONS, TOLERANCE_MS, checks
from callstats.sources.row_times import date_order, timed
from callstats.sources.silences import spans_of_calls
from callstats.sources.table_mapping import is_weak

YES = ("1", "true", "ja", "yes", "j", "y", "x", "sann")
NO = ("0", "false", "nei", "no", "n", "usann")
# Unanswered callers who stood in the queue until the end told.
_WAITED_TO_THE_END = ("abandoned", "timeout", "no_agents")


def calls_of(
    told: pl.DataFrame,
    *,
    mapping: dict[str, Any],
    settings: SourceSettings,
    refused: pl.DataFrame,
    ignored: int,
) -> ParsedCalls:
    """`told`: line, and one String column a field of `table_mapping.FIELDS` → ParsedCalls.

    `refused` and `ignored` are what reading the lines has already put aside.
    """
    warnings = date_order(told, mapping=mapping)
    read = understood(told, mapping=mapping, settings=settings)
    good, bad = _parted(read, settings)
    calls, repeated, same = _each_once(_shaped(good))
    all_refused = pl.concat([refused, bad, repeated]).sort("line")
    return ParsedCalls(
        calls=calls,
        refused=all_refused,
        received=calls.height + all_refused.height,
        ignored=ignored + same,
        pending=0,
        first_at=calls.select(pl.col("arrived_at").min()).item(),
        last_at=calls.select(pl.col("arrived_at").max()).item(),
        spans=spans_of_calls(calls),
        warnings=(*warnings, *_row_warnings(calls), *_weak(calls, mapping)),
    )


def understood(
    told: pl.DataFrame, *, mapping: dict[str, Any], settings: SourceSettings
) -> pl.DataFrame:
    """Adds what each text means (UTC, milliseconds, outcome, wait); null where unread."""
    lengths = [
        durations.milliseconds(
            told[name], unit=mapping.get("duration_unit", "s"), decimal=mapping.get("decimal")
        ).alias(f"{name}_ms")
        for name in DURATIONS
    ]
    read = timed(told, mapping=mapping, settings=settings).with_columns(*lengths)
    meant = read.with_columns(*_meanings(mapping)).with_columns(stamped=_stamped())
    return meant.with_columns(wait=pl.coalesce("wait_seconds_ms", "stamped"))


def _meanings(mapping: dict[str, Any]) -> list[pl.Expr]:
    folded = pl.col("video").str.to_lowercase()
    number = pl.col("number").str.replace_all(r"[\s\u00a0]", "")
    return [
        *_outcome(mapping),
        _mapped("forwarded_to", mapping.get("forwarded") or {}).alias("forwarded_to_read"),
        pl.when(folded.is_in([*YES, *NO])).then(folded.is_in(YES)).alias("video_read"),
        pl.when(number.str.contains(r"^\+?\d{3,15}$")).then(number).alias("number_read"),
        pl.when(pl.col("version").str.contains(r"^\d{1,18}$"))
        .then(pl.col("version").cast(pl.Int64, strict=False))
        .alias("version_read"),
    ]


def _outcome(mapping: dict[str, Any]) -> list[pl.Expr]:
    """By the mapping's own words. Without that column: answered, or how not is unknown."""
    if "outcome" not in mapping["columns"]:
        was = pl.when(pl.col("answered_at").is_not_null()).then(pl.lit("answered"))
        return [
            was.otherwise(pl.lit("unknown")).alias("outcome_read"),
            pl.lit(value=False).alias("outcome_missing"),
        ]
    words = mapping["outcomes"]
    missing = pl.col("outcome").is_null() & pl.lit("" not in words)
    read = _mapped("outcome", words, empty=words.get(""))
    return [read.alias("outcome_read"), missing.alias("outcome_missing")]


def _mapped(name: str, words: dict[str, str], *, empty: str | None = None) -> pl.Expr:
    folded = {text.strip().casefold(): value for text, value in words.items()}
    text = pl.col(name).str.to_lowercase()
    if not folded:
        return pl.lit(None, pl.String)
    read = text.replace_strict(folded, default=None, return_dtype=pl.String)
    return pl.when(text.is_null()).then(pl.lit(empty, pl.String)).otherwise(read)


def _stamped() -> pl.Expr:
    """The wait by the stamps, in UTC: never by subtracting clock times over a change of hour."""
    left = pl.when(pl.col("outcome_read").is_in(_WAITED_TO_THE_END)).then("ended_at_utc")
    until = pl.when(pl.col("outcome_read") == "answered").then("answered_at_utc").otherwise(left)
    return (until - pl.col("arrived_at_utc")).dt.total_milliseconds()


def _parted(read: pl.DataFrame, settings: SourceSettings) -> tuple[pl.DataFrame, pl.DataFrame]:
    every = checks(now=settings.now)
    fails = [check.fails.fill_null(value=False) for check in every]
    wrong = read.select(pl.any_horizontal(fails)).to_series()
    told = [
        pl.when(fail).then(
            pl.struct(field=pl.lit(check.field), code=pl.lit(check.code), value=check.value)
        )
        for check, fail in zip(every, fails, strict=True)
    ]
    bad = read.filter(wrong).select(
        "line", pl.col("id").alias("external_id"), why=pl.coalesce(told)
    )
    return read.filter(~wrong), refusals(bad.unnest("why")).select(*REFUSED)


def _shaped(good: pl.DataFrame) -> pl.DataFrame:
    shaped = good.select(
        "line",
        "queue",
        "municipality",
        "urgency",
        external_id="id",
        arrived_at="arrived_at_utc",
        arrived_text="arrived_at",
        time_quality="quality",
        number="number_read",
        outcome="outcome_read",
        answered_at="answered_at_utc",
        ended_at="ended_at_utc",
        wait_seconds=durations.seconds(pl.col("wait")),
        talk_seconds=durations.seconds(pl.col("talk_seconds_ms")),
        announcement_seconds=durations.seconds(pl.col("announcement_seconds_ms")),
        forwarded_to="forwarded_to_read",
        video="video_read",
        version="version_read",
        legs=pl.lit(None, pl.String),
    )
    return shaped.select(pl.col(name).cast(kind) for name, kind in CALLS.items())


def _each_once(calls: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """(each id's first row, later rows that tell something else, how many tell the same)."""
    again = calls.filter(~pl.col("external_id").is_first_distinct())
    if again.is_empty():
        return calls, no_refused(), 0
    content = [name for name in CALLS if name not in ("line", "arrived_text")]
    first = calls.filter(pl.col("external_id").is_first_distinct())
    other = again.join(first.select(content), on=content, how="anti", nulls_equal=True)
    repeated = refusals(other, field=pl.lit("id"), code=pl.lit("duplicate_in_file"))
    return first, repeated.select(*REFUSED), again.height - other.height


def _row_warnings(calls: pl.DataFrame) -> list[Warning]:
    stamped = (pl.col("answered_at") - pl.col("arrived_at")).dt.total_milliseconds()
    told = (pl.col("wait_seconds") * 1000).cast(pl.Int64)
    apart = (pl.col("outcome") == "answered") & ((told - stamped).abs() > TOLERANCE_MS)
    ambiguous = pl.col("time_quality") == "ambiguous"
    return [
        Warning(code=code, count=rows.height, line=rows["line"][0])
        for code, rows in (
            ("wait_differs_from_stamps", calls.filter(apart)),
            ("ambiguous_time", calls.filter(ambiguous)),
        )
        if not rows.is_empty()
    ]


def _weak(calls: pl.DataFrame, mapping: dict[str, Any]) -> list[Warning]:
    return [Warning(code="weak_key", count=calls.height)] if is_weak(mapping) else []
