"""Hearings that were opened in the year, and how many of those asked have answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from legevakt.lib.periods import Period, local_day
from legevakt.lib.tables import Row, Table
from legevakt.lib.words import day, number
from municipalities.queries import Page, hearings
from reporting.annual_report.chapters import beside
from reporting.annual_report.chapters.chapter import ReportYear
from reporting.annual_report.chapters.parts import Part, Told, day_of, iso_of


def facts(asked: ReportYear) -> dict[str, Any] | None:
    """The hearings of the year by the day they were opened, not what anybody answered. One query.

    None where no hearing was opened by the end of the year.
    """
    ends = Period.year(asked.year).ends_on
    found = [
        each for each in hearings.listed(asked.cooperation) if local_day(each.opened_at) < ends
    ]
    if not found:
        return None
    own = [each for each in found if local_day(each.opened_at).year == asked.year]
    return {
        "hearings": [
            {
                "title": each.title,
                "opened": iso_of(local_day(each.opened_at)),
                "deadline": iso_of(each.deadline_date),
                "asked": each.asked,
                "answered": each.answered,
                "closed": iso_of(local_day(each.closed_at)) if each.closed_at else None,
            }
            for each in sorted(own, key=lambda each: (each.opened_at, each.pk))
        ]
    }


def page(told: Told) -> Page:
    """Each hearing, with its answers."""
    found = told.facts["hearings"]
    return Page(
        lead=" ".join(sentences(told)),
        tables=(_table(told),),
        notes=(beside.as_of(told.read_date),) if found else (),
    )


def sentences(told: Told) -> Iterable[str]:
    """How many hearings, and how many answers came."""
    found = told.facts["hearings"]
    said = ngettext(
        "%(count)s hearing was opened in %(year)s.",
        "%(count)s hearings were opened in %(year)s.",
        len(found),
    )
    yield said % {"count": number(len(found)), "year": told.year}
    if found:
        part = beside.part_of(
            sum(each["answered"] for each in found), sum(each["asked"] for each in found)
        )
        yield _("The participants have given %(part)s answers in the hearings of %(year)s.") % {
            "part": part,
            "year": told.year,
        }


def _table(told: Told) -> Table:
    return Table(
        caption=_("Hearings opened in %(year)s") % {"year": told.year},
        headings=(_("Hearing"), _("To be answered by"), _("Answers"), _("State")),
        rows=tuple(
            Row(
                (
                    each["title"],
                    day(date.fromisoformat(each["deadline"])),
                    beside.part_of(each["answered"], each["asked"]),
                    _("Closed %(day)s") % {"day": day(closed)}
                    if (closed := day_of(each["closed"]))
                    else pgettext("hearing", "Open"),
                )
            )
            for each in told.facts["hearings"]
        ),
    )


PART = Part(
    key="hearings",
    title=gettext_lazy("Hearings"),
    facts=facts,
    page=page,
    sentences=sentences,
)
