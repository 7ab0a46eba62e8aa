"""Files with inhabitants: Statistics Norway's table 07459 and norge-data. No database."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from municipalities.register import readers

REGION = re.compile(r"^(?:K-)?([0-9]{4})(?:\s|$)")
COUNT = re.compile(r"^(?:Persons|Personer|Persones)\s+([0-9]{4})$")
TOTALS = frozenset({"total", "i alt", "all ages", "alle aldre", "both sexes", "begge kjønn"})
SSB_SOURCE = "Statistisk sentralbyrå, tabell 07459 (CC BY 4.0)"
NORGE_DATA_SOURCE = "Statistisk sentralbyrå / github.com/aprestmo/norge-data (MIT)"


class UnreadablePopulation(ValueError):
    """The file does not give inhabitants; the message names the place and the reason."""


@dataclass(frozen=True, kw_only=True, order=True)
class Figure:
    """Inhabitants of one region. `number` is None where the region is no municipality."""

    region: str
    number: str | None
    counted_date: date
    inhabitants: int


@dataclass(frozen=True, kw_only=True)
class PopulationFile:
    """Every figure of a file and where the file is from."""

    figures: list[Figure]
    source: str


def read(content: bytes, *, counted_date: date | None = None) -> PopulationFile:
    """The figures of either kind of file. JSON carries no date, so `counted_date` is needed.

    Raises UnreadablePopulation.
    """
    if not content.strip():
        raise UnreadablePopulation("the file is empty")
    if content.lstrip()[:1] == b"[":
        return read_norge_data(content, counted_date=counted_date)
    return read_table_07459(content, counted_date=counted_date)


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
            inhabitants=_whole(str(row.inhabitants), place=number),
        )
        for number, row in listed.items()
    ]
    return PopulationFile(figures=sorted(figures), source=NORGE_DATA_SOURCE)


def read_table_07459(content: bytes, *, counted_date: date | None = None) -> PopulationFile:
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
            count = _whole(row[column], place=f"line {line}")
            sums[region, day] = sums.get((region, day), 0) + count
    _same_ages(ages)
    _one_region_a_number(ages)
    figures = [
        Figure(region=region, number=_number(region), counted_date=day, inhabitants=count)
        for (region, day), count in sums.items()
    ]
    return PopulationFile(figures=sorted(figures, key=_order), source=SSB_SOURCE)


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


def _whole(text: str, *, place: str) -> int:
    if not text.strip().isascii() or not text.strip().isdigit():
        raise UnreadablePopulation(f"{place}: {text[:20]!r} is no count of people")
    return int(text)
