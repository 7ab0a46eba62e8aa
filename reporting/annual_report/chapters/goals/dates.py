"""Next year's days that are known: meetings, what the agreement demands, and own events.

Meetings with one participant are not among them, nor is what an event demands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib.periods import Period, local_day
from legevakt.lib.tables import Row, Table
from legevakt.lib.words import day
from municipalities.models import ForumKind
from municipalities.queries import Page, meetings, obligations, wheels
from municipalities.words import obligation_text
from reporting.annual_report.chapters.chapter import ReportYear
from reporting.annual_report.chapters.parts import Part, Told, day_of, read_date

MEETING, DUE, EVENT = "meeting", "due", "event"
DIRECTORS = ForumKind.DIRECTORS.value


def facts(asked: ReportYear) -> dict[str, Any] | None:
    """Each day once for what is then, in order; None where no day is known. Three queries."""
    found = {*_meetings(asked), *_dues(asked), *_events(asked)}
    if not found:
        return None
    return {
        "days": [
            {"day": on, "source": source, "title": title, "kind": kind}
            for on, source, title, kind in sorted(found)
        ]
    }


def page(told: Told) -> Page:
    """The days in order."""
    sources = {MEETING: _("meeting"), DUE: _("deadline of the agreement"), EVENT: _("own event")}
    rows = tuple(
        Row((_day(each["day"]), obligation_text(each["title"]), sources[each["source"]]))
        for each in told.facts["days"]
    )
    year = {"year": told.year + 1}
    return Page(
        lead=" ".join(sentences(told)),
        tables=(Table(_("Known days in %(year)s") % year, (_("Day"), _("What"), _("Kind")), rows),),
        notes=(_("Days are as they were planned when the report's figures were read."),),
    )


def sentences(told: Told) -> Iterable[str]:
    """When the chief executives meet next year, as far as it is planned."""
    planned = [_day(each["day"]) for each in told.facts["days"] if each.get("kind") == DIRECTORS]
    if planned:
        yield _("The chief executives' meetings in %(year)s are planned on: %(days)s.") % {
            "year": told.year + 1,
            "days": ", ".join(planned),
        }


Found = tuple[str, str, str, str]


def _meetings(asked: ReportYear) -> Iterator[Found]:
    period = Period.year(asked.year + 1)
    for each in meetings.began_in(cooperation=asked.cooperation, period=period):
        if each.forum.partner_id is None and each.state != "cancelled":
            on = local_day(each.starts_at).isoformat()
            yield on, MEETING, each.forum.name, each.forum.kind


def _dues(asked: ReportYear) -> Iterator[Found]:
    """What is due on fixed days; with each participant on the same day it is one."""
    for each in obligations.dues_of_year(
        cooperation=asked.cooperation, year=asked.year + 1, today=read_date(asked)
    ):
        if each.due.obligation.rhythm == "yearly" and each.status not in obligations.CLOSED:
            yield each.due.due_date.isoformat(), DUE, each.due.obligation.title, ""


def _events(asked: ReportYear) -> Iterator[Found]:
    for on, title in wheels.own_days(cooperation=asked.cooperation, year=asked.year + 1):
        yield on.isoformat(), EVENT, title, ""


def _day(iso: str) -> str:
    found = day_of(iso)
    return day(found) if found else iso


PART = Part(
    key="dates",
    title=gettext_lazy("Known days next year"),
    facts=facts,
    page=page,
    sentences=sentences,
)
