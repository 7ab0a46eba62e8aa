"""A file with inhabitants: Statistics Norway's table 07459 or norge-data. No database."""

from __future__ import annotations

from datetime import date

from municipalities.register import readers, table_07459
from municipalities.register.figures import (
    Figure,
    PopulationFile,
    UnreadablePopulation,
    whole,
)

NORGE_DATA_SOURCE = "Statistisk sentralbyrå / github.com/aprestmo/norge-data (MIT)"


def read(content: bytes, *, counted_date: date | None = None) -> PopulationFile:
    """The figures of either kind of file. JSON carries no date, so `counted_date` is needed.

    Raises UnreadablePopulation.
    """
    if not content.strip():
        raise UnreadablePopulation("the file is empty")
    if content.lstrip()[:1] == b"[":
        return read_norge_data(content, counted_date=counted_date)
    return table_07459.read(content, counted_date=counted_date)


def read_norge_data(content: bytes, *, counted_date: date | None) -> PopulationFile:
    """norge-data's JSON: one object a municipality."""
    if counted_date is None:
        raise UnreadablePopulation("the JSON file carries no date: give the date of the count")
    try:
        listed = readers.norge_data(content)
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadablePopulation(f"not a list of municipalities: {error!r}") from error
    figures = [
        Figure(
            region=f"{number} {row.name}",
            number=number,
            counted_date=counted_date,
            inhabitants=whole(str(row.inhabitants), place=number),
        )
        for number, row in listed.items()
    ]
    return PopulationFile(figures=sorted(figures), source=NORGE_DATA_SOURCE)
