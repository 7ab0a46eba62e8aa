"""Workbooks (XLSX, XLSM, XLS, ODS) to the rows of text that a CSV gives."""

from __future__ import annotations

from typing import Any

import polars as pl

from callstats.sources import table_header as heads
from callstats.sources.frames import Unreadable
from callstats.sources.sheet_cells import with_times
from callstats.sources.sheet_reading import Sheet, sheet_in
from callstats.sources.table_mapping import Column, has_header, headers
from callstats.sources.table_rows import Rows, chosen, refused_rows

# Stands between the cells of a row where a pattern (header_line, footer_regex) looks for text.
MARK = ";"
_EXACT = 2**53


def rows_in_sheet(data: bytes, mapping: dict[str, Any]) -> Rows:
    """The rows under the header, `line` being the sheet's own row.

    Titles, empty rows, footers and repeated headers are ignored. A row is refused where a
    mapped cell is a formula_without_value, or its id a number too large to be exact (lossy_id).
    Raises Unreadable: as `sheet_in`, no_header, missing_columns.
    """
    sheet = sheet_in(data, wanted=mapping.get("sheet"))
    begins, positions = _header(sheet, mapping)
    texts = texts_of(sheet.cells)
    rows = sheet.cells.with_row_index("line", offset=1).with_columns(text=texts)
    furniture = _furniture(texts, begins, mapping.get("footer_regex"))
    kept = rows.slice(begins).filter(~furniture.slice(begins))
    frame = chosen(kept, positions=positions, lines=kept["line"])
    wrong = {
        "formula_without_value": _unvalued(sheet, positions) & set(kept["line"]),
        "lossy_id": _lossy(sheet, positions, mapping) & set(kept["line"]),
    }
    wrong["lossy_id"] -= wrong["formula_without_value"]
    good = frame.filter(~pl.col("line").is_in(sorted(set().union(*wrong.values()))))
    return Rows(
        frame=with_times(good, mapping, is_1904=sheet.is_1904),
        refused=pl.concat(refused_rows(sorted(at), code=code) for code, at in wrong.items()),
        ignored=sheet.cells.height - min(begins, 1) - kept.height,
    )


def texts_of(cells: pl.DataFrame) -> pl.Series:
    """Each row's cells joined, for patterns; empty where every cell is."""
    joined = pl.concat_str(pl.all().fill_null(""), separator=MARK).str.strip_chars_end(MARK)
    return cells.select(text=joined)["text"]


def names_in(cells: pl.DataFrame, row: int) -> list[str]:
    """The header's names in that 0-based row, without empty cells at its end."""
    names = [(name or "").strip("\u00a0 \t\r\n") for name in cells.row(row)]
    while names and not names[-1]:
        names.pop()
    return names


def _header(sheet: Sheet, mapping: dict[str, Any]) -> tuple[int, dict[Column, int]]:
    """(rows until the data begin, the place of each mapped column)."""
    if not has_header(mapping):
        beyond = [column for column in headers(mapping) if int(column) > sheet.cells.width]
        if beyond:
            raise Unreadable("missing_columns", columns=beyond, line=1)
        return 0, heads.positions([], mapping)
    texts = texts_of(sheet.cells)
    read = {
        n: names_in(sheet.cells, n) for n in heads.candidates(texts, mapping.get("header_line"))
    }
    if not read:
        raise Unreadable("no_header")
    fitting = (n for n, names in read.items() if not heads.absent(names, mapping))
    at = next(fitting, min(read))
    if missing := heads.absent(read[at], mapping):
        raise Unreadable("missing_columns", columns=missing, line=at + 1)
    return at + 1, heads.positions(read[at], mapping)


def _furniture(texts: pl.Series, begins: int, footer: str | None) -> pl.Series:
    """Empty rows, the header once more, and footers."""
    again = texts[begins - 1] if begins else ""
    found = (texts.str.strip_chars() == "") | (texts == again)
    return found | texts.str.contains(footer) if footer else found


def _unvalued(sheet: Sheet, positions: dict[Column, int]) -> set[int]:
    if sheet.unvalued is None:
        return set()
    mapped = {f"c{place}" for place in positions.values()}
    told = [sheet.unvalued[name] for name in sheet.unvalued.columns if name in mapped]
    return {row + 1 for column in told for row in column.arg_true()}


def _lossy(sheet: Sheet, positions: dict[Column, int], mapping: dict[str, Any]) -> set[int]:
    """Rows whose id (or group) is a number that a workbook does not hold exactly."""
    named = mapping["columns"].get("id", []), mapping.get("group", [])
    places = {
        positions[column]
        for each in named
        for column in (each if isinstance(each, list) else [each])
        if column in positions
    }
    found: set[int] = set()
    if sheet.numbers is None:
        return found
    for place in places:
        digits = sheet.cells[f"c{place}"].str.extract(r"^(\d{16,})(?:\.0*)?$", 1)
        large = digits.cast(pl.Decimal(38, 0), strict=False) >= _EXACT
        is_number = sheet.numbers[f"c{place}"].is_not_null()
        found |= {row + 1 for row in (large & is_number).fill_null(value=False).arg_true()}
    return found
