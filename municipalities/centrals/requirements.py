"""The checklist's requirements, read once from requirements.json. No Django here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator

FOLDER = Path(__file__).parent
NUMBER_MARK = "-"  # no requirement's key has it


class RequirementsError(ValueError):
    """The file cannot be used; tells what is wrong in it."""


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """A row of the checklist; `is_per_number`: a row for each public number in use.

    `law` is a key of words.LAWS, `place` the paragraph in it. `interval_months` is proposed.
    """

    number: int
    key: str
    law: str
    place: str
    interval_months: int
    is_per_number: bool
    answered_by: str = ""

    def row_key(self, number_id: int | None) -> str:
        """The row's name in addresses: `amk`, or `message_113-17` for a public number."""
        return f"{self.key}{NUMBER_MARK}{number_id}" if number_id else self.key


@cache
def requirements() -> dict[str, Requirement]:
    """Key → requirement, in the order of the list. Raises RequirementsError."""
    return read((FOLDER / "requirements.json").read_text(encoding="utf-8"))


@cache
def retrieved_on() -> date:
    """The day the legal bases were read at Lovdata."""
    stored = json.loads((FOLDER / "requirements.json").read_text(encoding="utf-8"))
    return date.fromisoformat(stored["retrieved_on"])


def read(text: str) -> dict[str, Requirement]:
    """The requirements of a file's text. Raises RequirementsError."""
    stored = json.loads(text)
    for error in _schema().iter_errors(stored):
        raise RequirementsError(f"{error.json_path}: {error.message}")
    found = {row["key"]: Requirement(**row) for row in stored["requirements"]}
    if [each.number for each in found.values()] != [*range(1, len(stored["requirements"]) + 1)]:
        raise RequirementsError("a key stands twice, or the numbers do not follow each other")
    return found


@cache
def _schema() -> Draft202012Validator:
    return Draft202012Validator(
        json.loads((FOLDER / "requirements.schema.json").read_text(encoding="utf-8"))
    )


def keys(*, per_number: bool) -> list[str]:
    """The keys of the requirements that are checked for each number, or once a central."""
    return [each.key for each in requirements().values() if each.is_per_number == per_number]
