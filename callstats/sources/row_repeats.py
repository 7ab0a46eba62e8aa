"""Ids told more than once in one file."""

from __future__ import annotations

import polars as pl

from callstats.sources.frames import CALLS, REFUSED, no_refused, refusals


def each_once(
    calls: pl.DataFrame, *, newest: bool = False
) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """(each id's first row, later rows that tell something else, how many tell the same).

    With `newest` the row of the highest version counts, and the older are counted with
    those that tell the same: a service that delivers at least once sends them again.
    """
    kept = _newest(calls) if newest else calls
    older = calls.height - kept.height
    again = kept.filter(~pl.col("external_id").is_first_distinct())
    if again.is_empty():
        return kept, no_refused(), older
    content = [name for name in CALLS if name not in ("line", "arrived_text")]
    first = kept.filter(pl.col("external_id").is_first_distinct())
    other = again.join(first.select(content), on=content, how="anti", nulls_equal=True)
    repeated = refusals(other, field=pl.lit("id"), code=pl.lit("duplicate_in_file"))
    return first, repeated.select(*REFUSED), older + again.height - other.height


def _newest(calls: pl.DataFrame) -> pl.DataFrame:
    highest = pl.col("version").max().over("external_id")
    return calls.filter((pl.col("version") == highest) | highest.is_null())
