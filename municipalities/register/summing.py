"""The counts of a file to one figure a region and day: never twice, never half. No Django."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from municipalities.register.figures import Figure, Place, UnreadablePopulation
from municipalities.register.parts import EVERYBODY, Part, fault_of

MOST = 10_000_000  # more than live in all of Norway


class Cell(NamedTuple):
    """One count as the file has it; None where the file has a mark for «no count»."""

    region: str
    number: str | None
    counted_date: date
    part: Part
    people: int | None
    is_provisional: bool
    place: Place


def summed(cells: Iterable[Cell]) -> list[Figure]:
    """A figure for each region and day that has one, by day and region.

    A region is known by its municipality number, however its name is spelled. Where all its
    counts are missing or zero, the number was not in use that day, and it has no figure.
    Raises UnreadablePopulation where a count stands twice, a part is missing or counted twice, or
    no region has a number.
    """
    together: dict[tuple[str, date], dict[Part, Cell]] = {}
    for cell in cells:
        parts = together.setdefault((cell.number or cell.region, cell.counted_date), {})
        first = parts.setdefault(cell.part, cell)
        if first is not cell:
            _check_same(first, cell)
    figures = [figure for parts in together.values() if (figure := _figure(parts))]
    _check_any(together.values(), figures)
    return sorted(figures, key=lambda figure: (figure.counted_date, figure.region))


def _check_same(first: Cell, second: Cell) -> None:
    """The same total again does no harm. The same part again may be of others."""
    if first.part != EVERYBODY:
        raise UnreadablePopulation(
            "part_twice",
            region=second.region,
            part=first.part,
            first=first.place,
            second=second.place,
        )
    if first.people != second.people:
        raise UnreadablePopulation(
            "two_figures",
            region=second.region,
            day=second.counted_date,
            first=first.place,
            second=second.place,
            one=_told(first),
            other=_told(second),
        )


def _figure(parts: dict[Part, Cell]) -> Figure | None:
    cells = list(parts.values())
    counts = [cell.people for cell in cells if cell.people is not None]
    if not any(counts):
        return None
    first, inhabitants = cells[0], sum(counts)
    if found := fault_of(frozenset(parts)):
        raise UnreadablePopulation(
            found.code, region=first.region, about=found.about, first=first.place
        )
    if lacking := next((cell for cell in cells if cell.people is None), None):
        raise UnreadablePopulation("count_missing", region=lacking.region, first=lacking.place)
    if inhabitants > MOST:
        raise UnreadablePopulation("no_count", first=first.place, value=str(inhabitants))
    return Figure(
        region=first.region,
        number=first.number,
        counted_date=first.counted_date,
        inhabitants=inhabitants,
        is_provisional=any(cell.is_provisional for cell in cells),
        place=first.place,
    )


def _check_any(regions: Iterable[dict[Part, Cell]], figures: list[Figure]) -> None:
    cells = [cell for parts in regions for cell in parts.values()]
    if cells and not any(cell.number for cell in cells):
        raise UnreadablePopulation("no_numbers", region=cells[0].region, first=cells[0].place)
    if not figures:
        raise UnreadablePopulation("no_figures")


def _told(cell: Cell) -> str:
    return "–" if cell.people is None else str(cell.people)
