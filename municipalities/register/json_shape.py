"""The shape of a JSON-stat2 dataset: its dimensions, and its values by place. No Django.

Source: json-stat.org/full.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from municipalities.register import headings
from municipalities.register.figures import UnreadablePopulation
from municipalities.register.headings import CONTENTS, REGION, YEAR

MOST_VALUES = 800_000  # of one answer of SSB's API
ROLES = {"time": YEAR, "geo": REGION, "metric": CONTENTS}


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """A dimension: its kind, and its categories' codes and labels in the order of the values."""

    kind: str
    codes: list[str]
    labels: list[str]


def loaded(content: bytes) -> Any:
    """What the JSON says. Raises UnreadablePopulation."""
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise UnreadablePopulation("no_json") from None


def dataset_in(content: bytes) -> dict[str, Any]:
    """The dataset. Raises UnreadablePopulation."""
    dataset = loaded(content)
    if not isinstance(dataset, dict) or dataset.get("class") != "dataset":
        raise UnreadablePopulation("no_json_stat")
    return dataset


def dimensions_of(dataset: Mapping[str, Any]) -> list[Dimension]:
    """Its dimensions, in the order of the values. Raises UnreadablePopulation."""
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
    if size_of(found) > MOST_VALUES:
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


def size_of(dimensions: Sequence[Dimension]) -> int:
    """How many values there are room for."""
    return prod(len(each.codes) for each in dimensions)


def by_place(given: Any, *, size: int) -> dict[int, Any]:
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
