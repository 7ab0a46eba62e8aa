"""Calls of which none is stored yet: copied straight into their table."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import polars as pl
from django.db import transaction
from django.db.backends.utils import CursorWrapper
from psycopg.errors import UniqueViolation

from callstats.calls import hours
from callstats.calls.batches import CARRIED, Batch, Stored
from callstats.calls.copying import OnRows, copy_frame
from callstats.sources.few import FewCalls
from legevakt.lib.periods import OSLO

# Fewer are merged as quickly.
MANY = 5_000
PROBED = 1_000
_MONTH = pl.col("arrived_at").dt.convert_time_zone(OSLO.key).dt.truncate("1mo").dt.date()


def add(cursor: CursorWrapper, *, batch: Batch, on_rows: OnRows | None = None) -> Stored | None:
    """Add the batch to calls and hours if none of it is stored; None, and nothing done, where

    some of it is.
    """
    calls = batch.calls
    if isinstance(calls, FewCalls) or calls.height < MANY or _is_any_stored(cursor, batch, calls):
        return None
    free, refused = _parted(batch, calls)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="sums") as beside:
        sums = beside.submit(hours.sums_of, free)  # while the database takes the calls
        try:
            with transaction.atomic():
                copy_frame(frame=_whole(free, batch), table="callstats_call", on_rows=on_rows)
        except UniqueViolation:  # the probe met none of those that are stored
            return None
    hours.add(cursor, central_id=batch.central_id, sums=sums.result())
    return Stored(created=free.height, refused=refused, months=_months(free))


def _is_any_stored(cursor: CursorWrapper, batch: Batch, calls: pl.DataFrame) -> bool:
    """Asks for a thousand of the ids, spread over the batch: most often that tells."""
    ids = calls["external_id"].gather_every(max(1, calls.height // PROBED))
    cursor.execute(
        "SELECT EXISTS (SELECT FROM callstats_call WHERE source_id = %s AND external_id = ANY(%s))",
        [batch.source_id, ids.to_list()],
    )
    return bool(cursor.fetchone()[0])


def _parted(batch: Batch, calls: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, pl.DataFrame]]:
    if not batch.locked and batch.purged_before is None:
        return calls, {}
    purged = pl.lit(value=False)
    if batch.purged_before is not None:
        purged = pl.col("arrived_at") < batch.purged_before
    locked = ~purged & _MONTH.is_in(list(batch.locked))
    parts = {"period_purged": calls.filter(purged), "period_locked": calls.filter(locked)}
    refused = {code: frame for code, frame in parts.items() if frame.height}
    return calls.filter(~purged & ~locked), refused


def _whole(calls: pl.DataFrame, batch: Batch) -> pl.DataFrame:
    """What the table takes of them; a column that holds nothing is left to the table."""
    empty = [name for name in CARRIED if calls.height and calls[name].null_count() == calls.height]
    return (
        calls.select(CARRIED)
        .drop(empty)
        .with_columns(
            source_id=pl.lit(batch.source_id),
            central_id=pl.lit(batch.central_id),
            imported_by_id=pl.lit(batch.import_id),
            revision=pl.lit(1),
        )
    )


def _months(calls: pl.DataFrame) -> list[date]:
    return calls.select(_MONTH.unique().sort()).to_series().to_list()
