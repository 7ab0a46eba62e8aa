"""Indicator definitions as reviewed data: one JSON file each, never edited once used.

A changed parameter is a new version in a new file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from callstats.calls.models import Outcome
from municipalities.models import LineClass

FOLDER = Path(__file__).parent
DEFAULT_ID = "lvs-2min-v1"
OUTCOMES = frozenset(Outcome.values)
LINE_CLASSES = frozenset(LineClass.values)


class DefinitionError(ValueError):
    """A definition file that cannot be used; names the file and what is wrong in it."""


class UnknownDefinition(LookupError):
    """There is no definition with that id."""


@dataclass(frozen=True)
class Definition:
    """The parameters of one indicator. Thresholds in seconds, inclusive; target in percent."""

    id: str
    version: int
    profile: str
    name: dict[str, str]
    statement: dict[str, str]
    threshold_seconds: int
    second_threshold_seconds: int
    target_percent: int
    line_classes: list[str]
    numerator_outcomes: list[str]
    denominator_outcomes: list[str]
    parameters: dict[str, str]
    sources: list[str]
    author: str
    reviewer: str | None
    reviewed_on: str | None


@cache
def all_definitions() -> dict[str, Definition]:
    """Every definition by id; raises DefinitionError for a file that is not right."""
    definitions = [load(path) for path in sorted(FOLDER.glob("*.json"))]
    return {definition.id: definition for definition in definitions}


def by_id(definition_id: str) -> Definition:
    """The definition; raises UnknownDefinition."""
    try:
        return all_definitions()[definition_id]
    except KeyError:
        raise UnknownDefinition(definition_id) from None


def default_definition() -> Definition:
    """The national quality indicator, as Helsedirektoratet defines it."""
    return by_id(DEFAULT_ID)


def load(path: Path) -> Definition:
    """Read and check one file; raises DefinitionError naming the file and the reason."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise DefinitionError(f"{path.name}: is not JSON ({error})") from error
    if not isinstance(content, dict) or set(content) != set(SHAPES):
        raise DefinitionError(f"{path.name}: must have exactly the keys {', '.join(SHAPES)}")
    for name, has_shape in SHAPES.items():
        if not has_shape(content[name]):
            raise DefinitionError(f"{path.name}: {name} cannot be {content[name]!r}")
    definition = Definition(**content)
    for problem in _problems(definition, path):
        raise DefinitionError(f"{path.name}: {problem}")
    return definition


def _is_text(value) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_text_or_none(value) -> bool:
    return value is None or _is_text(value)


def _is_whole_number(value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _are_texts(value) -> bool:
    return isinstance(value, list) and all(map(_is_text, value)) and len(set(value)) == len(value)


def _are_named_texts(value) -> bool:
    return isinstance(value, dict) and all(map(_is_text, value.values()))


SHAPES = {
    "id": _is_text,
    "version": _is_whole_number,
    "profile": _is_text,
    "name": _are_named_texts,
    "statement": _are_named_texts,
    "threshold_seconds": _is_whole_number,
    "second_threshold_seconds": _is_whole_number,
    "target_percent": _is_whole_number,
    "line_classes": _are_texts,
    "numerator_outcomes": _are_texts,
    "denominator_outcomes": _are_texts,
    "parameters": _are_named_texts,
    "sources": _are_texts,
    "author": _is_text,
    "reviewer": _is_text_or_none,
    "reviewed_on": _is_text_or_none,
}


def _problems(definition: Definition, path: Path):
    numerator, denominator = (
        set(definition.numerator_outcomes),
        set(definition.denominator_outcomes),
    )
    if definition.id != path.stem or not definition.id.endswith(f"-v{definition.version}"):
        yield "the id must be the file's name and end with the version"
    if not 0 < definition.threshold_seconds < definition.second_threshold_seconds:
        yield "the thresholds must be positive and rising"
    if not 0 < definition.target_percent <= 100:
        yield "the target must be a percentage"
    if not numerator or not numerator <= denominator <= OUTCOMES:
        yield "numerator outcomes must be among the denominator's, and all known"
    if not definition.line_classes or not set(definition.line_classes) <= LINE_CLASSES:
        yield "unknown line class"
    if set(definition.name) != {"nn", "nb", "en"} or set(definition.statement) != set(
        definition.name
    ):
        yield "name and statement are needed in nn, nb and en"
    if not definition.sources:
        yield "a source in law or a published definition is needed"
