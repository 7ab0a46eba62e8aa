"""A few bytes can ask for a sheet larger than any memory: told before the sheet is laid out.

The patterns take no letter twice: none of them may be slow on a file made for that.
"""

from __future__ import annotations

import re

from callstats.sources.frames import Unreadable

# Rows times columns. A million calls of twenty columns fit.
MAX_CELLS = 25_000_000
_REPEATED = 2_000_000
_ODS = "content.xml"
_CELL = re.compile(rb"""\br=["']\$?([A-Z]{1,7})\$?(\d{1,10})["']""")
_ODS_TAG = re.compile(rb"<table:table-(row|cell)\b([^<]*+)")
_TIMES = re.compile(rb"""\bnumber-(?:rows|columns)-repeated=["'](\d{1,18})""")


def has_cells(name: str) -> bool:
    """Whether that part of a zipped workbook is one or more sheets."""
    return name == _ODS or (name.startswith("xl/worksheets/") and name.endswith(".xml"))


def check_size(name: str, xml: bytes) -> None:
    """Of a part that has cells. Raises Unreadable archive_too_large (limit)."""
    if name == _ODS:
        if _repeats(xml) > _REPEATED:
            raise Unreadable("archive_too_large", limit=_REPEATED)
    elif _area(xml) > MAX_CELLS:
        raise Unreadable("archive_too_large", limit=MAX_CELLS)


def _area(xml: bytes) -> int:
    """From A1 to the last row and the last column that any cell names."""
    last_row, columns = 1, set()
    for found in _CELL.finditer(xml):
        columns.add(found[1])
        last_row = max(last_row, int(found[2]))
    return last_row * max(map(number_of, columns), default=1)


def number_of(letters: bytes) -> int:
    """A column's letters → its 1-based number."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _repeats(xml: bytes) -> int:
    """How often cells with something in them are repeated; empty ones cost nothing."""
    cells, rows, row, widest = 0, 0, 0, 1
    for found in _ODS_TAG.finditer(xml):
        told = _TIMES.search(found[2])
        times = int(told[1]) if told else 0
        if found[1] == b"row":
            row = times
        elif b"value-type" in found[2]:
            cells, widest = cells + times, max(widest, times)
            rows, row = rows + row, 0  # a row is counted once, by its first such cell
    return max(cells, rows * widest)
