"""Deviations of the year by kind, beside the years before: counts alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from legevakt.lib.tables import Table
from legevakt.lib.words import day, number
from municipalities.models import DeviationState
from municipalities.queries import Figure, Page, deviations
from reporting.annual_report.chapters import beside
from reporting.annual_report.chapters.chapter import ReportYear
from reporting.annual_report.chapters.parts import Part, Told, day_of, read_date
from reporting.annual_report.chapters.quality import months

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
    years = told.facts["years"]
    drawn = months.chart(told)
    return Page(
        lead=_lead(told),
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
        notes=tuple(_notes(told, years=years)),
    )


def sentences(told: Told) -> Iterable[str]:
    """The year's count, whether it can be set beside the year before, and the largest kind."""
    found = told.facts["years"][0]
    if not found["reported"]:
        return
    yield _lead(told)
    if change := _change(told):
        yield change
    if largest := _largest(told):
        yield largest


def _counts(years: Years, name: str, *, names: Mapping[Any, str | None]) -> list[dict[str, Any]]:
    """The kinds that some year uses, in the order of their list."""
    sums = [each.sums(name) for each in years]
    return [
        {"name": label, "counts": [None if each is None else each.get(key, 0) for each in sums]}
        for key, label in names.items()
        if any(each and key in each for each in sums)
    ]


def _lead(told: Told) -> str:
    found = told.facts["years"][0]
    if found["count"] is None:
        return _("No month of %(year)s is reported.") % {"year": told.year}
    count = {"count": number(found["count"]), "year": told.year}
    if found["reported"] == found["months"] == 12:
        whole = ngettext(
            "%(count)s deviation was reported in %(year)s.",
            "%(count)s deviations were reported in %(year)s.",
            found["count"],
        )
        return whole % count
    part = ngettext(
        "%(count)s deviation was reported in the %(reported)s of 12 months of %(year)s that there"
        " are counts of.",
        "%(count)s deviations were reported in the %(reported)s of 12 months of %(year)s that"
        " there are counts of.",
        found["count"],
    )
    return part % {**count, "reported": number(found["reported"])}


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
    return capfirst(str(DeviationState(name).label)) if of == "by_state" else name


def _notes(told: Told, *, years: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    yield _("Counts alone, from the system that holds the deviations.")
    if any((each["reported"], each["months"]) != (12, 12) for each in years):
        yield _(
            "Months that are not reported are left out of the sums, and years that rest on"
            " different months cannot be compared."
        )
    for note in told.facts["notes"]:
        starts = day_of(note["day"])
        yield f"{day(starts)}: {note['text']}" if starts else note["text"]


def _change(told: Told) -> str:
    """Against the year before, where every month of both is reported."""
    whole = [each for each in told.facts["years"] if each["reported"] == 12]
    if [each["year"] for each in whole[:2]] != [told.year, told.year - 1]:
        return ""
    count, before = (each["count"] for each in whole[:2])
    facts = {"before": number(before), "year": told.year - 1, "more": number(abs(count - before))}
    if count == before:
        return _("That is as many as in %(year)s.") % facts
    if count > before:
        return _("That is %(more)s more than in %(year)s, when there were %(before)s.") % facts
    return _("That is %(more)s fewer than in %(year)s, when there were %(before)s.") % facts


def _largest(told: Told) -> str:
    """The category with most, where it is one alone."""
    counts = [(each["counts"][0] or 0, each["name"]) for each in told.facts["by_category"]]
    most = max((count for count, _name in counts), default=0)
    named = [name for count, name in counts if count == most]
    if len(counts) < 2 or len(named) != 1 or not most:
        return ""
    return _("Most of them in one category were in %(category)s: %(count)s.") % {
        "category": named[0],
        "count": number(most),
    }


PART = Part(
    key="deviations",
    title=gettext_lazy("Deviations"),
    facts=facts,
    page=page,
    sentences=sentences,
)
