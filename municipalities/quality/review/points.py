"""The 21 points of the regulation that a review goes through, read from points.json. No Django.

Source: forskrift om ledelse og kvalitetsforbedring i helse- og omsorgstjenesten (2016-10-28-1250),
§ 6 to plan (a to g), § 7 to carry out (a to e), § 8 to evaluate (a to f), § 9 to correct (a to c).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import ascii_lowercase

from jsonschema import Draft202012Validator

FOLDER = Path(__file__).parent
LETTERS = {6: 7, 7: 5, 8: 6, 9: 3}


class PointsError(ValueError):
    """The file cannot be used; tells what is wrong in it."""


@dataclass(frozen=True, kw_only=True)
class Point:
    """A letter of the regulation; `pages` are those of the product that show how it stands."""

    code: str
    text: str
    pages: tuple[str, ...]

    @property
    def section(self) -> int:
        """The number of the paragraph, 6 to 9."""
        return int(self.code[0])

    @property
    def place(self) -> str:
        """Where it stands: § 6 a."""
        return f"§ {self.code[0]} {self.code[1]}"


@cache
def points() -> Mapping[str, Point]:
    """Code → point, in the order of the regulation. Raises PointsError."""
    return read((FOLDER / "points.json").read_text(encoding="utf-8"))


def read(text: str) -> dict[str, Point]:
    """The points of a file's text: every letter of §§ 6–9, once, in order. Raises PointsError."""
    stored = json.loads(text)
    for error in _schema().iter_errors(stored):
        raise PointsError(f"{error.json_path}: {error.message}")
    found = [
        Point(code=row["code"], text=row["text"], pages=tuple(row["pages"]))
        for row in stored["points"]
    ]
    if [each.code for each in found] != codes():
        raise PointsError("a letter of the regulation is missing, or they are not in its order")
    return {each.code: each for each in found}


def codes() -> list[str]:
    """
    >>> codes()[0], codes()[6], codes()[7], len(codes())
    ('6a', '6g', '7a', 21)
    """
    return [
        f"{section}{letter}"
        for section, count in LETTERS.items()
        for letter in ascii_lowercase[:count]
    ]


@cache
def _schema() -> Draft202012Validator:
    return Draft202012Validator(
        json.loads((FOLDER / "points.schema.json").read_text(encoding="utf-8"))
    )
