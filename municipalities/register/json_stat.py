"""JSON-stat2 as SSB's API and statbank give it. No Django.

Source: PxWebApi v2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any

from municipalities.register import headings
from municipalities.register.figures import Place, PopulationFile, UnreadablePopulation
from municipalities.register.headings import AGE, CONTENTS, REGION, SEX, YEAR, Year
from municipalities.register.json_shape import (
    Dimension,
    by_place,
    dataset_in,
    dimensions_of,
    size_of,
)
from municipalities.register.parts import Ages, Part, Sex
from municipalities.register.statbank_csv import source
from municipalities.register.summing import Cell, summed

PROVISIONAL = "*"
SEX_CODES = {"0": None, "1": Sex.MEN, "2": Sex.WOMEN}


def read(content: bytes, *, counted_date: date | None = None) -> PopulationFile:
    """The figures of a JSON-stat2 dataset. Raises UnreadablePopulation.

    `counted_date` is needed where no year stands in the file; where years do, it must be one of
    them.
    """
    dataset = dataset_in(content)
    dimensions = dimensions_of(dataset)
    values = by_place(dataset.get("value"), size=size_of(dimensions))
    status = by_place(dataset.get("status") or {}, size=size_of(dimensions))
    cells = _cells(dimensions, values=values, status=status, counted_date=counted_date)
    figures = summed(cells)
    if counted_date and counted_date not in {figure.counted_date for figure in figures}:
        raise UnreadablePopulation("date_missing", day=counted_date)
    return PopulationFile(figures=figures, source=_source(dataset))


def _cells(
    dimensions: Sequence[Dimension],
    *,
    values: Mapping[int, Any],
    status: Mapping[int, Any],
    counted_date: date | None,
) -> Iterator[Cell]:
    given = Year(counted_date) if counted_date else None
    meanings = [_meanings(each) for each in dimensions]
    kinds = [each.kind for each in dimensions]
    for at, met in enumerate(product(*meanings)):
        told = dict(zip(kinds, met, strict=True))
        region, year = told[REGION], told.get(YEAR, given)
        if not told.get(CONTENTS, True) or headings.is_sum_of_others(region):
            continue
        if year is None:
            raise UnreadablePopulation("date_needed")
        place = Place("value", at + 1)
        yield Cell(
            region=region,
            number=headings.number_of(region),
            counted_date=year.counted_date,
            part=Part(told.get(SEX), told.get(AGE)),
            people=_count(values.get(at), place=place),
            is_provisional=year.is_provisional or status.get(at) == PROVISIONAL,
            place=place,
        )


def _meanings(dimension: Dimension) -> list[Any]:
    """What each category stands for."""
    told = list(zip(dimension.codes, dimension.labels, strict=True))
    if dimension.kind == CONTENTS:
        return _contents(told)
    meaning = {REGION: _region, SEX: _sex, AGE: _ages, YEAR: _year}[dimension.kind]
    try:
        return [meaning(code, label) for code, label in told]
    except ValueError as error:
        raise UnreadablePopulation("unknown_category", value=str(error)[:40]) from None


def _contents(told: Sequence[tuple[str, str]]) -> list[bool]:
    """Which of the contents is people; there must be one."""
    found = [headings.is_of_persons(c) or headings.is_of_persons(label) for c, label in told]
    if sum(found) != 1:
        labels = ", ".join(label for _, label in told)
        raise UnreadablePopulation("unknown_column", column=labels[:60])
    return found


def _region(code: str, label: str) -> str:
    return code if label.startswith(code) else f"{code} {label}"


def _sex(code: str, label: str) -> Sex | None:
    if label == code and code in SEX_CODES:
        return SEX_CODES[code]
    return headings.sex_of(label)


def _ages(_code: str, label: str) -> Ages | None:
    return headings.ages_of(label)


def _year(_code: str, label: str) -> Year:
    return headings.year_of(label)


def _count(value: Any, *, place: Place) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
        raise UnreadablePopulation("no_count", first=place, value=str(value)[:20])
    if value < 0:
        raise UnreadablePopulation("no_count", first=place, value=str(value)[:20])
    return int(value)


def _source(dataset: Mapping[str, Any]) -> str:
    """The publisher and the table, as far as the file says."""
    told = dataset.get("source")
    publisher = "".join(c for c in told if c.isprintable())[:120] if isinstance(told, str) else ""
    table = headings.table_number(str(dataset.get("label", "")))
    return source(table=table, **({"publisher": publisher} if publisher else {}))
