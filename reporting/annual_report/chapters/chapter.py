"""What a chapter of the report is: facts that are frozen with the year, and how they are told.

As a prepared topic of a meeting: facts are read once, as JSON, and told in either language as often
as one likes, also ten years later.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.functional import Promise

from legevakt.lib.periods import Period, local_day
from municipalities.models import Cooperation
from municipalities.queries import Page

Figures = Mapping[str, Any]  # the report's whole frozen JSON

GENERIC = "documents/annual_report/_chapter.html"


@dataclass(frozen=True, kw_only=True)
class ReportYear:
    """The year of a cooperation that a report is of, as it is known at a moment."""

    cooperation: Cooperation
    year: int
    at: datetime

    @property
    def period(self) -> Period:
        """The whole year."""
        return Period.year(self.year)

    @property
    def known_day(self) -> date:
        """The last day of the year, or today while the year runs."""
        return min(self.period.ends_on - timedelta(days=1), local_day(self.at))


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a chapter under a heading of its own; `key` is unique within the chapter."""

    key: str
    title: str
    page: Page


def no_facts(asked: ReportYear) -> dict[str, Any]:
    """Of a chapter that tells of the common figures alone."""
    del asked
    return {}


def no_sections(figures: Figures) -> tuple[Section, ...]:
    """Of a chapter whose template tells everything."""
    del figures
    return ()


def no_suggestions(figures: Figures) -> tuple[str, ...]:
    """Of a chapter about which figures say nothing by themselves."""
    del figures
    return ()


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """One of the ten chapters.

    `facts` go into the report's figures as `chapters.<code>`: JSON, days as ISO 8601, amounts as
    text, and nothing that its readers may not see. `sections` and `suggestions` are told in the
    active language, from the report's whole figures, of every earlier shape. `suggestions` are
    sentences that whoever writes the chapter may take, or leave.
    """

    code: str
    title: str | Promise
    facts: Callable[[ReportYear], dict[str, Any]] = no_facts
    sections: Callable[[Figures], tuple[Section, ...]] = no_sections
    suggestions: Callable[[Figures], tuple[str, ...]] = no_suggestions
    template: str = GENERIC


def own_facts(figures: Figures, code: str) -> Mapping[str, Any] | None:
    """The frozen facts of a chapter; None in a report that was made before there was one."""
    found: Mapping[str, Any] | None = figures.get("chapters", {}).get(code)
    return found
