"""A sample that is a workbook, laid out as a table."""

from __future__ import annotations

from typing import Any

from callstats.mappings.layouts import Layout, keys_of
from callstats.sources.frames import Unreadable
from callstats.sources.sheet_reading import Sheet, sheet_in
from callstats.sources.spreadsheet import names_in, rows_in_sheet, texts_of
from callstats.sources.table_header import absent, candidates
from callstats.sources.table_mapping import NO_HEADER, Column, has_header


def layout_of_workbook(data: bytes, *, mapping: dict[str, Any]) -> Layout:
    """Raises Unreadable as `sheet_in` and `rows_in_sheet`; no_header."""
    sheet = sheet_in(data, wanted=mapping.get("sheet"))
    names: list[str] = []
    found: dict[str, Any] = {"header_line": NO_HEADER, "sheet": sheet.name}
    if has_header(mapping):
        at = _header_row(sheet, mapping)
        names, found = names_in(sheet.cells, at), found | {"header_line": at + 1}
    keys: list[Column] = keys_of(names) if names else list(range(1, sheet.cells.width + 1))
    footer = {"footer_regex": mapping["footer_regex"]} if mapping.get("footer_regex") else {}
    asked = mapping | found | {"columns": _asked(mapping, names, keys)}
    frame = rows_in_sheet(data, asked).frame
    return Layout(names=tuple(names), keys=tuple(keys), frame=frame, settings=footer | found)


def _asked(mapping: dict[str, Any], names: list[str], keys: list[Column]) -> dict[str, Any]:
    """Every column, under a field that asks nothing of it; times as the mapping has them."""
    times = {
        field: named
        for field, named in mapping["columns"].items()
        if field.endswith("_at") and not absent(names, {"columns": {field: named}})
    }
    return times | {"municipality": keys}


def _header_row(sheet: Sheet, mapping: dict[str, Any]) -> int:
    """The 0-based row with the mapping's columns, else with the most names."""
    rows = candidates(texts_of(sheet.cells), mapping.get("header_line"))
    if not rows:
        raise Unreadable("no_header")
    names = {row: names_in(sheet.cells, row) for row in rows}
    if mapping["columns"]:
        fitting = [row for row in rows if not absent(names[row], mapping)]
        rows = fitting[:1] or rows
    return max(rows, key=lambda row: sum(map(bool, names[row])))
