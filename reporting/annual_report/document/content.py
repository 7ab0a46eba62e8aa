"""What the report says: the frozen figures as words and numbers, ready for the template."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from callstats.queries import parameter_words
from legevakt.lib.periods import DAY
from reporting.annual_report import numbers, rules
from reporting.annual_report.chapters import CHAPTERS
from reporting.annual_report.document.central import central_content
from reporting.annual_report.document.chapters import chapters_of
from reporting.annual_report.document.clock import clock_words
from reporting.annual_report.document.summary import summary_of
from reporting.annual_report.document.written import NOTHING_WRITTEN, Written

Figures = dict[str, Any]


def content_of(*, figures: Figures, language: str, written: Written = NOTHING_WRITTEN) -> Figures:
    """The template's context in the active language; `language` is nn or nb."""
    year = figures["year"]
    chapters = chapters_of(figures, written=written)
    return {
        "chapters": chapters,
        "not_told": _not_told(chapters),
        "language": language,
        "year": str(year),
        "cooperation": figures["cooperation"]["name"],
        "host": figures["cooperation"]["host"]["name"],
        "is_demonstration": is_demonstration(figures),
        "figures_at": numbers.moment(figures["figures_at"]),
        "edition": str(written.edition) if written.edition > 1 else "",
        "correction_reason": written.reason,
        "checksum": rules.checksum(figures),
        "summary": summary_of(figures),
        "participants": [_participant(row, year=year) for row in _host_first(figures)],
        "inhabitants": numbers.count(figures["inhabitants"]),
        "has_inhabitants": figures["inhabitants"] is not None,
        "population_sources": _population_sources(figures),
        "centrals": [
            central_content(central, definition=figures["definition"])
            for central in figures["centrals"]
        ],
        "weekdays": _weekdays(),
        "clock": clock_words(year),
        "definition": _definition(figures["definition"], language=language),
        "national": _national(figures),
    }


def _not_told(chapters: list[Figures]) -> str:
    """The titles of the chapters that the report does without."""
    told = {each["code"] for each in chapters}
    return numbers.listing([str(each.title) for each in CHAPTERS.values() if each.code not in told])


def is_demonstration(figures: Figures) -> bool:
    """Whether anything in the figures is made up: the cooperation, or one of the sources."""
    synthetic = (
        source["is_synthetic"] for central in figures["centrals"] for source in central["sources"]
    )
    return figures["cooperation"]["is_demonstration"] or any(synthetic)


def _host_first(figures: Figures) -> list[Figures]:
    return sorted(figures["participants"], key=lambda row: (not row["is_host"], row["number"]))


def _participant(row: Figures, *, year: int) -> Figures:
    population = row["population"]
    return {
        "name": row["name"],
        "number": row["number"],
        "is_host": row["is_host"],
        "changed": _changed(row, year=year),
        "inhabitants": numbers.count(population["inhabitants"] if population else None),
        "counted": numbers.day(population["counted_date"]) if population else numbers.NOTHING,
    }


def _changed(row: Figures, *, year: int) -> str:
    if row["joined_date"] > f"{year}-01-01":
        return _("from %(date)s") % {"date": numbers.day(row["joined_date"])}
    if row["left_date"] and row["left_date"] <= f"{year}-12-31":
        last = date.fromisoformat(row["left_date"]) - DAY  # the first day after is kept
        return _("to %(date)s") % {"date": numbers.day(last)}
    return ""


def _population_sources(figures: Figures) -> list[str]:
    sources = {row["population"]["source"] for row in figures["participants"] if row["population"]}
    return sorted(sources)


def _weekdays() -> list[str]:
    """Monday to Sunday in the active language; 1 January 2024 was a Monday."""
    return [date_format(date(2024, 1, n), "l").capitalize() for n in range(1, 8)]


def _definition(definition: Figures, *, language: str) -> Figures:
    return {
        "id": definition["id"],
        "version": str(definition["version"]),
        "name": definition["name"][language],
        "statement": definition["statement"][language],
        "target": numbers.whole_percent(definition["target_percent"]),
        "parameters": parameter_words(definition["parameters"]),
        "sources": definition["sources"],
    }


def _national(figures: Figures) -> Figures:
    national = figures["national"]
    return {
        "year": str(national["year"]),
        "percent": numbers.whole_percent(national["within_two_minutes_percent"]),
        "target": numbers.whole_percent(national["target_percent"]),
        "from": str(national["target_not_met_from"]),
        "to": str(national["target_not_met_to"]),
        "centrals": numbers.count(national["centrals"]),
        "meeting": numbers.count(national["centrals_meeting_target"]),
        "publisher": national["publisher"],
        "sources": national["sources"],
        "own_percent": numbers.percent(figures["total"]["year"]["percent"]),
        "own_year": str(figures["year"]),
    }
