"""One sheet of a workbook as text, cell by cell. calamine reads all four kinds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import fastexcel
import polars as pl

from callstats.sources.frames import Unreadable
from callstats.sources.sheet_book import book_of
from callstats.sources.sheet_cells import clock, clocks
from callstats.sources.sheet_contents import check_contents
from callstats.sources.sheet_files import OLE_START, unzipped
from callstats.sources.sheet_formulas import unvalued

_LARGE = r"^\d{16,}"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """`cells`: String columns c0 (A), c1 (B) …, row 1 first, empty rows and columns too.

    `numbers`: not null where the cell is a number and no text; None where no number is large.
    `unvalued`: the columns with a formula stored without its value, true there; None where
    there is none. `is_1904`: day numbers are counted from 1904. `visible`: the names of the
    sheets that a person sees.
    """

    name: str
    cells: pl.DataFrame
    numbers: pl.DataFrame | None
    unvalued: pl.DataFrame | None = None
    is_1904: bool = False
    visible: list[str] = field(default_factory=list)


def read_sheet(data: bytes, *, wanted: str | int | None, lists_all: bool) -> Sheet:
    """Of a workbook that `check_workbook` let pass; `visible` is filled only where asked for.

    A damaged XLS may make calamine ask for so much memory that the process ends: called by
    `sheet_reading` alone. Raises Unreadable: no_sheet (sheet), empty_file, and as
    `check_contents`.
    """
    check_contents(data)
    with _named_errors():
        book = fastexcel.read_excel(data)
        sheet = _read(book, _chosen(book, wanted), has_lengths=_is_ods(data))
        visible = _visible(book) if lists_all else []
    told = book_of(data)
    place = told.places.get(sheet.name)
    lacking = unvalued(data, place=place, height=sheet.cells.height)
    return replace(sheet, visible=visible, is_1904=told.is_1904, unvalued=lacking)


def _is_ods(data: bytes) -> bool:
    if data.startswith(OLE_START):
        return False
    with unzipped(data) as archive:
        return "content.xml" in archive.namelist()


def _visible(book: fastexcel.ExcelReader) -> list[str]:
    return [name for name in book.sheet_names if _load(book, name).visible == "visible"]


@contextmanager
def _named_errors() -> Iterator[None]:
    """Damaged workbooks make calamine refuse, or panic, which is no Exception in Python."""
    try:
        yield
    except fastexcel.FastExcelError as error:
        locked = "password" in str(error).lower()
        code = "encrypted_spreadsheet" if locked else "broken_spreadsheet"
        raise Unreadable(code) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable("broken_spreadsheet") from None


def _chosen(book: fastexcel.ExcelReader, wanted: str | int | None) -> str:
    names = book.sheet_names
    if wanted is None:
        for name in names:
            sheet = _load(book, name)
            if sheet.visible == "visible" and sheet.height:
                return name
        raise Unreadable("empty_file")
    if isinstance(wanted, int) and wanted <= len(names):
        return names[wanted - 1]
    if wanted in names:
        return str(wanted)
    raise Unreadable("no_sheet", sheet=wanted)


def _load(book: fastexcel.ExcelReader, name: str, kind: Any = "string") -> fastexcel.ExcelSheet:
    return book.load_sheet(name, header_row=None, skip_rows=0, dtypes=kind)


def _read(book: fastexcel.ExcelReader, name: str, *, has_lengths: bool) -> Sheet:
    text = _cells(book, name, "string")
    if not text.width or not text.height:
        raise Unreadable("empty_file")
    cells = text.select(clocks(pl.col(name)).alias(name) for name in text.columns)
    if has_lengths:
        cells = _with_lengths(cells, _cells(book, name, "duration"))
    is_large = text.select(pl.any_horizontal(pl.all().str.contains(_LARGE).any())).item()
    return Sheet(
        name=name, cells=cells, numbers=_cells(book, name, "boolean") if is_large else None
    )


def _with_lengths(cells: pl.DataFrame, lengths: pl.DataFrame) -> pl.DataFrame:
    """ODS times of day have no text of their own; they are read as lengths."""
    told = {name: clock(pl.lit(lengths[name]).dt.total_seconds()) for name in cells.columns}
    return cells.with_columns(pl.coalesce(name, told[name]).alias(name) for name in told)


def _cells(
    book: fastexcel.ExcelReader, name: str, kind: Literal["string", "boolean", "duration"]
) -> pl.DataFrame:
    """From column A on: calamine begins at the first that is used."""
    sheet = _load(book, name, kind)
    table = sheet.to_polars()
    used = [f"c{column.absolute_index}" for column in sheet.available_columns()]
    table = table.rename(dict(zip(table.columns, used, strict=True)))
    before = int(used[0][1:]) if used else 0
    blank = [pl.lit(None, table.dtypes[0]).alias(f"c{n}") for n in range(before)]
    return table.select(*blank, *used)
