"""A file nobody has described: its encoding, its delimiter, its header and its footer."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

import polars as pl

from callstats.sources.files import decode
from callstats.sources.guess_times import is_clock, is_date, is_epoch, is_moment
from callstats.sources.guess_words import FOOTERS, fields_of
from callstats.sources.sheet_reading import sheet_in
from callstats.sources.spreadsheet import MARK, names_in, texts_of
from callstats.sources.table_header import field_counts, usual_width
from callstats.sources.table_header import names_in as names_of_line
from callstats.sources.table_lines import lines_of
from callstats.sources.table_mapping import DELIMITERS

# Of a longer file the beginning tells enough.
_READ = 8 * 1024 * 1024
_SEARCHED = 200
_LAST = 5


@dataclass(frozen=True, kw_only=True)
class Table:
    """How the file is laid out. `header_line` is 1-based, None where the rows begin at once.

    `records`: the dotted path of the list that holds the rows, of JSON that wraps it.
    """

    names: list[str]
    header_line: int | None
    footer_regex: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: list[str] = field(default_factory=list)
    is_json: bool = False
    records: str | None = None
    warnings: list[str] = field(default_factory=list)


def guess_sheet(data: bytes) -> Table:
    """Of a workbook. Raises Unreadable as `sheet_in`."""
    sheet = sheet_in(data, lists_all=True)
    cells = sheet.cells
    texts = texts_of(cells)
    width = _usual(texts.head(_SEARCHED).str.count_matches(MARK, literal=True) + 1)
    tried = {n: names_in(cells, n) for n in range(min(cells.height, _SEARCHED))}
    at = _header_among(tried, width)
    return Table(
        names=tried[at] if at is not None else [str(n + 1) for n in range(cells.width)],
        header_line=None if at is None else at + 1,
        footer_regex=_footer(texts.to_list(), width, MARK),
        sheet=sheet.name,
        sheets=sheet.visible,
    )


def guess_text(data: bytes) -> tuple[Table, str]:
    """(how it is laid out, its text). Raises Unreadable as `decode`."""
    encoding, warnings = guess_encoding(data)
    text = decode(_beginning(data, encoding), encoding=encoding)
    lines = lines_of(text)
    delimiter, width = guess_delimiter(lines)
    tried = {n: names_of_line(line, delimiter) for n, line in enumerate(lines.head(_SEARCHED))}
    at = _header_among(tried, width)
    table = Table(
        names=tried[at]
        if at is not None
        else [str(n + 1) for n in range(usual_width(lines, delimiter))],
        header_line=None if at is None else at + 1,
        footer_regex=_footer(lines.to_list(), width, delimiter),
        encoding=encoding,
        delimiter=delimiter,
        warnings=warnings,
    )
    return table, text


def guess_encoding(data: bytes) -> tuple[str, list[str]]:
    """(encoding, warnings): by its BOM, else what fits; Windows-1252 where UTF-8 does not.

    Warns mixed_encoding where single bytes break a text that is otherwise UTF-8.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", []
    start = data[:4_000]
    if b"\x00" in start and not data.startswith(codecs.BOM_UTF8):
        odd = sum(1 for byte in start[1::2] if byte == 0)
        even = sum(1 for byte in start[::2] if byte == 0)
        if max(odd, even) > len(start) // 4:
            return ("utf-16-le" if odd > even else "utf-16-be"), []
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        is_mixed = re.search(rb"[\xc3][\xa0-\xbf\x80-\x9f](?![\x80-\xbf])", data) is not None
        undefined = any(byte in data for byte in b"\x81\x8d\x8f\x90\x9d")
        name = "iso8859-1" if undefined else "windows-1252"
        return name, ["mixed_encoding"] if is_mixed else []
    return "utf-8", []


def _beginning(data: bytes, encoding: str) -> bytes:
    if len(data) <= _READ:
        return data
    is_wide = encoding.startswith("utf-16")
    if is_wide:  # a code unit is two bytes, and either may look like the end of a line
        return data[:_READ]
    end = b"\n"
    return data[: data.rfind(end, 0, _READ) + len(end)]


def guess_delimiter(lines: pl.Series) -> tuple[str, int]:
    """(delimiter, usual number of fields): that by which most lines have most fields alike."""
    told = lines.filter(lines.str.contains(r"\S")).head(_SEARCHED)
    scores = {}
    for mark in DELIMITERS:
        counts = field_counts(told, mark, '"')
        width = _usual(counts.filter(counts > 1))
        scores[mark] = ((width - 1) * int((counts == width).sum()), width)
    best = max(scores, key=lambda mark: scores[mark][0])
    return best, scores[best][1]


def _usual(counts: pl.Series) -> int:
    return max(counts.mode().to_list(), default=1)


def _header_among(tried: dict[int, list[str]], width: int) -> int | None:
    """0-based: the line with most known words; without any, the first that holds no values."""
    wide = {n: names for n, names in tried.items() if len(names) > max(1, width // 2)}
    known = {n: sum(bool(fields_of(name)) for name in names) for n, names in wide.items()}
    plain = [n for n, names in wide.items() if not any(map(_is_value, names))]
    named = [n for n in plain if known[n]]
    if named:
        return max(named, key=lambda n: (known[n], -n))
    first = min(wide, default=None)
    return first if first in plain else None


def _is_value(cell: str) -> bool:
    bare = cell.strip()
    tests = (is_date, is_clock, is_epoch, is_moment)
    return any(test(bare) for test in tests) or re.fullmatch(r"\+?[\d.,]{3,}", bare) is not None


def _footer(lines: list[str], width: int, delimiter: str) -> str | None:
    """A pattern for the last lines where they are no rows."""
    last = [line for line in lines if line.strip(" \t\r" + delimiter)][-_LAST:]
    found = []
    for line in reversed(last):
        first = re.match(r"[\"'\s]*([^\W\d_]{2,}[^\W\d_ ]*)", line)
        is_short = line.rstrip("\r").strip(delimiter).count(delimiter) + 1 < max(2, width // 2)
        if not first or not (re.match(FOOTERS, line) or is_short):
            break
        found.append(re.escape(first[1]))
    return rf"^[\"'\s]*(?:{'|'.join(dict.fromkeys(found))})" if found else None
