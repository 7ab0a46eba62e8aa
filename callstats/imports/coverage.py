"""Which time an import tells of, so that an hour without calls is not an hour without data."""

from __future__ import annotations

from datetime import datetime, timedelta

import polars as pl

from callstats.imports.models import CallImport
from callstats.imports.reading import Reading

MICROSECOND = timedelta(microseconds=1)
# So long without a call is a hole in the file, also at the smallest central.
LONGEST_SILENCE = timedelta(hours=24)


def spans(*, call_import: CallImport, read: Reading) -> list[tuple[datetime, datetime]]:
    """The spans (first and last moment, both within) of which the import is evidence.

    What the sender states; else the whole of an event log, whose lines also tell of quiet
    hours; else from call to call, broken where more than a day lies between two.
    """
    if call_import.covers_from_at and call_import.covers_to_at:
        return [(call_import.covers_from_at, call_import.covers_to_at - MICROSECOND)]
    if read.traces is not None:
        first_at, last_at = read.parsed.first_at, read.parsed.last_at
        return [(first_at, last_at)] if first_at and last_at else []
    return between_calls(read.parsed.calls)


def between_calls(calls: pl.DataFrame) -> list[tuple[datetime, datetime]]:
    """First and last arrival of each run of calls without a silence over LONGEST_SILENCE."""
    arrivals = calls.select(pl.col("arrived_at").sort())
    silent = pl.col("arrived_at").diff() > LONGEST_SILENCE
    runs = arrivals.with_columns(run=silent.fill_null(value=False).cum_sum())
    found = runs.group_by("run", maintain_order=True).agg(
        pl.col("arrived_at").min().alias("first"), pl.col("arrived_at").max().alias("last")
    )
    return list(found.select("first", "last").iter_rows())
