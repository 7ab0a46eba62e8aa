"""A delimited text to columns of text with their line numbers. Nothing is lost on the way."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from callstats.sources.frames import REFUSED, Unreadable, no_refused, refusals
from callstats.sources.table_mapping import DELIMITERS, headers

# Lines one quoted field may run over before its quote counts as forgotten.
_LONGEST_FIELD = 50


@dataclass(frozen=True, kw_only=True)
class Rows:
    """`frame`: line (Int64) and one String column per mapped header, empty text as null."""

    frame: pl.DataFrame
    refused: pl.DataFrame
    ignored: int


@dataclass(frozen=True, kw_only=True)
class _Header:
    line: int
    text: str
    names: list[str]
    delimiter: str


def rows_of(text: str, mapping: dict[str, Any]) -> Rows:
    """The rows under the header. Title lines, blank lines, footers and repeated headers are

    counted as ignored; a row with too few or too many fields is refused as ragged_row.
    Raises Unreadable: no_header, missing_columns (columns), wrong_delimiter, empty_file.
    """
    lines = pl.Series("text", text.replace("\r\n", "\n").removesuffix("\n").split("\n"))
    header = _header(lines, mapping)
    body = lines.to_frame().with_row_index("line", offset=1).slice(header.line)
    kept = body.filter(~_is_furniture(header, mapping.get("footer_regex")))
    ignored = lines.len() - 1 - kept.height
    if '"' not in text or _is_one_line_each(kept["text"], header.delimiter):
        return _by_columns(kept, header, mapping, ignored)
    return _by_rows(kept, header, mapping, ignored)


def _is_furniture(header: _Header, footer: str | None) -> pl.Expr:
    text = pl.col("text")
    blank = text.str.strip_chars(" \t" + header.delimiter) == ""
    again = text.str.strip_chars() == header.text.strip()
    return blank | again | (text.str.contains(footer) if footer else pl.lit(value=False))


def _header(lines: pl.Series, mapping: dict[str, Any]) -> _Header:
    number, text = _header_line(lines, mapping)
    wanted = headers(mapping)
    given = mapping.get("delimiter")
    tried = [(_names(text, mark), mark) for mark in ([given] if given else DELIMITERS)]
    names, mark = max(tried, key=lambda one: _hits(one[0], wanted))
    missing = [name for name in wanted if name not in names]
    if missing and len(names) == 1 and any(m in text for m in DELIMITERS):
        raise Unreadable("wrong_delimiter", delimiter=mark, line=number)
    if missing:
        raise Unreadable("missing_columns", columns=missing, line=number)
    return _Header(line=number, text=text, names=names, delimiter=mark)


def _hits(names: Sequence[str], wanted: Sequence[str]) -> tuple[int, int]:
    return len(set(names) & set(wanted)), len(names)


def _names(text: str, delimiter: str) -> list[str]:
    names = [name.strip() for name in next(csv.reader([text], delimiter=delimiter), [])]
    while names and not names[-1]:
        names.pop()
    return names


def _header_line(lines: pl.Series, mapping: dict[str, Any]) -> tuple[int, str]:
    wanted = mapping.get("header_line")
    if isinstance(wanted, int):
        if wanted > lines.len():
            raise Unreadable("no_header", line=wanted)
        return wanted, lines[wanted - 1]
    pattern = re.compile(wanted or r"\S")
    for number, text in enumerate(lines.head(200), 1):
        if pattern.search(text):
            return number, text
    raise Unreadable("no_header")


def _is_one_line_each(lines: pl.Series, delimiter: str) -> bool:
    """Every quoted field begins and ends on its line, at the field's own edges."""
    mark = re.escape(delimiter)
    field = rf'(?:"(?:[^"]|"")*"|[^"{mark}]*)'
    quoted = lines.filter(lines.str.contains('"', literal=True))
    return bool(quoted.str.contains(rf"^{field}(?:{mark}{field})*$").all())


