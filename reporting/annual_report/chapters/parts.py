"""A chapter that is made of parts: each has its facts, its section and its sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise

from legevakt.lib.periods import local_day
from municipalities.queries import Page
from reporting.annual_report.chapters.chapter import (
    Chapter,
    Figures,
    ReportYear,
    Section,
    own_facts,
)


@dataclass(frozen=True, kw_only=True)
class Told:
    """A part's frozen facts, with the report's year and the day on which they were read."""

    year: int
    read_date: date
    facts: Mapping[str, Any]


def no_sentences(told: Told) -> Iterable[str]:
    """Of a part that suggests nothing."""
    del told
    return ()


@dataclass(frozen=True, kw_only=True)
class Part:
    """One subject of a chapter. `facts` gives None where nothing is registered of it."""

    key: str
    title: str | Promise
    facts: Callable[[ReportYear], dict[str, Any] | None]
    page: Callable[[Told], Page]
    sentences: Callable[[Told], Iterable[str]] = no_sentences


def chapter_of(*, code: str, title: str | Promise, parts: Sequence[Part]) -> Chapter:
    """A chapter whose facts are `read`, the day they were read, and each part's by its key."""

    def facts(asked: ReportYear) -> dict[str, Any]:
        found = {each.key: each.facts(asked) for each in parts}
        known: dict[str, Any] = {key: value for key, value in found.items() if value is not None}
        return known and {"read": read_date(asked).isoformat(), **known}

    def sections(figures: Figures) -> tuple[Section, ...]:
        return tuple(
            Section(key=each.key, title=str(each.title), page=each.page(told))
            for each, told in _known(parts, figures=figures, code=code)
        )

    def suggestions(figures: Figures) -> tuple[str, ...]:
        known = _known(parts, figures=figures, code=code)
        return tuple(sentence for each, told in known for sentence in each.sentences(told))

    return Chapter(code=code, title=title, facts=facts, sections=sections, suggestions=suggestions)


def read_date(asked: ReportYear) -> date:
    """The day on which the facts are read: what is late, is late on that day."""
    return local_day(asked.at)


def day_of(iso: str | None) -> date | None:
    """A day of the facts."""
    return date.fromisoformat(iso) if iso else None


def iso_of(day: date | None) -> str | None:
    """A day as facts have it."""
    return day.isoformat() if day else None


def within(day: date | None, *, asked: ReportYear) -> str | None:
    """The day, where something began or ended on it in the midst of the year."""
    days = asked.period
    return iso_of(day) if day and days.starts_on < day < days.ends_on else None


def _known(parts: Sequence[Part], *, figures: Figures, code: str) -> Iterable[tuple[Part, Told]]:
    """The parts of which the figures have facts."""
    facts = own_facts(figures, code) or {}
    for each in parts:
        if each.key in facts:
            read = date.fromisoformat(facts["read"])
            yield each, Told(year=figures["year"], read_date=read, facts=facts[each.key])
