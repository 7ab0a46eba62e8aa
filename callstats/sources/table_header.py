"""Where a table's columns stand: by the line with their names, or by their number alone."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from callstats.sources.frames import Unreadable
from callstats.sources.table_mapping import DELIMITERS, Column, has_header, headers

# Titles and filters stand before the header; never this many lines of them.
_SEARCHED = 200


@dataclass(frozen=True, kw_only=True)
class Header:
    """`line` is 1-based, 0 without a header. `positions`: mapped column → 0-based place."""

    line: int
    text: str
    width: int
    delimiter: str
    positions: dict[Column, int]
    is_exact: bool  # a row has just as many fields, not only at least


def header_of(lines: pl.Series, mapping: dict[str, Any]) -> Header:
    """Of text lines. Raises Unreadable: no_header, missing_columns (columns), wrong_delimiter."""
    if not has_header(mapping):
        return _numbered(lines, mapping)
    given, marks = mapping.get("header_line"), _marks(mapping)
    quote = mapping.get("quote") or '"'
    read = {n: _best(lines[n], marks, quote, mapping) for n in candidates(lines, given)}
    if not read:
        raise Unreadable("no_header", **({"line": given} if isinstance(given, int) else {}))
    fitting = (n for n, (names, _) in read.items() if not absent(names, mapping))
    at = next(fitting, min(read))
    names, mark = read[at]
    _check(names, mark, text=lines[at], line=at + 1, mapping=mapping)
    return Header(
        line=at + 1,
        text=lines[at],
        width=len(names),
        delimiter=mark,
        positions=positions(names, mapping),
        is_exact=True,
    )


def positions(names: Sequence[str], mapping: dict[str, Any]) -> dict[Column, int]:
    """The first place of each mapped column among `names`; numbers are places themselves."""
    return {
        column: column - 1 if isinstance(column, int) else list(names).index(column)
        for column in headers(mapping)
    }


def absent(names: Sequence[str], mapping: dict[str, Any]) -> list[Column]:
    """Mapped columns that the header does not have."""
    return [
        column
        for column in headers(mapping)
        if (column > len(names) if isinstance(column, int) else column not in names)
    ]


def candidates(lines: pl.Series, given: int | str | None) -> list[int]:
    """0-based lines that may be the header: the one given, or any with text in it."""
    if isinstance(given, int):
        return [given - 1] if given <= lines.len() else []
    searched = lines.head(_SEARCHED)
    found = searched.fill_null("").str.contains(given or r"\S").arg_true().to_list()
    return found[:1] if given else found


def _marks(mapping: dict[str, Any]) -> Sequence[str]:
    return [mapping["delimiter"]] if mapping.get("delimiter") else DELIMITERS


def _best(text: str, marks: Sequence[str], quote: str, mapping: dict[str, Any]) -> Any:
    """(names, delimiter) of the delimiter that finds most of the mapped columns."""
    wanted = set(headers(mapping))
    tried = [(names_in(text, mark, quote), mark) for mark in marks]
    return max(tried, key=lambda one: (len(set(one[0]) & wanted), len(one[0])))


def names_in(text: str, delimiter: str, quote: str = '"') -> list[str]:
    """The fields of one line, trimmed, without empty ones at its end."""
    how: dict[str, Any] = {"quotechar": quote}
    if quote == "none":
        how = {"quoting": csv.QUOTE_NONE}
    try:
        names = next(csv.reader([text], delimiter=delimiter, **how), [])
    except csv.Error:  # a field too large to be a name
        return []
    trimmed = [name.strip("\ufeff \t\r\u00a0") for name in names]
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    return trimmed


def _check(
    names: list[str], delimiter: str, *, text: str, line: int, mapping: dict[str, Any]
) -> None:
    missing = absent(names, mapping)
    if missing and len(names) == 1 and any(mark in text for mark in DELIMITERS):
        raise Unreadable("wrong_delimiter", delimiter=delimiter, line=line)
    if missing:
        raise Unreadable("missing_columns", columns=missing, line=line)


def _numbered(lines: pl.Series, mapping: dict[str, Any]) -> Header:
    """Without names: as wide as most of the rows are."""
    quote = mapping.get("quote") or '"'
    widths = {mark: usual_width(lines, mark, quote) for mark in _marks(mapping)}
    mark = max(widths, key=lambda each: widths[each])
    missing = [column for column in headers(mapping) if int(column) > widths[mark]]
    if missing:
        raise Unreadable("missing_columns", columns=missing, line=1)
    return Header(
        line=0,
        text="",
        width=widths[mark],
        delimiter=mark,
        positions=positions([], mapping),
        is_exact=False,
    )


def usual_width(lines: pl.Series, delimiter: str, quote: str = '"') -> int:
    """The number of fields that most of the first lines have; the smaller of two."""
    lines = lines.filter(lines.str.contains(r"\S")).head(_SEARCHED)
    return min(field_counts(lines, delimiter, quote).mode().to_list(), default=1)


def field_counts(lines: pl.Series, delimiter: str, quote: str) -> pl.Series:
    """How many fields each line has; a delimiter within quotes parts nothing."""
    if quote != "none" and lines.str.contains(quote, literal=True).any():
        lines = lines.str.replace_all(f"{quote}[^{quote}]*{quote}", "q")
    return lines.str.count_matches(delimiter, literal=True) + 1