def _by_columns(kept: pl.DataFrame, header: _Header, mapping: dict[str, Any], ignored: int) -> Rows:
    fits = _fits(kept["text"], header)
    good, bad = kept.filter(fits), kept.filter(~fits)
    table = _read(good["text"], header, headers(mapping))
    chosen = table.select(_clean(name) for name in headers(mapping))
    frame = chosen.insert_column(0, good["line"].cast(pl.Int64))
    return Rows(frame=frame, refused=_ragged(bad["line"]), ignored=ignored)


def _fits(lines: pl.Series, header: _Header) -> pl.Series:
    """As many fields as the header; more only if they are empty at the end of the line."""
    width, mark = len(header.names), re.escape(header.delimiter)
    fields = _count(lines, header.delimiter)
    if (fields == width).all():
        return fields == width
    trimmed = lines.str.replace(rf'(?:{mark}|{mark}"\s*")+$', "")
    return (fields >= width) & (_count(trimmed, header.delimiter) <= width)


def _count(lines: pl.Series, delimiter: str) -> pl.Series:
    if lines.str.contains('"', literal=True).any():
        lines = lines.str.replace_all(r'"[^"]*"', "q")
    return lines.str.count_matches(delimiter, literal=True) + 1


def _read(lines: pl.Series, header: _Header, names: list[str]) -> pl.DataFrame:
    """The first column of each name. Columns get numbers while read: headers may repeat."""
    if lines.is_empty():
        return pl.DataFrame(schema=dict.fromkeys(names, pl.String))
    wanted = sorted(header.names.index(name) for name in names)
    table = pl.read_csv(
        lines.str.join("\n")[0].encode(),
        has_header=False,
        separator=header.delimiter,
        quote_char='"',
        schema={f"c{n}": pl.String for n in range(len(header.names))},
        columns=wanted,
        truncate_ragged_lines=True,
        extra_columns="ignore",
    )
    return table.rename({f"c{n}": header.names[n] for n in wanted})


def _clean(name: str) -> pl.Expr:
    text = pl.col(name).str.strip_chars()
    return pl.when(text != "").then(text).alias(name)


def _ragged(lines: Any) -> pl.DataFrame:
    bad = pl.DataFrame({"line": pl.Series(lines, dtype=pl.Int64)})
    if bad.is_empty():
        return no_refused()
    return refusals(bad, code=pl.lit("ragged_row")).select(*REFUSED)


def _by_rows(kept: pl.DataFrame, header: _Header, mapping: dict[str, Any], ignored: int) -> Rows:
    """Fields over several lines, or stray quotes: the csv module reads what columns cannot."""
    numbers = kept["line"].to_list()
    reader = csv.reader(io.StringIO(kept["text"].str.join("\n")[0]), delimiter=header.delimiter)
    width = len(header.names)
    good: list[tuple[int, list[str]]] = []
    bad: list[int] = []
    for line, row in _numbered(reader, numbers):
        while len(row) > width and not row[-1].strip():
            row.pop()
        if len(row) == width:
            good.append((line, row))
        else:
            bad.append(line)
    frame = _as_columns(good, header, mapping)
    return Rows(frame=frame, refused=_ragged(bad), ignored=ignored)


def _numbered(reader: Any, numbers: list[int]) -> Iterator[tuple[int, list[str]]]:
    """Raises Unreadable unclosed_quote: a quote that swallows the rows after it."""
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
        yield numbers[begun], row
        begun = reader.line_num


def _as_columns(
    good: list[tuple[int, list[str]]], header: _Header, mapping: dict[str, Any]
) -> pl.DataFrame:
    at = {name: n for n, name in reversed(list(enumerate(header.names)))}
    columns = {name: [row[at[name]] for _, row in good] for name in headers(mapping)}
    table = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    chosen = table.select(_clean(name) for name in columns)
    return chosen.insert_column(0, pl.Series("line", [line for line, _ in good], dtype=pl.Int64))
