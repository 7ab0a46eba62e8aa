"""Deviations of the year by kind, beside the years before: counts alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib.tables import Table
from legevakt.lib.words import number
from municipalities.models import DeviationState
from municipalities.queries import Figure, Page, deviation_name, deviations
from reporting.annual_report.chapters import beside
from reporting.annual_report.chapters.chapter import ReportYear
from reporting.annual_report.chapters.parts import Part, Told, read_date
from reporting.annual_report.chapters.quality import months
from reporting.annual_report.chapters.quality.deviation_words import lead, notes, sentences

Years = Sequence[deviations.DeviationYear]


def facts(asked: ReportYear) -> dict[str, Any] | None:
    """`years`, the report's first, and by each kind as many counts; null is not reported.

    A severity without a name is that it is not told. Seven queries.
    """
    found = deviations.year_of(
        cooperation=asked.cooperation, year=asked.year, today=read_date(asked)
    )
    before = deviations.years_before(found, cooperation=asked.cooperation, count=beside.BEFORE)
    years = [found, *before]
    if not any(each.total.reported for each in years):
        return None
    states = {state.value: state.value for state in DeviationState}
    return {
        "years": [
            {
                "year": each.year,
                "count": each.total.count,
                "reported": each.total.reported,
                "months": each.total.months,
            }
            for each in years
        ],
        "by_category": _counts(years, "by_category", names=found.categories),
        "by_severity": _counts(years, "by_severity", names={**found.severities, None: None}),
        "by_state": _counts(years, "by_state", names=states),
        "months": months.facts(found, before=before),
        "notes": [{"day": each.starts_date.isoformat(), "text": each.text} for each in found.notes],
    }


def page(told: Told) -> Page:
    """How many, of how many months, by month and by kind."""
    drawn = months.chart(told)
    return Page(
        lead=lead(told),
        figures=_figures(told),
        charts=(drawn,) if drawn else (),
        tables=(
            _table(told, "by_category", caption=_("Deviations by category"), of=_("Category")),
            _table(told, "by_severity", caption=_("Deviations by severity"), of=_("Severity")),
            _table(
                told,
                "by_state",
                caption=_("Deviations by state when their month was counted"),
                of=_("State"),
            ),
        ),
        notes=tuple(notes(told)),
    )


def _counts(years: Years, name: str, *, names: Mapping[Any, str | None]) -> list[dict[str, Any]]:
    """The kinds that some year uses, in the order of their list."""
    sums = [each.sums(name) for each in years]
    return [
        {"name": label, "counts": [None if each is None else each.get(key, 0) for each in sums]}
        for key, label in names.items()
        if any(each and key in each for each in sums)
    ]


def _figures(told: Told) -> tuple[Figure, ...]:
    found = told.facts["years"][0]
    if found["count"] is None:
        return ()
    rests = beside.part_of(found["reported"], found["months"])
    return (
        Figure(
            label=_("Deviations in %(year)s") % {"year": told.year},
            value=number(found["count"]),
            detail=_("%(rests)s months are reported") % {"rests": rests},
        ),
    )


def _table(told: Told, name: str, *, caption: str, of: str) -> Table:
    years = told.facts["years"]
    rows = [(_name(each["name"], of=name), each["counts"]) for each in told.facts[name]]
    return beside.table(
        caption=caption,
        of=of,
        years=[each["year"] for each in years],
        rows=(
            *rows,
            (_("All"), [each["count"] for each in years]),
            (
                _("Months that are reported"),
                [beside.part_of(each["reported"], each["months"]) for each in years],
            ),
        ),
    )


def _name(name: str | None, *, of: str) -> str:
    if name is None:
        return _("Severity not told")
    if of == "by_state":
        return capfirst(str(DeviationState(name).label))
    return deviation_name(name)


PART = Part(
    key="deviations",
    title=gettext_lazy("Deviations"),
    facts=facts,
    page=page,
    sentences=sentences,
)
