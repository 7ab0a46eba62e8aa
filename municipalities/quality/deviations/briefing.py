"""Deviations, a topic of the minimum agenda: the months since the last meeting."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib.words import number
from municipalities.meetings.topics.prepared import Asked, Facts, Figure, Page, PreparedTopic
from municipalities.quality.deviations import presenters
from municipalities.quality.deviations.queries import series_of
from municipalities.quality.deviations.rules import Reported, Year

YEAR = timedelta(days=365)


def facts(asked: Asked) -> dict[str, Any]:
    """The last twelve months that have ended, each with its counts, or None where it is missing."""
    until = asked.until.replace(day=1)
    found = series_of(cooperation=asked.cooperation, since=until - YEAR, until=until)
    return {
        "cooperation": asked.cooperation.slug,
        "since": asked.since.isoformat(),
        "months": [
            {
                "month": month.isoformat(),
                "counts": [[*key, count] for key, count in found.reported[month].counts.items()]
                if month in found.reported
                else None,
            }
            for month in found.months
        ],
    }


def page(facts: Facts) -> Page:
    """How many, of how many months, by category, severity and state."""
    year = year_of(facts)
    tables = (
        presenters.months_table(year),
        presenters.severities_table(year),
        presenters.states_table(year),
    )
    return Page(
        lead=presenters.lead(year),
        figures=_figures(year),
        tables=tuple(each for each in tables if each.rows) if year.reported else (),
        notes=(_("Counts alone, from the system that holds the deviations."),),
        url=reverse("deviations", args=[facts["cooperation"]]),
        link_label=_("To the deviations"),
    )


def year_of(facts: Facts) -> Year:
    """The months that the facts tell of."""
    months = [date.fromisoformat(each["month"]) for each in facts["months"]]
    reported = {
        month: Reported(month, {(a, b, c): count for a, b, c, count in each["counts"]})
        for month, each in zip(months, facts["months"], strict=True)
        if each["counts"] is not None
    }
    return Year(months=months, reported=reported)


def _figures(year: Year) -> tuple[Figure, ...]:
    if not year.reported:
        return ()
    last = max(year.reported)
    return (
        Figure(
            label=_("Deviations in %(month)s") % {"month": presenters.name_of(last)},
            value=number(year.reported[last].total),
            detail=_("the last month that is reported"),
        ),
    )


TOPIC = PreparedTopic(
    code="deviations",
    title=gettext_lazy("Deviations"),
    covers=("Deviations",),
    facts=facts,
    page=page,
)
