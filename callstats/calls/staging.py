"""A frame as something to select from: few rows inside the statement, many by COPY."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
from django.db.backends.utils import CursorWrapper

from callstats.calls.batches import FEW
from callstats.calls.copying import OnRows, copy_frame
from callstats.sources.few import KINDS, FewCalls, frame_of, since_1970
from callstats.sources.frames import MOMENT


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
    arrays = ", ".join(f"%(rows_{name})s::{_sent_as(kind)}[]" for name, kind in types.items())
    typed = ", ".join(f"{_read(name, kind)} AS {name}" for name, kind in types.items())
    return f"SELECT {typed} FROM unnest({arrays}) AS x({', '.join(types)})"


def _sent_as(kind: str) -> str:
    """Arrays cannot be parted into arrays of their own: these come as texts. Moments come as

    microseconds since 1970: written out they are the slowest of all, here and there.
    """
    if kind == "timestamptz":
        return "bigint"
    return "text" if kind.endswith("[]") else kind


def _read(name: str, kind: str) -> str:
    if kind == "timestamptz":
        return f"'epoch'::timestamptz + {name} * interval '1 microsecond'"
    return f"{name}::{kind}"


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
        column = calls[name].to_physical() if calls[name].dtype == MOMENT else calls[name]
        held = column.null_count() < calls.height
        return column.cast(pl.String).to_list() if held else []
    values = calls.columns[name]
    missing = values.count(None)
    if missing == len(values):
        return []
    if KINDS.get(name) == MOMENT:
        values = [None if moment is None else since_1970(moment) for moment in values]
    if not missing:
        return list(map(str, values))
    return [None if value is None else str(value) for value in values]


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
