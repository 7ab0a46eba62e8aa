"""Rows that are legs, united to calls: one call arrives once, however often it is passed on."""

from __future__ import annotations

import polars as pl

from callstats.sources.row_checks import DURATIONS

_FIRST_TOLD = ("number", "number_read", "queue", "municipality", "urgency", "video_read")


def united(legs: pl.DataFrame, *, sums_waits: bool) -> pl.DataFrame:
    """Legs as `rows.understood` makes them, with `group` → one row a group, plus `legs`.

    By time (of equal times, by line): the first leg tells the arrival, the first answered
    leg the answer, it and those after it the end. Without an answer the last leg that knows
    how it ended tells the outcome. The wait column is that leg's, or with `sums_waits` the
    sum until then; `stamped` and `wait` are the caller's to compute anew. `legs` is JSON
    where a call has more than one.
    """
    ordered = _ordered(legs)
    calls = ordered.group_by("group", maintain_order=True).agg(
        pl.exclude("group", *_TAKEN).first(), *_taken(sums_waits=sums_waits)
    )
    calls = calls.with_columns(
        pl.when(pl.col(f"{name}_ms").is_not_null()).then(name).alias(name) for name in DURATIONS
    )
    return calls.join(_leg_lists(ordered), on="group", how="left", maintain_order="left")


def _ordered(legs: pl.DataFrame) -> pl.DataFrame:
    """Adds each leg's place and the place of the one that decides its call."""
    placed = legs.sort("arrived_at_utc", "line").with_columns(
        nth=pl.int_range(pl.len()).over("group")
    )
    nth, outcome = pl.col("nth"), pl.col("outcome_read")
    return placed.with_columns(
        decides=pl.coalesce(
            nth.filter(outcome == "answered").min().over("group"),
            nth.filter(outcome != "unknown").max().over("group"),
            nth.max().over("group"),
        )
    ).with_columns(is_deciding=pl.col("nth") == pl.col("decides"))


_TAKEN = (
    "outcome_read",
    "answered_at",
    "answered_at_utc",
    "ended_at",
    "ended_at_utc",
    "wait_seconds_ms",
    "talk_seconds_ms",
    "announcement_seconds_ms",
    "forwarded_to_read",
    "version_read",
    *_FIRST_TOLD,
)


def _taken(*, sums_waits: bool) -> list[pl.Expr]:
    decides = pl.col("is_deciding")
    until = pl.col("nth") <= pl.col("decides")
    after = pl.col("nth") >= pl.col("decides")
    wait = pl.col("wait_seconds_ms")
    whole = pl.when(wait.filter(until).null_count() == 0).then(wait.filter(until).sum())
    return [
        *(pl.col(n).filter(decides).first() for n in ("outcome_read", "answered_at")),
        pl.col("answered_at_utc").filter(decides).first(),
        *(pl.col(n).filter(after).max() for n in ("ended_at", "ended_at_utc")),
        whole if sums_waits else wait.filter(decides).first(),
        _sum("talk_seconds_ms", pl.col("outcome_read") == "answered"),
        _sum("announcement_seconds_ms", until),
        pl.col("forwarded_to_read").drop_nulls().last(),
        pl.col("version_read").max(),
        *(pl.col(name).drop_nulls().first() for name in _FIRST_TOLD),
    ]


def _sum(name: str, counted: pl.Expr) -> pl.Expr:
    """Of what is told; null where nothing is."""
    told = pl.col(name).filter(counted).drop_nulls()
    return pl.when(told.len() > 0).then(told.sum()).alias(name)


def _leg_lists(ordered: pl.DataFrame) -> pl.DataFrame:
    """JSON for the calls of several legs, as `queue_calls` writes it."""
    several = ordered.filter(pl.len().over("group") > 1)
    item = pl.struct(
        queue=pl.coalesce("queue", "number"),
        entered_at=_iso("arrived_at_utc"),
        left_at=_iso("ended_at_utc"),
        outcome="outcome_read",
    ).struct.json_encode()
    listed = several.select("group", item=item).group_by("group", maintain_order=True)
    return listed.agg(pl.col("item").str.join(",")).select("group", legs=pl.format("[{}]", "item"))


def _iso(name: str) -> pl.Expr:
    return pl.col(name).dt.strftime("%Y-%m-%dT%H:%M:%SZ")
