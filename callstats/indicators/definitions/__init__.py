"""Indicator definitions as reviewed data: one JSON file each, never edited once used.

A changed parameter is a new version in a new file. `schema.json` says what a file must hold.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

FOLDER = Path(__file__).parent
SCHEMA = Draft202012Validator(json.loads((FOLDER / "schema.json").read_text(encoding="utf-8")))
DEFAULT_ID = "lvs-2min-v1"
DEFAULT_FIRST = ("NKI", "INNRINGER", "BESIDE", "SENSITIVITY")


class DefinitionError(ValueError):
    """A definition file that cannot be used; names the file and what is wrong in it."""


class UnknownDefinition(LookupError):
    """There is no definition with that id."""


class NoTarget(LookupError):
    """The indicator has no target, or no threshold, to be compared with."""


@dataclass(frozen=True)
class Term:
    """Some calls: of these outcomes, all of them or by how long they took, in seconds.

    `within_seconds` is inclusive; `longer_than_seconds` takes unknown waits too;
    `rung_back_within_seconds` is from arrival until somebody was called back.
    """

    outcomes: tuple[str, ...]
    within_seconds: int | None = None
    longer_than_seconds: int | None = None
    rung_back_within_seconds: int | None = None

    @property
    def edge(self) -> int | None:
        """The seconds at which waits are counted, if any."""
        return self.within_seconds or self.longer_than_seconds or self.rung_back_within_seconds


@dataclass(frozen=True)
class Definition:
    """The parameters of one indicator. Thresholds in seconds, inclusive; target in percent.

    `kind` is a share, the bands of unanswered calls, or a statistic of waits in seconds. An
    indicator without a target has none. `excludes` are the kinds of exclusion it honours. A field
    that is added later needs a default, since copies without it are frozen with figures.
    """

    id: str
    version: int
    profile: str
    kind: str
    name: dict[str, str]
    statement: dict[str, str]
    target_percent: int | None
    line_classes: tuple[str, ...]
    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...]
    statistic: str | None
    second_threshold_seconds: int
    excludes: tuple[str, ...]
    parameters: dict[str, str]
    sources: tuple[str, ...]
    author: str
    reviewer: str | None
    reviewed_on: str | None

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Definition:
        """What a file says; raises DefinitionError for what the schema refuses."""
        for problem in _problems(content):
            raise DefinitionError(problem)
        return cls(**_read(content))

    @classmethod
    def from_stored(cls, content: Mapping[str, Any]) -> Definition:
        """What was frozen with a figure, whatever today's schema asks of a file.

        A member that is no longer known is passed over. Raises DefinitionError where one is
        missing, or where a term has a part that nothing can count by any longer.
        """
        known = {each.name for each in fields(cls)}
        try:
            return cls(**_read({name: told for name, told in content.items() if name in known}))
        except (KeyError, TypeError) as error:
            raise DefinitionError(f"cannot be counted by any longer ({error})") from error

    def as_dict(self) -> dict[str, Any]:
        """Every parameter, as the file has it."""
        told = json.loads(json.dumps(asdict(self)))
        for name in ("numerator", "denominator"):
            told[name] = [
                {key: value for key, value in term.items() if value is not None}
                for term in told[name]
            ]
        return told

    @property
    def terms(self) -> tuple[Term, ...]:
        return (*self.numerator, *self.denominator)

    @cached_property
    def outcomes(self) -> tuple[str, ...]:
        """Every outcome in the denominator."""
        return tuple(dict.fromkeys(o for term in self.denominator for o in term.outcomes))

    @property
    def denominator_outcomes(self) -> tuple[str, ...]:
        return self.outcomes

    @property
    def numerator_outcomes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(o for term in self.numerator for o in term.outcomes))

    @property
    def threshold_seconds(self) -> int | None:
        """The first threshold of the numerator, where it has one."""
        return next((term.edge for term in self.numerator if term.edge), None)

    @property
    def target(self) -> int:
        """The target in percent; raises NoTarget for an indicator without one."""
        if self.target_percent is None:
            raise NoTarget(self.id)
        return self.target_percent

    @property
    def limit_seconds(self) -> int:
        """The threshold of an indicator with a target; raises NoTarget for one without any."""
        if self.threshold_seconds is None:
            raise NoTarget(self.id)
        return self.threshold_seconds


@cache
def all_definitions() -> dict[str, Definition]:
    """Every definition by id, the national one first; raises DefinitionError for a bad file."""
    paths = sorted(path for path in FOLDER.glob("*.json") if path.name != "schema.json")
    found = sorted(
        (load(path) for path in paths),
        key=lambda each: (DEFAULT_FIRST.index(each.profile), each.id),
    )
    return {definition.id: definition for definition in found}


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
        content = json.loads(path.read_text(encoding="utf-8"), parse_float=_refuse_fraction)
    except ValueError as error:
        raise DefinitionError(f"{path.name}: is not JSON ({error})") from error
    try:
        definition = Definition.from_dict(content)
    except DefinitionError as error:
        raise DefinitionError(f"{path.name}: {error}") from None
    if definition.id != path.stem:
        raise DefinitionError(f"{path.name}: the id must be the file's name")
    return definition


def _refuse_fraction(text: str) -> None:
    raise ValueError(f"{text}: numbers are whole")


def _read(content: Mapping[str, Any]) -> dict[str, Any]:
    """The members with their lists as tuples and their terms as Term."""
    lists = ("line_classes", "excludes", "sources")
    return (
        dict(content)
        | {name: tuple(content[name]) for name in lists}
        | {name: _terms(content[name]) for name in ("numerator", "denominator")}
    )


def _terms(terms: list[dict[str, Any]]) -> tuple[Term, ...]:
    return tuple(Term(**term | {"outcomes": tuple(term["outcomes"])}) for term in terms)


def _problems(content: Any) -> Iterator[str]:
    """What is wrong, most telling first: the schema's errors, then what no schema can say."""
    errors = sorted(SCHEMA.iter_errors(content), key=lambda error: list(map(str, error.path)))
    for error in errors:
        place = "/".join(map(str, error.path)) or "the file"
        yield f"{place}: {error.message}"
    if errors:
        return
    if not content["id"].endswith(f"-v{content['version']}"):
        yield "id: must end with the version"
    if (content["kind"] == "seconds") != bool(content["statistic"]):
        yield "statistic: belongs to an indicator in seconds, and to no other"
    if content["statistic"] and content["excludes"]:
        yield "excludes: a statistic in seconds cannot leave calls out"
    thresholds = [term.edge or 0 for term in _terms(content["numerator"])]
    if max(thresholds) > content["second_threshold_seconds"]:
        yield "second_threshold_seconds: is below the first threshold"
    yield from _beyond_denominator(content)


def _beyond_denominator(content: dict[str, Any]) -> Iterator[str]:
    """Every call of the numerator must be one of the denominator, and none counted twice."""
    for part in ("numerator", "denominator"):
        named = [outcome for term in content[part] for outcome in term["outcomes"]]
        if len(named) != len(set(named)):
            yield f"{part}: an outcome stands in two terms"
    below = {o: term for term in content["denominator"] for o in term["outcomes"]}
    for term in content["numerator"]:
        for outcome in term["outcomes"]:
            if outcome not in below:
                yield f"numerator: {outcome} is not in the denominator"
            elif set(below[outcome]) != {"outcomes"} and below[outcome] != term:
                yield f"numerator: {outcome} is only partly in the denominator"
