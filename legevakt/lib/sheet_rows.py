"""Rows of a CSV file or of the first sheet of a workbook, as text. No Django here."""

from __future__ import annotations

import csv
from collections.abc import Sequence

from legevakt.lib.workbooks import ZIP_START, BrokenSheet, rows_in_sheet

LOOKED_AT = 20
Rows = list[tuple[int, list[str]]]


class UnreadableRows(ValueError):
    """The file has no rows that can be read: `code` says why, `facts` fill the words."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def rows_of(data: bytes, *, max_bytes: int, max_rows: int) -> Rows:
    """Rows numbered from 1 as in the file, cells without blanks around them.

    Raises UnreadableRows: empty_file, too_large, broken_sheet, not_text, too_many_rows.
    """
    if not data.strip():
        raise UnreadableRows("empty_file")
    if len(data) > max_bytes:
        raise UnreadableRows("too_large", megabytes=max_bytes // 1024**2)
    rows = _sheet(data) if data.startswith(ZIP_START) else _lines(_text(data))
    if len(rows) > max_rows:
        raise UnreadableRows("too_many_rows", limit=max_rows)
    return [(number, [cell.strip() for cell in cells]) for number, cells in rows]


def _sheet(data: bytes) -> Rows:
    try:
        return list(enumerate(rows_in_sheet(data), 1))
    except BrokenSheet:
        raise UnreadableRows("broken_sheet") from None


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableRows("not_text")


def _lines(text: str) -> Rows:
    lines = text.splitlines()
    reader = csv.reader(lines, delimiter=_delimiter(lines[:LOOKED_AT]))
    try:
        return [(reader.line_num, cells) for cells in reader]
    except csv.Error:
        raise UnreadableRows("not_text") from None


def _delimiter(lines: Sequence[str]) -> str:
    """A comma stands in amounts too, so that it divides only where nothing else does."""
    return next((each for each in ";\t" if any(each in line for line in lines)), ",")
