"""Inhabitants as a file tells them, whatever the kind of file. No database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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


def whole(text: str, *, place: str) -> int:
    """A count of people, 0 or more; anything else raises UnreadablePopulation."""
    if not text.strip().isascii() or not text.strip().isdigit():
        raise UnreadablePopulation(f"{place}: {text[:20]!r} is no count of people")
    return int(text)
