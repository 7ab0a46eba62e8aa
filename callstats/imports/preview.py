"""The first calls and the totals of a file, as shown before anything is stored."""

from __future__ import annotations

import polars as pl

FIRST_CALLS = 20
SHOWN = ("line", "external_id", "arrived_at", "queue", "number", "outcome", "wait_seconds")


def nothing() -> dict:
    """A preview before the first part."""
    return {
        "first": [],
        "calls": 0,
        "outcomes": {},
        "queues": {},
        "ambiguous": 0,
        "unknown_waits": 0,
    }


def with_more(shown: dict, calls: pl.DataFrame) -> dict:
    """The preview with another part of the file."""
    more = of(calls)
    return {
        "first": [*shown["first"], *more["first"]][:FIRST_CALLS],
        "outcomes": _together(shown["outcomes"], more["outcomes"]),
        "queues": _together(shown["queues"], more["queues"]),
        **{name: shown[name] + more[name] for name in ("calls", "ambiguous", "unknown_waits")},
    }


def _together(counts: dict[str, int], more: dict[str, int]) -> dict[str, int]:
    """Added up, most first."""
    added = {key: counts.get(key, 0) + more.get(key, 0) for key in (*counts, *more)}
    return dict(sorted(added.items(), key=lambda item: (-item[1], item[0])))


def of(calls: pl.DataFrame) -> dict:
    """JSON-ready: `first` rows, calls per outcome and per queue, first and last arrival."""
    first = calls.select(SHOWN).head(FIRST_CALLS)
    return {
        "first": [_row(row) for row in first.iter_rows(named=True)],
        "calls": calls.height,
        "outcomes": _counts(calls, pl.col("outcome")),
        "queues": _counts(calls, pl.coalesce("queue", "number").fill_null("")),
        "ambiguous": calls.filter(pl.col("time_quality") == "ambiguous").height,
        "unknown_waits": calls["wait_seconds"].null_count(),
    }


def _counts(calls: pl.DataFrame, key: pl.Expr) -> dict[str, int]:
    counted = calls.group_by(key.alias("key")).len().sort("len", "key", descending=[True, False])
    return dict(counted.iter_rows())


def _row(row: dict) -> dict:
    wait = row["wait_seconds"]
    return row | {
        "arrived_at": row["arrived_at"].isoformat(),
        "wait_seconds": None if wait is None else str(wait),
    }
