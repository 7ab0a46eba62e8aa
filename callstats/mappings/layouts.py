"""A sample laid out as a table: the names of its columns, and each of them as text.

What reads a call log asks only for the columns it is told of; here all are wanted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from callstats.sources.files import decode
from callstats.sources.frames import Unreadable
from callstats.sources.table_header import candidates, header_of, names_in
from callstats.sources.table_lines import lines_of, rows_of
from callstats.sources.table_mapping import DELIMITERS, NO_HEADER, Column, has_header

_OUR_OWN_NAME = re.compile(r"\[(?:\d+|line)\]")


@dataclass(frozen=True, kw_only=True)
class Layout:
    """`names` as the file writes them, none without a header; `keys` as a mapping calls them.

    `frame` has a String column for each key (`column_name`). `settings` are the mapping's
    about the file, with the line of the header and the delimiter as they were found.
    """

    names: tuple[str, ...]
    keys: tuple[Column, ...]
    frame: pl.DataFrame
    settings: dict[str, Any]


def layout_of_text(data: bytes, *, mapping: dict[str, Any]) -> Layout:
    """Of delimited text. Raises Unreadable as `decode`, `header_of` and `rows_of`."""
    text = decode(data, encoding=mapping.get("encoding"))
    lines = lines_of(text)
    names, found = _header(lines, mapping) if has_header(mapping) else _numbered(lines, mapping)
    keys = keys_of(names) if names else list(range(1, found.pop("width") + 1))
    settings = {
        key: mapping[key] for key in ("encoding", "quote", "footer_regex") if mapping.get(key)
    }
    frame = rows_of(text, settings | found | {"columns": {"id": keys}}).frame
    return Layout(names=tuple(names), keys=tuple(keys), frame=frame, settings=settings | found)


def keys_of(names: Sequence[str]) -> list[Column]:
    """A header that is empty or stands earlier already is known by its number."""
    return [
        number if not name or name in names[: number - 1] or _OUR_OWN_NAME.fullmatch(name) else name
        for number, name in enumerate(names, start=1)
    ]


def _header(lines: pl.Series, mapping: dict[str, Any]) -> tuple[list[str], dict[str, Any]]:
    """The names, and where they were found: by the mapping's columns, else the widest line."""
    quote = mapping.get("quote") or '"'
    at, mark = _by_columns(lines, mapping) or _widest(lines, mapping, quote)
    names = names_in(lines[at], mark, quote)
    return names, {"header_line": at + 1, "delimiter": mark}


def _by_columns(lines: pl.Series, mapping: dict[str, Any]) -> tuple[int, str] | None:
    if not mapping.get("columns"):
        return None
    try:
        header = header_of(lines, mapping)
    except Unreadable:
        return None
    return header.line - 1, header.delimiter


def _widest(lines: pl.Series, mapping: dict[str, Any], quote: str) -> tuple[int, str]:
    marks = [mapping["delimiter"]] if mapping.get("delimiter") else DELIMITERS
    places = [(at, mark) for at in candidates(lines, mapping.get("header_line")) for mark in marks]
    if not places:
        raise Unreadable("no_header")
    return max(places, key=lambda place: len(names_in(lines[place[0]], place[1], quote)))


def _numbered(lines: pl.Series, mapping: dict[str, Any]) -> tuple[list[str], dict[str, Any]]:
    header = header_of(lines, mapping | {"header_line": NO_HEADER, "columns": {"id": 1}})
    found = {"header_line": NO_HEADER, "delimiter": header.delimiter, "width": header.width}
    return [], found
