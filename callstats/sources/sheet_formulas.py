"""Formulas that were never worked out: the cell holds the question, not the answer.

An XLSX may lack the value where a program wrote it that does not calculate; XLS and ODS always
hold one.
"""

from __future__ import annotations

import re
from collections import defaultdict

import polars as pl

from callstats.sources.sheet_contents import member
from callstats.sources.sheet_files import unzipped
from callstats.sources.sheet_sizes import number_of

# No letter is taken twice (*+), so that no file makes the pattern slow.
_CELL = re.compile(rb"<c\b([^<]*+)<f\b[^<]*+(?:</f>\s*+)?(?:<v\s*+/>\s*+|<v>\s*+</v>\s*+)?</c>")
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")


def unvalued(data: bytes, *, place: str | None, height: int) -> pl.DataFrame | None:
    """Columns c0, c1 … of which a cell is a formula stored without its value: true at those

    rows, of as many as `height`; None where there is no such cell. `place`: the sheet's part.
    """
    if place is None:
        return None
    with unzipped(data) as archive:
        xml = member(archive, place)
    rows = _rows_by_column(xml) if b"<f" in xml else {}
    numbers = pl.int_range(1, height + 1, eager=True)
    told = {f"c{at}": numbers.is_in(pl.Series(lines)) for at, lines in sorted(rows.items())}
    return pl.DataFrame(told) if told else None


def _rows_by_column(xml: bytes) -> dict[int, list[int]]:
    """1-based rows by 0-based column from A."""
    rows: dict[int, list[int]] = defaultdict(list)
    for found in _CELL.finditer(xml):
        if at := _PLACE.search(found[1]):
            rows[number_of(at[1]) - 1].append(int(at[2]))
    return rows
