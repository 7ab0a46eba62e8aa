"""Rows of text, one a call, to calls: read each column, check, and keep what is refused."""

from __future__ import annotations

import re
from typing import Any

import polars as pl

from callstats.sources import durations
from callstats.sources.frames import (
    CALLS,
    REFUSED,
    ParsedCalls,
    SourceSettings,
    Warning,
    refusals,
)
from callstats.sources.row_checks import DURATIONS, TOLERANCE_MS, checks, leg_checks
from callstats.sources.row_legs import united
from callstats.sources.row_repeats import each_once
from callstats.sources.row_times import date_order, timed
from callstats.sources.row_waits import waited
from callstats.sources.silences import spans_of_calls
from callstats.sources.table_mapping import is_by_leg, is_weak
from callstats.sources.times import with_offset

YES = ("1", "true", "ja", "yes", "j", "y", "x", "sann")
NO = ("0", "false", "nei", "no", "n", "usann")


def calls_of(
    told: pl.DataFrame,
    *,
    mapping: dict[str, Any],
    settings: SourceSettings,
    refused: pl.DataFrame,
    ignored: int,
    warnings: tuple[Warning, ...] = (),
) -> ParsedCalls:
    """`told`: line, and one String column a field of `table_mapping.FIELDS` → ParsedCalls.

    Rows that are legs have a column `group` as well: the legs of a call are united, or all
    refused where one is. `refused`, `ignored` and `warnings` are what reading the lines has
    already told.
    """
    doubts = date_order(told, mapping=mapping)
    read, again = _read(told, mapping=mapping, settings=settings)
    good, bad = _parted(read, settings)
    if is_by_leg(mapping):
        good, bad = _united(good, bad, mapping=mapping, settings=settings)
    calls, repeated, same = each_once(_shaped(good), newest=mapping.get("repeats") == "newest")
    all_refused = pl.concat([refused, bad, repeated]).sort("line", maintain_order=True)
    return ParsedCalls(
        calls=calls,
        refused=all_refused,
        received=calls.height + all_refused.height,
        ignored=ignored + again + same,
        pending=0,
        first_at=calls.select(pl.col("arrived_at").min()).item(),
        last_at=calls.select(pl.col("arrived_at").max()).item(),
        spans=spans_of_calls(calls),
        warnings=(
            *warnings,
            *doubts,
            *_row_warnings(calls),
            *_weak(calls, mapping),
        ),
    )


def _read(
    told: pl.DataFrame, *, mapping: dict[str, Any], settings: SourceSettings
) -> tuple[pl.DataFrame, int]:
    """The rows understood, and how many legs were told twice in the same words."""
    if not is_by_leg(mapping):
        return understood(told, mapping=mapping, settings=settings), 0
    once = told.unique(set(told.columns) - {"line"}, keep="first", maintain_order=True)
    return understood(once, mapping=mapping, settings=settings), told.height - once.height


def _united(
    good: pl.DataFrame,
    bad: pl.DataFrame,
    *,
    mapping: dict[str, Any],
    settings: SourceSettings,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Calls of legs, checked once more as calls, and every refused row."""
    calls = united(good, sums_waits=mapping["wait"] == "sum_of_legs")
    whole, refused = _parted(waited(calls, mapping=mapping), settings)
    return whole, pl.concat([bad, refused])


def understood(
    told: pl.DataFrame, *, mapping: dict[str, Any], settings: SourceSettings
) -> pl.DataFrame:
    """Adds what each text means (UTC, milliseconds, outcome, wait); null where unread."""
    lengths = [
        durations.milliseconds(
            told[name],
            unit=mapping.get("duration_unit", "s"),
            decimal=mapping.get("decimal"),
            short_clock=mapping.get("short_clock"),
        ).alias(f"{name}_ms")
        for name in DURATIONS
    ]
    read = timed(told, mapping=mapping, settings=settings).with_columns(*lengths)
    return waited(read.with_columns(*_meanings(mapping)), mapping=mapping)


def _meanings(mapping: dict[str, Any]) -> list[pl.Expr]:
    folded = pl.col("video").str.to_lowercase()
    number = pl.col("number").str.replace_all(r"[\s\u00a0]", "")
    return [
        *_outcome(mapping),
        _mapped("forwarded_to", mapping.get("forwarded") or {}).alias("forwarded_to_read"),
        pl.when(folded.is_in([*YES, *NO])).then(folded.is_in(YES)).alias("video_read"),
        pl.when(number.str.contains(r"^\+?[0-9]{3,15}$")).then(number).alias("number_read"),
        _version(mapping).alias("version_read"),
    ]


def _version(mapping: dict[str, Any]) -> pl.Expr:
    """A whole number; where the newest counts, a moment will do (milliseconds since 1970)."""
    text = pl.col("version")
    number = pl.when(text.str.contains(r"^[0-9]{1,18}$")).then(text.cast(pl.Int64, strict=False))
    if mapping.get("repeats") != "newest":
        return number
    return pl.coalesce(number, with_offset(text).dt.epoch("ms"))


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
    """The words as they are; then those with a star («cancel*»), the longest first."""
    folded = {text.strip().casefold(): value for text, value in words.items()}
    text = pl.col(name).str.to_lowercase()
    if not folded:
        return pl.lit(None, pl.String)
    read = text.replace_strict(folded, default=None, return_dtype=pl.String)
    starred = sorted((word for word in folded if "*" in word), key=lambda w: (-len(w), w))
    if starred:
        met = [pl.when(text.str.contains(_starred(w))).then(pl.lit(folded[w])) for w in starred]
        read = pl.coalesce(read, *met)
    return pl.when(text.is_null()).then(pl.lit(empty, pl.String)).otherwise(read)


def _starred(word: str) -> str:
    return "(?s)^" + ".*".join(map(re.escape, word.split("*"))) + "$"


def _parted(read: pl.DataFrame, settings: SourceSettings) -> tuple[pl.DataFrame, pl.DataFrame]:
    every = checks(now=settings.now)
    if "group" in read.columns:
        every = leg_checks(every)
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
        legs=pl.col("legs") if "legs" in good.columns else pl.lit(None, pl.String),
    )
    return shaped.select(pl.col(name).cast(kind) for name, kind in CALLS.items())


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
