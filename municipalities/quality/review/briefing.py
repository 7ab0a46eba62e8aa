"""The host's management and reporting system, a topic of the minimum agenda.

Competence is left out: its counts are for the host's people, and every participant sees the topic.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib.tables import Row, Table
from legevakt.lib.words import day, number
from municipalities.cooperations.models import Cooperation
from municipalities.meetings.topics.prepared import Asked, Facts, Figure, Page, PreparedTopic
from municipalities.quality.cases.models import SupervisionOutcome
from municipalities.quality.cases.queries import complaints_of, open_supervisions
from municipalities.quality.review import presenters
from municipalities.quality.review.models import PointStatus
from municipalities.quality.review.queries import TOTAL, open_measures_of, reviews_of
from municipalities.quality.review.rules import is_late
from municipalities.quality.review.words import place_of

NOTHING = "–"


def facts(asked: Asked) -> dict[str, Any]:
    """The latest review, open measures, open supervision and the year's complaints."""
    today = asked.until - timedelta(days=1)
    own = {"cooperation": asked.cooperation}
    complaints = complaints_of(**own, year=today.year)
    return {
        "cooperation": asked.cooperation.slug,
        "today": today.isoformat(),
        "review": _review(asked.cooperation, today=today),
        "measures": [
            {
                "year": each.review.year,
                "code": each.code,
                "measure": each.measure,
                "responsible": each.responsible,
                "deadline": each.deadline_date.isoformat() if each.deadline_date else None,
            }
            for each in open_measures_of(**own, today=today)
        ],
        "supervision": [
            {
                "authority": each.authority,
                "subject": each.subject,
                "outcome": each.outcome,
                "deadline": each.deadline_date.isoformat() if each.deadline_date else None,
            }
            for each in open_supervisions(asked.cooperation)
        ],
        "complaints": {
            "year": today.year,
            "received": complaints.so_far.received,
            "quarters": len(complaints.whole_quarters),
        },
    }


def page(facts: Facts) -> Page:
    """Where the review stands, and what is still to be done."""
    today = date.fromisoformat(facts["today"])
    tables = (_statuses(facts["review"]), _measures(facts, today=today), _supervision(facts))
    notes = () if facts["complaints"]["quarters"] else (_no_complaints(facts),)
    return Page(
        lead=_lead(facts["review"]),
        figures=tuple(_figures(facts, today=today)),
        tables=tuple(each for each in tables if each.rows),
        notes=notes,
        url=reverse("reviews", args=[facts["cooperation"]]),
        link_label=_("To the yearly reviews"),
    )


def _review(cooperation: Cooperation, *, today: date) -> dict[str, Any] | None:
    review = reviews_of(cooperation).filter(year__lte=today.year).first()
    if review is None:
        return None
    signed = presenters.signed_on(review)
    return {
        "year": review.year,
        "signed": signed.isoformat() if signed else None,
        "counts": {status: getattr(review, f"count_{status}") for status in PointStatus.values},
    }


def _lead(review: Mapping[str, Any] | None) -> str:
    if review is None:
        return _("No yearly review of the management system is begun.")
    judged = TOTAL - review["counts"][PointStatus.OPEN]
    state, _color = presenters.state_of(judged=judged, signed=_day(review["signed"]))
    return _("The review of %(year)s: %(judged)s of %(total)s points are judged; %(state)s.") % {
        "year": review["year"],
        "judged": number(judged),
        "total": number(TOTAL),
        "state": state,
    }


def _figures(facts: Facts, *, today: date) -> list[Figure]:
    late = sum(is_late(_day(each["deadline"]), today=today) for each in facts["measures"])
    complaints = facts["complaints"]
    told = [
        Figure(
            label=_("Open measures"),
            value=number(len(facts["measures"])),
            state=presenters.late_in_words(late) if late else "",
            color="danger",
        ),
        Figure(label=_("Open cases of supervision"), value=number(len(facts["supervision"]))),
    ]
    if complaints["quarters"]:
        told.append(
            Figure(
                label=_("Complaints in %(year)s") % {"year": complaints["year"]},
                value=number(complaints["received"]),
                detail=_("%(part)s of %(whole)s quarters are reported in full")
                % {"part": number(complaints["quarters"]), "whole": number(4)},
            )
        )
    return told


def _statuses(review: Mapping[str, Any] | None) -> Table:
    counts = review["counts"] if review else {}
    return Table(
        caption=_("The points of the review by how they stand"),
        headings=(_("How it stands"), _("Points")),
        rows=tuple(
            Row((capfirst(str(PointStatus(status).label)), counts[status]))
            for status in PointStatus.values
            if status in counts
        ),
    )


def _measures(facts: Facts, *, today: date) -> Table:
    """Without the column of who is responsible where nobody is named, as in a letter."""
    is_named = any(each["responsible"] for each in facts["measures"])
    named = (_("Responsible"),) if is_named else ()
    return Table(
        caption=_("Open measures"),
        headings=(_("Point"), _("Measure"), *named, _("Deadline")),
        rows=tuple(
            Row(
                (
                    f"{place_of(each['code'])} ({each['year']})",
                    each["measure"],
                    *([each["responsible"] or NOTHING] if is_named else []),
                    _deadline(_day(each["deadline"]), today=today),
                )
            )
            for each in facts["measures"]
        ),
        text_columns="all",
    )


def _supervision(facts: Facts) -> Table:
    return Table(
        caption=_("Open cases of supervision"),
        headings=(_("Subject"), _("Authority"), _("Outcome"), _("To be put right by")),
        rows=tuple(
            Row(
                (
                    each["subject"],
                    each["authority"],
                    capfirst(str(SupervisionOutcome(each["outcome"]).label)),
                    day(due) if (due := _day(each["deadline"])) else NOTHING,
                )
            )
            for each in facts["supervision"]
        ),
        text_columns="all",
    )


def _deadline(due: date | None, *, today: date) -> str:
    if due is None:
        return NOTHING
    return _("%(day)s, late") % {"day": day(due)} if is_late(due, today=today) else day(due)


def _no_complaints(facts: Facts) -> str:
    return _("No quarter's complaints are reported in full in %(year)s.") % {
        "year": facts["complaints"]["year"]
    }


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


TOPIC = PreparedTopic(
    code="internal-control",
    title=gettext_lazy(
        "The host's management and reporting system, with internal control and quality development"
    ),
    covers=(
        "The host's management and reporting system, with internal control and quality development",
    ),
    facts=facts,
    page=page,
)
