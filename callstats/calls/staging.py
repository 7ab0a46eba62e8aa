"""A frame as something to select from: few rows inside the statement, many by COPY."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
from django.db.backends.utils import CursorWrapper

from callstats.calls.batches import FEW
from callstats.calls.copying import OnRows, copy_frame
from callstats.sources.few import FewCalls, frame_of


def staged(
    cursor: CursorWrapper,
    *,
    frame: pl.DataFrame | FewCalls,
    types: Mapping[str, str],
    on_rows: OnRows | None = None,
) -> tuple[str, dict[str, str | None]]:
    """The frame as (SELECT text, its parameters); columns and SQL types by `types`.

    A column that the frame lacks is null.
    """
    if frame.height <= FEW:
        return _selected(types), {f"rows_{name}": _array(frame, name) for name in types}
    known = frame_of(frame).select(name for name in types if name in frame_of(frame).columns)
    columns = ", ".join(f"{name} {kind}" for name, kind in types.items())
    cursor.execute("DROP TABLE IF EXISTS staged_rows")
    cursor.execute(f"CREATE TEMP TABLE staged_rows ({columns}) ON COMMIT DROP")
    copy_frame(frame=known, table="staged_rows", on_rows=on_rows)
    cursor.execute("ANALYZE staged_rows")
    return "SELECT * FROM staged_rows", {}


def _selected(types: Mapping[str, str]) -> str:
    """Arrays cannot be parted into arrays of their own: these come as texts."""
    kinds = {name: "text" if kind.endswith("[]") else kind for name, kind in types.items()}
    arrays = ", ".join(f"%(rows_{name})s::{kind}[]" for name, kind in kinds.items())
    typed = ", ".join(f"{name}::{kind} AS {name}" for name, kind in types.items())
    return f"SELECT {typed} FROM unnest({arrays}) AS x({', '.join(types)})"


def _array(calls: pl.DataFrame | FewCalls, name: str) -> str | None:
    """The column as PostgreSQL writes an array; None where it holds nothing."""
    texts = _texts(calls, name)
    if not texts:
        return None
    if None not in texts:
        every = "".join(texts)
        if '"' not in every and "\\" not in every:
            return '{"' + '","'.join(texts) + '"}'
    return "{" + ",".join("NULL" if text is None else _quoted(text) for text in texts) + "}"


def _texts(calls: pl.DataFrame | FewCalls, name: str) -> list[Any]:
    """Nothing where the column is missing or holds nothing."""
    if name not in calls.columns:
        return []
    if isinstance(calls, pl.DataFrame):
        held = calls[name].null_count() < calls.height
        return calls[name].cast(pl.String).to_list() if held else []
    values = calls.columns[name]
    missing = values.count(None)
    if missing == len(values):
        return []
    if not missing:
        return list(map(str, values))
    return [None if value is None else str(value) for value in values]


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
