"""JSON-stat2 as SSB's API and statbank give it. No Django.

Source: json-stat.org/full; PxWebApi v2.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from math import prod
from typing import Any

from municipalities.register import headings
from municipalities.register.figures import Place, PopulationFile, UnreadablePopulation
from municipalities.register.headings import AGE, CONTENTS, REGION, SEX, YEAR, Year
from municipalities.register.parts import Ages, Part, Sex
from municipalities.register.statbank_csv import source
from municipalities.register.summing import Cell, summed

MOST_VALUES = 800_000  # of one answer of SSB's API
PROVISIONAL = "*"
ROLES = {"time": YEAR, "geo": REGION, "metric": CONTENTS}
SEX_CODES = {"0": None, "1": Sex.MEN, "2": Sex.WOMEN}


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """A dimension: its kind, and its categories' codes and labels in the order of the values."""

    kind: str
    codes: list[str]
    labels: list[str]


def read(content: bytes, *, counted_date: date | None = None) -> PopulationFile:
    """The figures of a JSON-stat2 dataset. Raises UnreadablePopulation.

    `counted_date` is needed where no year stands in the file; where years do, it must be one of
    them.
    """
    dataset = _dataset(content)
    dimensions = _dimensions(dataset)
    values = _by_place(dataset.get("value"), size=_size(dimensions))
    status = _by_place(dataset.get("status") or {}, size=_size(dimensions))
    cells = _cells(dimensions, values=values, status=status, counted_date=counted_date)
    figures = summed(cells)
    if counted_date and counted_date not in {figure.counted_date for figure in figures}:
        raise UnreadablePopulation("date_missing", day=counted_date)
    return PopulationFile(figures=figures, source=_source(dataset))


def loaded(content: bytes) -> Any:
    """What the JSON says. Raises UnreadablePopulation."""
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise UnreadablePopulation("no_json") from None


def _dataset(content: bytes) -> dict[str, Any]:
    dataset = loaded(content)
    if not isinstance(dataset, dict) or dataset.get("class") != "dataset":
        raise UnreadablePopulation("no_json_stat")
    return dataset


def _dimensions(dataset: Mapping[str, Any]) -> list[Dimension]:
    names, sizes, told = (dataset.get(name) for name in ("id", "size", "dimension"))
    if not isinstance(names, list) or not isinstance(told, dict):
        raise UnreadablePopulation("broken_json_stat", name="id")
    roles = _roles(dataset)
    found = [_dimension(str(name), told.get(name), roles=roles) for name in names]
    if sizes != [len(each.codes) for each in found]:
        raise UnreadablePopulation("broken_json_stat", name="size")
    kinds = [each.kind for each in found]
    if len(set(kinds)) < len(kinds):
        raise UnreadablePopulation("broken_json_stat", name="id")
    if REGION not in kinds:
        raise UnreadablePopulation("no_region_dimension")
    if _size(found) > MOST_VALUES:
        raise UnreadablePopulation("too_many_values", limit=MOST_VALUES)
    return found


def _roles(dataset: Mapping[str, Any]) -> dict[str, str]:
    """Dimension → kind, where the dataset says what part it plays."""
    roles = dataset.get("role")
    if not isinstance(roles, dict):
        return {}
    return {
        str(name): kind
        for role, kind in ROLES.items()
        if isinstance(roles.get(role), list)
        for name in roles[role]
    }


def _dimension(name: str, told: Any, *, roles: Mapping[str, str]) -> Dimension:
    category = told.get("category") if isinstance(told, dict) else None
    if not isinstance(category, dict):
        raise UnreadablePopulation("broken_json_stat", name=name)
    kind = roles.get(name) or headings.kind_of(name) or headings.kind_of(str(told.get("label")))
    if kind is None:
        raise UnreadablePopulation("unknown_column", column=name[:60])
    given = category.get("label")
    labels: dict[str, Any] = given if isinstance(given, dict) else {}
    codes = _codes(category.get("index", list(labels)), name=name)
    return Dimension(kind=kind, codes=codes, labels=[str(labels.get(c, c)) for c in codes])


def _codes(index: Any, *, name: str) -> list[str]:
    """The codes in order, from a list or from code → position."""
    if isinstance(index, dict):
        if not all(type(at) is int for at in index.values()):
            raise UnreadablePopulation("broken_json_stat", name=name)
        codes = sorted(index, key=index.__getitem__)
        if [index[code] for code in codes] != list(range(len(codes))):
            raise UnreadablePopulation("broken_json_stat", name=name)
        return codes
    if not isinstance(index, list) or not all(isinstance(code, str) for code in index):
        raise UnreadablePopulation("broken_json_stat", name=name)
    if len(set(index)) < len(index):
        raise UnreadablePopulation("broken_json_stat", name=name)
    return index


def _size(dimensions: Sequence[Dimension]) -> int:
    return prod(len(each.codes) for each in dimensions)


def _by_place(given: Any, *, size: int) -> dict[int, Any]:
    """Place → value, from a whole list, a sparse object, or (a status) one word for all."""
    if isinstance(given, str):
        return dict.fromkeys(range(size), given)
    if isinstance(given, list) and len(given) == size:
        return dict(enumerate(given))
    if isinstance(given, dict) and all(key.isascii() and key.isdigit() for key in given):
        found = {int(key): value for key, value in given.items()}
        if max(found, default=0) < max(size, 1):
            return found
    raise UnreadablePopulation("broken_json_stat", name="value")


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
