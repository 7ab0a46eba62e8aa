"""A few bytes can ask for a sheet larger than any memory: told before the sheet is laid out."""

from __future__ import annotations

import io
import re
import zipfile

from callstats.sources.frames import Unreadable

# Rows times columns. A million calls of twenty columns fit.
MAX_CELLS = 25_000_000
_REPEATED = 2_000_000
_CELL = re.compile(rb'\br="\$?([A-Z]{1,7})\$?(\d{1,10})"')
_ODS_ROW = re.compile(
    rb'<table:table-row\b[^>]*number-rows-repeated="(\d+)"[^>]*>(.*?)</table:table-row>', re.DOTALL
)
_ODS_CELL = re.compile(rb'<table:table-cell\b[^>]*number-columns-repeated="(\d+)"[^>]*>')


def check_size(data: bytes) -> None:
    """Of a zipped workbook already checked. Raises Unreadable archive_too_large (limit)."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            is_sheet = name.startswith("xl/worksheets/") and name.endswith(".xml")
            if is_sheet and _area(archive.read(name)) > MAX_CELLS:
                raise Unreadable("archive_too_large", limit=MAX_CELLS)
            if name == "content.xml" and _repeats(archive.read(name)) > _REPEATED:
                raise Unreadable("archive_too_large", limit=_REPEATED)


def _area(xml: bytes) -> int:
    """From A1 to the last row and the last column that any cell names."""
    last_row, columns = 1, set()
    for found in _CELL.finditer(xml):
        columns.add(found[1])
        last_row = max(last_row, int(found[2]))
    return last_row * max(map(_number, columns), default=1)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _repeats(xml: bytes) -> int:
    """How often cells with something in them are repeated; empty ones cost nothing."""
    cells = [int(found[1]) for found in _ODS_CELL.finditer(xml) if b"value-type" in found[0]]
    widest = max(cells, default=1)
    rows = [int(found[1]) for found in _ODS_ROW.finditer(xml) if b"value-type" in found[2]]
    return max(sum(cells), sum(rows) * widest)
