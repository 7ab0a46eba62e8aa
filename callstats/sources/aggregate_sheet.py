"""A report of counts in a workbook, as the lines of text that a TSV would have."""

from __future__ import annotations

import re

import polars as pl

from callstats.sources.sheet_reading import Sheet, sheet_in

SHEETS_TRIED = 10
# Stands for a formula that was never worked out: no count, and not an empty cell either.
_UNVALUED = "="
_MIDNIGHT = r"^(\d{4}-\d\d-\d\d) 00:00:00$"
_MOMENT = r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$"
_BREAKS = re.compile(r"[\t\r\n]+")


def texts_of(data: bytes) -> list[str]:
    """The visible sheets as text, a line a row, the first one first. Raises as `sheet_in`."""
    first = sheet_in(data, lists_all=True)
    others = [name for name in first.visible if name != first.name][: SHEETS_TRIED - 1]
    return [_text(first), *(_text(sheet_in(data, wanted=name)) for name in others)]


def _text(sheet: Sheet) -> str:
    cells = sheet.cells.select(_days(sheet.cells[name]) for name in sheet.cells.columns)
    if sheet.unvalued is not None:
        marked = [
            pl.when(pl.lit(sheet.unvalued[name])).then(pl.lit(_UNVALUED)).otherwise(pl.col(name))
            for name in sheet.unvalued.columns
        ]
        cells = cells.with_columns(
            each.alias(name) for each, name in zip(marked, sheet.unvalued.columns, strict=True)
        )
    return "".join("\t".join(map(_plain, row)) + "\n" for row in cells.iter_rows())


def _days(values: pl.Series) -> pl.Series:
    """A column whose moments are all midnights holds days; a workbook has no other dates."""
    moments = values.filter(values.str.contains(_MOMENT).fill_null(value=False))
    if moments.is_empty() or not moments.str.contains(_MIDNIGHT).all():
        return values
    return values.str.replace(_MIDNIGHT, "$1")


def _plain(cell: str | None) -> str:
    """Nothing in a cell may look like the end of it, or like a quoted one."""
    return _BREAKS.sub(" ", cell or "").replace('"', "'")
