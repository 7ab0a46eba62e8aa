"""The nation's figures as published, from reviewed data: what is known and what is not.

A fact that is not published is null in `national.json`, never a guess. Counted are calls, which
are not contacts. No Django here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any

from callstats.comparison.national_checks import FACTS, problems

FILE = Path(__file__).parent / "national.json"


class NationalError(ValueError):
    """A file of national figures that cannot be used; names the file and what is wrong in it."""


@dataclass(frozen=True)
class Publication:
    """Where a figure stands; `published_on` and `url` may not be known."""

    id: str
    title: str
    publisher: str
    published_on: date | None
    url: str | None


@dataclass(frozen=True)
class Fact:
    """A published value and where it stands. Unverified: not read in the publication itself."""

    value: Any
    sources: tuple[Publication, ...]
    is_verified: bool
    is_preliminary: bool


@dataclass(frozen=True)
class NationalYear:
    """What is published of a year; None where nothing is.

    `percent` is of all calls. `calls` {at_least, at_most}; `centrals_met` {count, one_in};
    `spread` [{from_percent, to_percent, centrals}]; `named` central → percent.
    """

    year: int
    target_met: Fact | None
    percent: Fact | None
    calls: Fact | None
    centrals: Fact | None
    centrals_met: Fact | None
    spread: Fact | None
    named: Mapping[str, Fact]

    @property
    def facts(self) -> list[Fact]:
        """Every fact of the year."""
        told = [getattr(self, name) for name in FACTS]
        return [fact for fact in [*told, *self.named.values()] if fact is not None]


@dataclass(frozen=True)
class Headline:
    """The latest percentage, its centrals, and the years in a row that missed the target."""

    year: int
    percent: int | float
    missed_from: int
    missed_to: int
    centrals: int
    centrals_met: int
    sources: tuple[str, ...]


@dataclass(frozen=True)
class National:
    """All published years in order, the definition they follow, and the target in percent."""

    publisher: str
    definition_id: str
    target_percent: int
    reviewer: str | None
    reviewed_on: date | None
    publications: tuple[Publication, ...]
    years: tuple[NationalYear, ...]
    headline: Headline


@cache
def national_figures() -> National:
    """The figures of `national.json`; raises NationalError."""
    return load(FILE)


def load(path: Path) -> National:
    """Read and check a file; raises NationalError naming it and its first fault."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise NationalError(f"{path.name}: is not JSON ({error})") from error
    for problem in problems(content):
        raise NationalError(f"{path.name}: {problem}")
    return _national(content)


def _national(content: Mapping[str, Any]) -> National:
    publications = {source["id"]: _publication(source) for source in content["sources"]}
    return National(
        publisher=content["publisher"],
        definition_id=content["definition"],
        target_percent=content["target_percent"],
        reviewer=content["reviewer"],
        reviewed_on=_day(content["reviewed_on"]),
        publications=tuple(publications.values()),
        years=tuple(_year(year, publications) for year in content["years"]),
        headline=_headline(content, publications),
    )


def _headline(content: Mapping[str, Any], publications: Mapping[str, Publication]) -> Headline:
    """The checks have seen to it that the latest percentage has its centrals beside it."""
    latest = [year for year in content["years"] if year["percent"]][-1]
    missed = [year["year"] for year in takewhile(_has_missed, reversed(content["years"]))]
    return Headline(
        year=latest["year"],
        percent=latest["percent"]["value"],
        missed_from=missed[-1],
        missed_to=missed[0],
        centrals=latest["centrals"]["value"],
        centrals_met=latest["centrals_met"]["value"]["count"],
        sources=tuple(publications[source].title for source in latest["percent"]["sources"]),
    )


def _has_missed(year: Mapping[str, Any]) -> bool:
    return year["target_met"] is not None and not year["target_met"]["value"]


def _year(year: Mapping[str, Any], publications: Mapping[str, Publication]) -> NationalYear:
    facts = {name: _fact(year[name], publications) if year[name] else None for name in FACTS}
    return NationalYear(
        year=year["year"],
        **facts,
        named={each["name"]: _fact(each, publications) for each in year["named"]},
    )


def _fact(told: Mapping[str, Any], publications: Mapping[str, Publication]) -> Fact:
    return Fact(
        value=told["value"],
        sources=tuple(publications[source] for source in told["sources"]),
        is_verified=told["is_verified"],
        is_preliminary=told["is_preliminary"],
    )


def _publication(source: Mapping[str, Any]) -> Publication:
    return Publication(**{**source, "published_on": _day(source["published_on"])})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
