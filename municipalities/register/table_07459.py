"""Statistics Norway's table 07459, population by region and age, as a semicolon file."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from municipalities.register.figures import (
    Figure,
    PopulationFile,
    UnreadablePopulation,
    whole,
)

SOURCE = "Statistisk sentralbyrå, tabell 07459 (CC BY 4.0)"
REGION = re.compile(r"^(?:K-)?([0-9]{4})(?:\s|$)")
COUNT = re.compile(r"^(?:Persons|Personer)\s+([0-9]{4})$")
TOTALS = frozenset({"total", "i alt", "all ages", "alle aldre", "both sexes", "begge kjønn"})


def read(content: bytes, *, counted_date: date | None = None) -> PopulationFile:
    """SSB's semicolon file (UTF-8 or ISO-8859-1): a title, a header, a row a region and age.

    The ages of a region are summed; every region must have the same ages, each once.
    """
    rows = _rows(_text(content))
    years = _years(next(rows)[1], counted_date=counted_date)
    sums: dict[tuple[str, date], int] = {}
    ages: dict[str, Counter[tuple[str, ...]]] = {}
    for line, row in rows:
        _check(row, line=line, width=max(years) + 1)
        region, part = row[0], tuple(row[1 : min(years)])
        ages.setdefault(region, Counter())[part] += 1
        for column, day in years.items():
            count = whole(row[column], place=f"line {line}")
            sums[region, day] = sums.get((region, day), 0) + count
    _same_ages(ages)
    _one_region_a_number(ages)
    figures = [
        Figure(region=region, number=_number(region), counted_date=day, inhabitants=count)
        for (region, day), count in sums.items()
    ]
    return PopulationFile(figures=sorted(figures, key=_order), source=SOURCE)


def _order(figure: Figure) -> tuple[date, str]:
    return figure.counted_date, figure.region


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with their line, from the header on: titles have one cell, the header more."""
    reader = csv.reader(io.StringIO(text), delimiter=";")
    found = False
    for row in reader:
        if len(row) > 1:
            found = True
            yield reader.line_num, row
    if not found:
        raise UnreadablePopulation("no row has semicolons: table 07459 as semicolon file is read")


def _years(header: list[str], *, counted_date: date | None) -> dict[int, date]:
    """Column → 1 January of its year."""
    years = {
        column: date(int(found[1]), 1, 1)
        for column, name in enumerate(header)
        if (found := COUNT.match(name.strip()))
    }
    if not years:
        raise UnreadablePopulation(f"no column «Persons YEAR» among {', '.join(header)}")
    if min(years) < 1:
        raise UnreadablePopulation("the first column must be the region")
    if counted_date is not None and counted_date not in years.values():
        raise UnreadablePopulation(f"the file has no count of {counted_date}")
    return years


def _check(row: list[str], *, line: int, width: int) -> None:
    if len(row) < width:
        raise UnreadablePopulation(f"line {line} has {len(row)} cells, not {width}")
    if any(cell.strip().lower() in TOTALS for cell in row[1:]):
        raise UnreadablePopulation(f"line {line} is a total, which would be counted twice")


def _same_ages(ages: dict[str, Counter[tuple[str, ...]]]) -> None:
    if not ages:
        raise UnreadablePopulation("the file has a header and no figures")
    every = set().union(*ages.values())
    for region, counted in ages.items():
        twice = next((part for part, times in counted.items() if times > 1), None)
        if twice is not None:
            raise UnreadablePopulation(f"{region}: {' '.join(twice)} stands twice")
        if missing := every - set(counted):
            raise UnreadablePopulation(f"{region}: {' '.join(min(missing))} is missing")


def _one_region_a_number(regions: Iterable[str]) -> None:
    numbers = Counter(number for region in regions if (number := _number(region)))
    for number, times in numbers.items():
        if times > 1:
            raise UnreadablePopulation(f"{number} is the number of {times} regions")


def _number(region: str) -> str | None:
    found = REGION.match(region)
    return found[1] if found else None
