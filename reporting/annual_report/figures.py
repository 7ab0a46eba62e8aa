"""The figures of a report: everything its documents say, read once and then frozen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from callstats.models import Source
from callstats.queries import (
    Definition,
    ServiceLevel,
    annotations_touching,
    default_definition,
    hour_of_week,
    national_figures,
    service_level,
    service_level_by,
    total,
)
from legevakt.lib.periods import Period
from municipalities.models import Central, Cooperation
from reporting.annual_report import rules
from reporting.annual_report.chapters import CHAPTERS, ReportYear
from reporting.annual_report.participants import participants_in

FORM = 2  # 1 had no chapters of its own facts


class NoFigures(Exception):
    """No source has told of a single hour of the year: there is nothing to report."""

    def __init__(self, *, year: int) -> None:
        super().__init__(f"there are no telephone data for {year}")
        self.year = year


class FiguresDisagree(Exception):
    """The months do not add up to the year: calls came in while the figures were read."""


def figures_for(*, cooperation: Cooperation, year: int, at: datetime) -> dict[str, Any]:
    """What the report of the year rests on, JSON-ready.

    Every share stands with its numerator, denominator, definition and completeness.
    Raises NoFigures for a year without a single hour of data, FiguresDisagree when the
    months and the year were read at different states.
    """
    centrals = list(cooperation.centrals.counted().order_by("name", "pk"))
    definition = default_definition()
    levels = _of_all(centrals=centrals, year=year, definition=definition)
    if levels["year"]["state"] == "no_data":
        raise NoFigures(year=year)
    figures = {
        "form": FORM,
        "year": year,
        "figures_at": at.isoformat(),
        "cooperation": _cooperation(cooperation),
        **participants_in(cooperation=cooperation, year=year),
        "definition": _definition(definition),
        "national": _national(),
        "total": levels,
        "centrals": [
            _of_central(central=central, year=year, definition=definition) for central in centrals
        ],
        "chapters": _chapters(ReportYear(cooperation=cooperation, year=year, at=at)),
    }
    return json.loads(rules.canonical(figures))


def _chapters(asked: ReportYear) -> dict[str, Any]:
    """The facts of each chapter that has its own, by code."""
    found = {code: each.facts(asked) for code, each in CHAPTERS.items()}
    return {code: facts for code, facts in found.items() if facts}


def _national() -> dict[str, Any]:
    """The latest national percentage and what is told beside it, as published."""
    national = national_figures()
    latest = national.headline
    return {
        "year": latest.year,
        "within_two_minutes_percent": latest.percent,
        "target_percent": national.target_percent,
        "target_not_met_from": latest.missed_from,
        "target_not_met_to": latest.missed_to,
        "centrals": latest.centrals,
        "centrals_meeting_target": latest.centrals_met,
        "publisher": national.publisher,
        "sources": list(latest.sources),
    }


def _of_all(*, centrals: Sequence[Central], year: int, definition: Definition) -> dict[str, Any]:
    """The year and the year before of the centrals together; `previous` is null without data."""
    of_year, before = (
        service_level(centrals=centrals, period=Period.year(each), definition=definition)
        for each in (year, year - 1)
    )
    return {
        "year": of_year.as_dict(),
        "previous": None if before.state == "no_data" else before.as_dict(),
    }


def _of_central(*, central: Central, year: int, definition: Definition) -> dict[str, Any]:
    period = Period.year(year)
    months = service_level_by(
        centrals=[central], period=period, definition=definition, step="month"
    )
    levels = _of_all(centrals=[central], year=year, definition=definition)
    _verify(months=months, year=ServiceLevel.from_dict(levels["year"]))
    week = hour_of_week(centrals=[central], period=period, definition=definition)
    return {
        "slug": central.slug,
        "name": central.name,
        "lines": list(
            central.numbers.order_by("line_class", "number").values("line_class", "number")
        ),
        "sources": _sources(central),
        **levels,
        "months": [month.as_dict() for month in months],
        "hour_of_week": [asdict(hour) for hour in week],
        "annotations": _annotations(central=central, period=period),
    }


def _annotations(*, central: Central, period: Period) -> list[dict[str, Any]]:
    """The notes that have a day in the year; the days are half-open."""
    return [
        {
            "kind": note.kind,
            "starts_on": note.starts_on.isoformat(),
            "ends_on": note.ends_on.isoformat(),
            "text": note.text,
        }
        for note in annotations_touching(central=central, period=period)
    ]


def _verify(*, months: list[ServiceLevel], year: ServiceLevel) -> None:
    summed = total(months)
    for count in ("numerator", "denominator", "offered", "answered", "hours_with_feed"):
        if getattr(summed, count) != getattr(year, count):
            raise FiguresDisagree(f"the months' {count} do not add up to the year's")


def _sources(central: Central) -> list[dict[str, Any]]:
    sources = Source.objects.filter(central=central).order_by("name", "pk")
    return [dict(row) for row in sources.values("name", "profile", "is_synthetic")]


def _cooperation(cooperation: Cooperation) -> dict[str, Any]:
    return {
        "slug": cooperation.slug,
        "name": cooperation.name,
        "host": {"number": cooperation.host.number, "name": cooperation.host.name},
        "is_demonstration": cooperation.is_demonstration,
    }


def _definition(definition: Definition) -> dict[str, Any]:
    return definition.as_dict()
