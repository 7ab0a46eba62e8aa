"""The starting set of requirements, as data: standard.json."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("standard.json")
REGULATION = {"nn": "akuttmedisinforskrifta", "nb": "akuttmedisinforskriften"}


@dataclass(frozen=True)
class StandardRequirement:
    """A requirement as the regulation has it. `valid_months` is a suggestion: no law sets it."""

    key: str
    kind: str
    place: str
    valid_months: int | None
    nn: str
    nb: str

    def name(self, language: str) -> str:
        return self.nn if language == "nn" else self.nb

    def legal_basis(self, language: str) -> str:
        """For example “akuttmedisinforskrifta § 8”; empty where no law asks for it."""
        regulation = REGULATION.get(language, REGULATION["nb"])
        return f"{regulation} {self.place}" if self.place else ""


@cache
def standard() -> tuple[StandardRequirement, ...]:
    """The starting set, in the order of the pages."""
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    return tuple(StandardRequirement(**row) for row in rows)
