"""A table of plain values, the same on the screen and in the downloaded file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from legevakt.lib import words
from legevakt.lib.spreadsheets import harmless

Cell = str | int | Decimal

BYTE_ORDER_MARK = "\ufeff"
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


@dataclass(frozen=True)
class Row:
    """The first cell names the row; `url` leads to what the row rests on."""

    cells: tuple[Cell, ...]
    url: str = ""

    @property
    def shown(self) -> list[str]:
        """The cells as people read them; a file keeps its numbers as numbers."""
        return [cell if isinstance(cell, str) else words.number(cell) for cell in self.cells]


@dataclass(frozen=True)
class LabelledRow:
    """A row for a stacked table: what heads it, and its other cells with their headings."""

    head: str
    url: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """Headings and rows; every row has a cell for every heading.

    `text_columns` tells how many of the first columns are words ("1" to "4", or "all").
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    text_columns: str = "1"

    @property
    def shown(self) -> list[list[str]]:
        """The rows as components/_table.html takes them."""
        return [row.shown for row in self.rows]

    @property
    def labelled(self) -> list[LabelledRow]:
        """The rows as components/_linked_table.html takes them."""
        return [
            LabelledRow(
                row.shown[0], row.url, tuple(zip(self.headings[1:], row.shown[1:], strict=True))
            )
            for row in self.rows
        ]


def amount_cell(amount: Decimal) -> Cell:
    """Kroner; whole ones as a whole number, so that no page says «,00».

    >>> amount_cell(Decimal("692289.00")), amount_cell(Decimal("0.50"))
    (692289, Decimal('0.50'))
    """
    return int(amount) if amount == amount.to_integral_value() else amount


def as_csv(table: Table) -> str:
    """Semicolons, decimal comma and a byte order mark, as Norwegian spreadsheets expect.

    No text acts as a formula.
    """
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow([_as_text(heading) for heading in table.headings])
    writer.writerows([_as_text(cell) for cell in row.cells] for row in table.rows)
    return BYTE_ORDER_MARK + written.getvalue()


def as_xlsx(table: Table) -> bytes:
    """A workbook of one sheet: numbers as numbers, headings frozen, texts never formulas."""
    return as_workbook({"": table})


def as_workbook(tables: Mapping[str, Table], *, made_at: datetime | None = None) -> bytes:
    """A workbook with a sheet for each name, at most 31 letters; "" gives it a name of its own.

    With `made_at` the same tables give the same bytes.
    """
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, PLAIN) as book:
        if made_at is not None:
            book.set_properties({"created": made_at.astimezone(UTC).replace(tzinfo=None)})
        for name, table in tables.items():
            _write_sheet(book, book.add_worksheet(name or None), table)
    return written.getvalue()


def _write_sheet(book: xlsxwriter.Workbook, sheet: Worksheet, table: Table) -> None:
    sheet.write_row(0, 0, table.headings, book.add_format({"bold": True, "text_wrap": True}))
    decimals = {places: book.add_format({"num_format": f"0.{'0' * places}"}) for places in (1, 2)}
    for place, row in enumerate(table.rows, 1):
        for column, cell in enumerate(row.cells):
            sheet.write(place, column, *_as_shown(cell, decimals=decimals))
    sheet.freeze_panes(1, 0)
    sheet.autofit()


def download(table: Table, *, file_format: str, name: str) -> HttpResponse:
    """The table as a file named `name` and its ending; raises KeyError for another format."""
    make, content_type = FORMATS[file_format]
    answer = HttpResponse(make(table), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{file_format}"'
    return answer


FORMATS: dict[str, tuple[Callable[[Table], str | bytes], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def _as_shown(cell: Cell, *, decimals: Mapping[int, Format]) -> tuple[Any, ...]:
    """The value and, with decimals, the format that keeps a last zero: 76,0 as on the screen."""
    if not isinstance(cell, Decimal):
        return (cell,)
    return float(cell), decimals.get(-int(cell.as_tuple().exponent))


def _as_text(cell: Cell) -> str:
    """
    >>> _as_text(Decimal("27.3")), _as_text("=1+1")
    ('27,3', "'=1+1")
    """
    if isinstance(cell, Decimal):
        return str(cell).replace(".", ",")
    return harmless(cell) if isinstance(cell, str) else str(cell)
