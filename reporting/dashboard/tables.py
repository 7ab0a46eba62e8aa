"""A table of plain values, the same on the screen and in the downloaded file."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import Decimal

from legevakt.lib.spreadsheets import harmless

Cell = str | int | Decimal

BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Row:
    """The first cell names the row; `url` leads to what the row rests on."""

    cells: tuple[Cell, ...]
    url: str = ""


@dataclass(frozen=True)
class Table:
    """Headings and rows; every row has a cell for every heading."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def as_csv(table: Table) -> str:
    """Semicolons, decimal comma and a byte order mark, as Norwegian spreadsheets expect.

    No text acts as a formula.
    """
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow([_as_text(heading) for heading in table.headings])
    writer.writerows([_as_text(cell) for cell in row.cells] for row in table.rows)
    return BYTE_ORDER_MARK + written.getvalue()


def _as_text(cell: Cell) -> str:
    """
    >>> _as_text(Decimal("27.3")), _as_text("=1+1")
    ('27,3', "'=1+1")
    """
    if isinstance(cell, Decimal):
        return str(cell).replace(".", ",")
    return harmless(cell) if isinstance(cell, str) else str(cell)
