"""Inhabitants as a file tells them, whatever the kind of file. No database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


class UnreadablePopulation(ValueError):
    """The file does not give inhabitants. `code` names why, `params` where; words.py tells it."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code, self.params = code, params


class Place(NamedTuple):
    """Where in the file: the line of a table, or the value or entry of a JSON file; from 1."""

    kind: str
    at: int


@dataclass(frozen=True, kw_only=True, order=True)
class Figure:
    """Inhabitants of one region. `number` is None where the region is no municipality.

    `is_provisional`: the file marks the figure so; else whoever loads it says what it is.
    """

    region: str
    number: str | None
    counted_date: date
    inhabitants: int
    is_provisional: bool = False
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, kw_only=True)
class PopulationFile:
    """Every figure of a file and where the file is from."""

    figures: list[Figure]
    source: str
