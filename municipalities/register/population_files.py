"""A file with inhabitants: SSB's statbank (CSV, JSON-stat2) or norge-data's JSON. No database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from municipalities.register import json_shape, json_stat, statbank_csv
from municipalities.register.figures import Place, PopulationFile, UnreadablePopulation
from municipalities.register.parts import EVERYBODY
from municipalities.register.summing import Cell, summed

NORGE_DATA_SOURCE = "Statistisk sentralbyrå / github.com/aprestmo/norge-data (MIT)"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read(content: bytes, *, counted_date: date | None = None) -> PopulationFile:
    """The figures of any of the files. `counted_date` is needed where the file has no year.

    Raises UnreadablePopulation.
    """
    begins = content.removeprefix(BYTE_ORDER_MARK).lstrip()[:1]
    if not begins:
        raise UnreadablePopulation("empty_file")
    if begins == b"[":
        return read_norge_data(content, counted_date=counted_date)
    if begins == b"{":
        return json_stat.read(content, counted_date=counted_date)
    return statbank_csv.read(content, counted_date=counted_date)


def read_norge_data(content: bytes, *, counted_date: date | None) -> PopulationFile:
    """norge-data's JSON: one object a municipality."""
    if counted_date is None:
        raise UnreadablePopulation("date_needed")
    cells = _cells(json_shape.loaded(content), counted_date=counted_date)
    return PopulationFile(figures=summed(cells), source=NORGE_DATA_SOURCE)


def _cells(rows: list[Any], *, counted_date: date) -> Iterator[Cell]:
    for at, row in enumerate(rows, 1):
        place = Place("entry", at)
        number, count = (_told(row, name, place=place) for name in ("k_id", "k_population"))
        if not isinstance(number, str) or type(count) is not int or count < 0:
            raise UnreadablePopulation("no_count", first=place, value=str(count)[:20])
        yield Cell(
            region=f"{number} {row.get('k_name_no', '')}".strip(),
            number=number,
            counted_date=counted_date,
            part=EVERYBODY,
            people=count,
            is_provisional=False,
            place=place,
        )


def _told(row: Any, name: str, *, place: Place) -> Any:
    if not isinstance(row, dict) or name not in row:
        raise UnreadablePopulation("no_entry", first=place)
    return row[name]
