"""Deviations, a topic of the minimum agenda: the last twelve months that are over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib.periods import Period
from legevakt.lib.tables import Table
from legevakt.lib.words import month_name, number
from municipalities.meetings.topics.prepared import Asked, Facts, Figure, Page, PreparedTopic
from municipalities.quality.asked import known_day
from municipalities.quality.deviations import presenters
from municipalities.quality.deviations.models import DeviationCategory, DeviationSeverity
from municipalities.quality.deviations.queries import DeviationYear, series_of
from municipalities.quality.deviations.rules import MonthFigures, month_after

MONTHS = 12


def facts(asked: Asked) -> dict[str, Any]:
    """Each month's counts by the names of the lists; a month that is missing says so."""
    until = (known_day(asked) + timedelta(days=1)).replace(day=1)
    months = series_of(
        cooperation=asked.cooperation, since=month_after(until, -MONTHS), until=until
    )
    categories = _names(DeviationCategory, asked=asked)
    severities = _names(DeviationSeverity, asked=asked)
    return {
        "cooperation": asked.cooperation.slug,
        "categories": list(categories.values()),
        "severities": list(severities.values()),
        "months": [
            {
                "month": each.month.isoformat(),
                "is_reported": each.is_reported,
                "by_category": {categories[pk]: n for pk, n in each.by_category.items()},
                "by_severity": {
                    severities[pk] if pk else "": n for pk, n in each.by_severity.items()
                },
                "by_state": dict(each.by_state),
            }
            for each in months
        ],
    }


def _names(
    kind: type[DeviationCategory] | type[DeviationSeverity], *, asked: Asked
) -> dict[int, str]:
    """The names of a list by their keys, in the list's own order."""
    entries = kind.objects.filter(cooperation=asked.cooperation).order_by("position", "name", "pk")
    return dict(entries.values_list("pk", "name"))


def page(facts: Facts) -> Page:
    """How many, of how many months, and of which kinds."""
    found = _year(facts)
    told = [each for each in found.months if each.is_reported]
    return Page(
        lead=_lead(found),
        figures=_figures(told),
        tables=tuple(_tables(found)) if told else (),
        notes=(_("Counts alone, from the system that holds the deviations."),),
        url=reverse("deviations", args=[facts["cooperation"]]),
        link_label=_("To the deviations"),
    )


def _lead(found: DeviationYear) -> str:
    if not any(each.is_reported for each in found.months):
        return _("No month is reported.")
    return presenters.lead(found)


def _figures(told: list[MonthFigures]) -> tuple[Figure, ...]:
    if not told:
        return ()
    last = told[-1]
    month = month_name(Period.month(last.month.year, last.month.month))
    return (
        Figure(
            label=_("Deviations in %(month)s") % {"month": month},
            value=number(last.count or 0),
            detail=_("the last month that is reported"),
        ),
    )


def _tables(found: DeviationYear) -> Iterable[Table]:
    """As the year's own page has them, over the months of the facts."""
    yield replace(presenters.category_table(found), caption=_("Deviations by category"))
    yield replace(presenters.severity_table(found), caption=_("Deviations by severity"))


def _year(facts: Facts) -> DeviationYear:
    """The facts as the room's presenters take them; names are numbered anew.

    In the order of the lists, which facts from before 2026-11 do not have.
    """
    months = facts["months"]
    categories = _numbered([facts.get("categories", ()), *(each["by_category"] for each in months)])
    severities = _numbered([facts.get("severities", ()), *(each["by_severity"] for each in months)])
    return DeviationYear(
        year=date.fromisoformat(months[-1]["month"]).year,
        months=[_month(each, categories=categories, severities=severities) for each in months],
        categories={number: name for name, number in categories.items()},
        severities={number: name for name, number in severities.items()},
        notes=(),
    )


def _numbered(counts: Iterable[Iterable[str]]) -> dict[str, int]:
    names = dict.fromkeys(name for each in counts for name in each if name)
    return {name: number for number, name in enumerate(names, 1)}


def _month(
    told: Mapping[str, Any], *, categories: Mapping[str, int], severities: Mapping[str, int]
) -> MonthFigures:
    return MonthFigures(
        month=date.fromisoformat(told["month"]),
        is_reported=told["is_reported"],
        by_category={categories[name]: n for name, n in told["by_category"].items()},
        by_severity={severities.get(name): n for name, n in told["by_severity"].items()},
        by_state=told["by_state"],
    )


TOPIC = PreparedTopic(
    code="deviations",
    title=gettext_lazy("Deviations"),
    covers=("Deviations",),
    facts=facts,
    page=page,
)
