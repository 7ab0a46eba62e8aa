"""KOSTRA's functions and arts, and how each usually counts (kostra.json). No Django here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator

FOLDER = Path(__file__).parent
FIRST_REVENUE = "600"


class KostraError(ValueError):
    """The file cannot be used; tells what is wrong in it."""


@dataclass(frozen=True, kw_only=True)
class Code:
    """A function or an art; `names` by language. `reasons`: why an art counts so, if told."""

    code: str
    names: Mapping[str, str] = field(repr=False)
    treatment: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict, repr=False)

    def name(self, language: str) -> str:
        return self.names.get(language, self.names["nn"])

    def why(self, language: str) -> str:
        return self.reasons.get(language, "")


@dataclass(frozen=True)
class Kostra:
    """Code → function, and code → art, in KOSTRA's order."""

    functions: Mapping[str, Code]
    arts: Mapping[str, Code]


@cache
def kostra() -> Kostra:
    """What kostra.json tells. Raises KostraError."""
    return read((FOLDER / "kostra.json").read_text(encoding="utf-8"))


def usual_treatments() -> dict[str, str]:
    """Art → how it usually counts.

    >>> usual_treatments()["190"], usual_treatments()["590"]
    ('capital', 'left_out')
    """
    return {code: art.treatment for code, art in kostra().arts.items()}


def is_revenue(art: str) -> bool:
    """KOSTRA's arts from 600 are revenue, those before it costs.

    >>> is_revenue("599"), is_revenue("600")
    (False, True)
    """
    return art >= FIRST_REVENUE


def read(text: str) -> Kostra:
    """The codes of a file's text, each once. Raises KostraError."""
    stored = json.loads(text)
    for error in _schema().iter_errors(stored):
        raise KostraError(f"{error.json_path}: {error.message}")
    return Kostra(*(_by_code(stored[kind]) for kind in ("functions", "arts")))


def _by_code(rows: list[dict]) -> dict[str, Code]:
    found: dict[str, Code] = {}
    for row in rows:
        if row["code"] in found:
            raise KostraError(f"{row['code']} stands twice")
        found[row["code"]] = Code(
            code=row["code"],
            names={language: row[language] for language in ("nn", "nb", "en")},
            treatment=row.get("treatment", ""),
            reasons=row.get("why", {}),
        )
    return found


@cache
def _schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads((FOLDER / "kostra.schema.json").read_text("utf-8")))
