"""JSON that is no canonical JSON: nested objects to columns of text, by dotted paths."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import polars as pl

from callstats.sources.frames import REFUSED, Unreadable, no_refused
from callstats.sources.table_mapping import Column, column_name, headers
from callstats.sources.table_rows import Rows

# Numbers stay as they are written: 12.50, 1e3, and ids of any length.
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
_BLANKS = re.compile(r"[\s,]*")
_WORDS = {True: "true", False: "false"}


def rows_in_json(text: str, mapping: dict[str, Any]) -> Rows:
    """A list of objects, one object, or objects one after another (NDJSON, or without ends

    of line, as some services deliver them). `line` is the object's number, from 1. What is
    no object, or holds a list where text is mapped, is refused as unknown_value.
    Raises Unreadable: invalid_json (line), missing_columns where no object has them.
    """
    objects = list(objects_in(text, mapping.get("records")))
    paths = headers(mapping)
    told = [[_at(one, str(path)) for path in paths] for one in objects]
    _check_known(told, paths)
    wrong = {n: _wrong(objects[n], values, paths) for n, values in enumerate(told)}
    good = {n: values for n, values in enumerate(told) if wrong[n] is None}
    columns = {column_name(p): [v[i] for v in good.values()] for i, p in enumerate(paths)}
    frame = _as_frame(columns)
    lines = pl.Series("line", [n + 1 for n in good], dtype=pl.Int64)
    bad = {n: field for n, field in wrong.items() if field is not None}
    return Rows(frame=frame.insert_column(0, lines), refused=_refused(bad), ignored=0)


def _as_frame(columns: dict[str, list[str | None]]) -> pl.DataFrame:
    try:
        return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    except UnicodeEncodeError:  # half of a surrogate pair is no character
        raise Unreadable("invalid_json", line=1) from None


def objects_in(text: str, records: str | None = None) -> Iterator[Any]:
    """What stands in the text, one by one; numbers are text, as written."""
    for value in _values(text):
        inner = _inside(value, records.split(".")) if records else value
        if isinstance(inner, list):
            yield from inner
        else:
            yield inner


def _values(text: str) -> Iterator[Any]:
    at = _start(text, 0)
    while at < len(text):
        try:
            value, at = _DECODER.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise Unreadable("invalid_json", line=error.lineno) from None
        except RecursionError:
            raise Unreadable("invalid_json", line=text.count("\n", 0, at) + 1) from None
        yield value
        at = _start(text, at)


def _start(text: str, at: int) -> int:
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at


def _inside(value: Any, steps: list[str]) -> Any:
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else None
    if value is None:
        raise Unreadable("missing_columns", columns=[".".join(steps)], line=1)
    return value


def _at(one: Any, path: str) -> Any:
    """Text, null, or what is neither (a list, an object)."""
    value = one.get(path) if isinstance(one, dict) else None
    if value is None:
        value = one
        for step in path.split("."):
            value = value.get(step) if isinstance(value, dict) else None
    if isinstance(value, bool):
        return _WORDS[value]
    return (value.strip() or None) if isinstance(value, str) else value


def _check_known(told: list[list[Any]], paths: list[Column]) -> None:
    """A path that no object has is a wrong mapping, as a missing header is."""
    unknown = [p for i, p in enumerate(paths) if all(values[i] is None for values in told)]
    if told and len(unknown) == len(paths):
        raise Unreadable("missing_columns", columns=unknown, line=1)


def _wrong(one: Any, values: list[Any], paths: list[Column]) -> str | None:
    """The path that holds no text; empty where the row is no object."""
    if not isinstance(one, dict):
        return ""
    return next((str(p) for p, v in zip(paths, values, strict=True) if not _is_text(v)), None)


def _is_text(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _refused(bad: dict[int, str]) -> pl.DataFrame:
    rows = [
        {"line": n + 1, "index": n, "field": field[:80] or None, "code": "unknown_value"}
        for n, field in bad.items()
    ]
    return pl.DataFrame(rows, schema=REFUSED) if rows else no_refused()
