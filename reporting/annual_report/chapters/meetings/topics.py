"""Whether the chief executives dealt with each topic of their minimum agenda in the year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib.periods import local_day
from legevakt.lib.tables import Row, Table
from legevakt.lib.words import day
from municipalities.models import ForumKind
from municipalities.queries import Page, agendas, forums, obligations
from municipalities.words import COVERED, obligation_text
from reporting.annual_report.chapters import beside
from reporting.annual_report.chapters.chapter import ReportYear
from reporting.annual_report.chapters.parts import Part, Told, read_date

OBLIGATION = "director-meetings"


def facts(asked: ReportYear) -> dict[str, Any] | None:
    """Each topic with `status`, as on the forum's page, and the `days` on which it was dealt with.

    What is handed in as evidence for the meetings of the agreement counts too. At most five
    queries and two for each forum.
    """
    status = {**_by_evidence(asked)}
    for topic, (found, days) in _by_agenda(asked).items():
        before, others = status.get(topic, ("missing", set()))
        status[topic] = (found if before != "covered" else before, days | others)
    if not status:
        return None
    return {
        "topics": [
            {"topic": topic, "status": found, "days": sorted(each.isoformat() for each in days)}
            for topic, (found, days) in status.items()
        ]
    }


def page(told: Told) -> Page:
    """Each topic, and when it was on the agenda."""
    return Page(
        lead=next(iter(sentences(told))),
        tables=(_table(told),),
        notes=(beside.as_of(told.read_date),),
    )


def sentences(told: Told) -> Iterable[str]:
    """How many topics were dealt with, and which were not."""
    topics = told.facts["topics"]
    lacking = [each for each in topics if each["status"] != "covered"]
    yield _(
        "%(part)s minimum topics of the chief executives' meetings are registered as covered in"
        " %(year)s."
    ) % {
        "part": beside.part_of(len(topics) - len(lacking), len(topics)),
        "year": told.year,
    }
    if lacking:
        yield _("Not registered as covered: %(topics)s.") % {
            "topics": "; ".join(obligation_text(each["topic"]) for each in lacking)
        }


Dealt = dict[str, tuple[str, set[date]]]


def _by_evidence(asked: ReportYear) -> Dealt:
    found = obligations.in_force_during(cooperation=asked.cooperation, year=asked.year)
    own = [each for each in found if each.code == OBLIGATION]
    topics = obligations.topics_of_year(obligations=own, year=asked.year)
    return {
        each.topic: ("covered" if each.covered_dates else "missing", set(each.covered_dates))
        for each in topics
    }


def _by_agenda(asked: ReportYear) -> Dealt:
    dealt: Dealt = {}
    for forum in forums.in_force_during(cooperation=asked.cooperation, year=asked.year):
        if forum.kind != ForumKind.DIRECTORS:
            continue
        for each in agendas.coverage_of(forum=forum, year=asked.year, today=read_date(asked)):
            days = {local_day(meeting.starts_at) for meeting in each.meetings}
            before, others = dealt.get(each.topic, ("missing", set()))
            status = before if before == "covered" else each.status.value
            dealt[each.topic] = (status, days | others)
    return dealt


def _table(told: Told) -> Table:
    return Table(
        caption=_("The minimum topics of the chief executives' meetings"),
        headings=(_("Topic"), _("State"), _("On the agenda")),
        rows=tuple(
            Row(
                (
                    obligation_text(each["topic"]),
                    capfirst(str(COVERED[each["status"]][0])),
                    ", ".join(day(date.fromisoformat(iso)) for iso in each["days"])
                    or beside.NOTHING,
                )
            )
            for each in told.facts["topics"]
        ),
    )


PART = Part(
    key="topics",
    title=gettext_lazy("The minimum agenda"),
    facts=facts,
    page=page,
    sentences=sentences,
)
