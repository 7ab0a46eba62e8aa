"""A delimited text to columns of text with their line numbers. Nothing is lost on the way."""

from __future__ import annotations

import re
from typing import Any

import polars as pl

from callstats.sources.table_header import Header, field_counts, header_of
from callstats.sources.table_quotes import rows_by_quotes
from callstats.sources.table_rows import Rows, chosen, empty_table, refused_rows

_EDGES = "\ufeff \t\r"


def rows_of(text: str, mapping: dict[str, Any]) -> Rows:
    """The rows under the header. Title lines, blank lines, footers and repeated headers are

    counted as ignored; a row with too few or too many fields is refused as ragged_row.
    Raises Unreadable: no_header, missing_columns (columns), wrong_delimiter, unclosed_quote.
    """
    lines = lines_of(text)
    header = header_of(lines, mapping)
    quote = mapping.get("quote") or '"'
    body = lines.to_frame().with_row_index("line", offset=1).slice(header.line)
    kept = body.filter(~_is_furniture(header, mapping.get("footer_regex")))
    ignored = lines.len() - min(header.line, 1) - kept.height
    if quote not in text or _is_one_line_each(kept["text"], header.delimiter, quote):
        return _by_columns(kept, header, quote, ignored)
    return rows_by_quotes(kept, header=header, quote=quote, ignored=ignored)


def lines_of(text: str) -> pl.Series:
    """The lines of a text, whatever ends them; the last end of line begins no line."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        text = text if "\n" in text else text.replace("\r", "\n")
    return pl.Series("text", text.removesuffix("\n").split("\n"))


def _is_furniture(header: Header, footer: str | None) -> pl.Expr:
    text = pl.col("text")
    blank = text.str.strip_chars(_EDGES + header.delimiter) == ""
    again = text.str.strip_chars(_EDGES) == header.text.strip(_EDGES)
    return blank | again | (text.str.contains(footer) if footer else pl.lit(value=False))


def _is_one_line_each(lines: pl.Series, delimiter: str, quote: str) -> bool:
    """Every quoted field begins and ends on its line, at the field's own edges."""
    mark = re.escape(delimiter)
    field = rf"(?:{quote}(?:[^{quote}]|{quote}{quote})*{quote}|[^{quote}{mark}]*)"
    quoted = lines.filter(lines.str.contains(quote, literal=True))
    return bool(quoted.str.contains(rf"^{field}(?:{mark}{field})*$").all())


def _by_columns(kept: pl.DataFrame, header: Header, quote: str, ignored: int) -> Rows:
    fits = _fits(kept["text"], header, quote)
    good, bad = kept.filter(fits), kept.filter(~fits)
    table = _read(good["text"], header, quote)
    frame = chosen(table, positions=header.positions, lines=good["line"])
    return Rows(frame=frame, refused=refused_rows(bad["line"], code="ragged_row"), ignored=ignored)


def _fits(lines: pl.Series, header: Header, quote: str) -> pl.Series:
    """As many fields as the header; more only if they are empty at the end of the line."""
    width, mark = header.width, re.escape(header.delimiter)
    fields = field_counts(lines, header.delimiter, quote)
    if not header.is_exact:
        return fields >= width
    if (fields == width).all():
        return fields == width
    trimmed = lines.str.replace(rf'(?:{mark}|{mark}"\s*")+$', "")
    return (fields >= width) & (field_counts(trimmed, header.delimiter, quote) <= width)


def _read(lines: pl.Series, header: Header, quote: str) -> pl.DataFrame:
    """The mapped columns as c0, c1 …: headers may repeat."""
    if lines.is_empty():
        return empty_table(header.width)
    return pl.read_csv(
        lines.str.join("\n")[0].encode(),
        has_header=False,
        separator=header.delimiter,
        quote_char=None if quote == "none" else quote,
        schema={f"c{n}": pl.String for n in range(header.width)},
        columns=sorted(set(header.positions.values())),
        truncate_ragged_lines=True,
        extra_columns="ignore",
    )
