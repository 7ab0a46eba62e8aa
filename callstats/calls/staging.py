"""A frame as something to select from: few rows inside the statement, many by COPY."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from django.db.backends.utils import CursorWrapper

from callstats.calls.copying import OnRows, copy_frame

# A temporary table costs some milliseconds whatever is in it; so many rows cost as much as JSON.
FEW = 2_000


def staged(
    cursor: CursorWrapper,
    *,
    frame: pl.DataFrame,
    types: Mapping[str, str],
    on_rows: OnRows | None = None,
) -> tuple[str, str]:
    """The frame as (SELECT text, JSON parameter `rows`); columns and SQL types by `types`."""
    typed = ", ".join(f"{name}::{kind} AS {name}" for name, kind in types.items())
    if frame.height <= FEW:
        columns = ", ".join(f"{name} text" for name in types)
        known = [name for name in types if frame[name].null_count() < frame.height]
        text = frame.select(pl.col(known).cast(pl.String)).write_json()
        return f"SELECT {typed} FROM json_to_recordset(%(rows)s::json) AS x({columns})", text
    columns = ", ".join(f"{name} {kind}" for name, kind in types.items())
    cursor.execute("DROP TABLE IF EXISTS staged_rows")
    cursor.execute(f"CREATE TEMP TABLE staged_rows ({columns}) ON COMMIT DROP")
    copy_frame(frame=frame.select(list(types)), table="staged_rows", on_rows=on_rows)
    cursor.execute("ANALYZE staged_rows")
    return "SELECT * FROM staged_rows", "[]"
