"""How long a caller waited: by the source's own column, or by the stamps in UTC."""

from __future__ import annotations

from typing import Any

import polars as pl

# Unanswered callers who stood in the queue until the end told.
_WAITED_TO_THE_END = ("abandoned", "timeout", "no_agents")


def waited(read: pl.DataFrame, *, mapping: dict[str, Any]) -> pl.DataFrame:
    """Adds `stamped` and `wait` (Int64 milliseconds, null = unknown) by the mapping's rule."""
    rule = mapping.get("wait")
    ways = {
        None: pl.coalesce("wait_seconds_ms", "stamped"),
        "stamps": pl.col("stamped"),
        "unknown": pl.lit(None, pl.Int64),
    }
    way = ways.get(rule, pl.col("wait_seconds_ms"))
    return read.with_columns(stamped=_stamped()).with_columns(wait=way)


def _stamped() -> pl.Expr:
    """In UTC: never by subtracting clock times over a change of hour."""
    left = pl.when(pl.col("outcome_read").is_in(_WAITED_TO_THE_END)).then("ended_at_utc")
    until = pl.when(pl.col("outcome_read") == "answered").then("answered_at_utc").otherwise(left)
    return (until - pl.col("arrived_at_utc")).dt.total_milliseconds()
