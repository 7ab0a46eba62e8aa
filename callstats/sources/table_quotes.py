"""Fields over several lines, or stray quotes: the csv module reads what columns cannot."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import polars as pl

from callstats.sources.frames import Unreadable, Warning
from callstats.sources.table_header import Header
from callstats.sources.table_rows import Rows, chosen, refused_rows

# Lines one quoted field may run over before its quote counts as forgotten.
_LONGEST_FIELD = 50


def rows_by_quotes(kept: pl.DataFrame, *, header: Header, quote: str, ignored: int) -> Rows:
    """`kept`: line and text. Warns loose_quotes where quotes stand wrong but can be read.

    Raises Unreadable unclosed_quote (line).
    """
    numbers, text = kept["line"].to_list(), kept["text"].str.join("\n")[0]
    good: list[tuple[int, list[str]]] = []
    bad: list[int] = []
    line, swallows = 0, False
    for line, row, length in _numbered(_reader(text, header, quote), numbers):
        fitted = _fitted(row, header)
        swallows = fitted is None and length > 1
        if fitted is None:
            bad.append(line)
        else:
            good.append((line, fitted))
    if swallows:  # the last row runs to the end of the file, and is none
        raise Unreadable("unclosed_quote", line=line)
    return Rows(
        frame=_as_columns(good, header),
        refused=refused_rows(bad, code="ragged_row"),
        ignored=ignored,
        warnings=() if _is_strict(text, header, quote) else (Warning(code="loose_quotes"),),
    )


def _reader(text: str, header: Header, quote: str, *, strict: bool = False) -> Any:
    lines = io.StringIO(text)
    return csv.reader(lines, delimiter=header.delimiter, quotechar=quote, strict=strict)


def _is_strict(text: str, header: Header, quote: str) -> bool:
    """The quotes are by the book: doubled within a field, and at its edges."""
    try:
        return all(True for _ in _reader(text, header, quote, strict=True))
    except csv.Error:
        return False


def _fitted(row: list[str], header: Header) -> list[str] | None:
    while len(row) > header.width and not row[-1].strip():
        row.pop()
    too_wide = header.is_exact and len(row) > header.width
    return None if too_wide or len(row) < header.width else row


def _numbered(reader: Any, numbers: list[int]) -> Iterator[tuple[int, list[str], int]]:
    """Each row with its first line, and how many it runs over. Raises where a quote swallows

    the rows after it.
    """
    begun = 0
    while True:
        try:
            row = next(reader, None)
        except csv.Error:
            raise Unreadable("unclosed_quote", line=numbers[begun]) from None
        if row is None:
            return
        if reader.line_num - begun > _LONGEST_FIELD:
            raise Unreadable("unclosed_quote", line=numbers[begun])
        yield numbers[begun], row, reader.line_num - begun
        begun = reader.line_num


def _as_columns(good: list[tuple[int, list[str]]], header: Header) -> pl.DataFrame:
    places = sorted(set(header.positions.values()))
    columns = {f"c{at}": [row[at] for _, row in good] for at in places}
    table = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    lines = pl.Series([line for line, _ in good], dtype=pl.Int64)
    return chosen(table, positions=header.positions, lines=lines)
