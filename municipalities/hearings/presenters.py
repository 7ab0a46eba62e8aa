"""Hearings as their pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from legevakt.lib import words
from legevakt.lib.periods import local_day
from legevakt.lib.tables import Row, Table
from municipalities.access.models import User
from municipalities.decisions.presenters import short_day
from municipalities.hearings.models import Hearing, HearingAnswer
from municipalities.hearings.words import state


def hearings_table(hearings: Iterable[Any], *, slug: str, today: date) -> Table:
    """The hearings; as `queries.listed` has them."""
    return Table(
        caption=_("Hearings, the open ones first"),
        headings=(_("Title"), _("State"), _("Answer by"), _("Answers"), _("Closed")),
        rows=tuple(
            Row(
                (
                    each.title,
                    state(each, today=today)[0],
                    short_day(each.deadline_date),
                    _("%(answered)s of %(asked)s")
                    % {"answered": each.answered, "asked": each.asked},
                    short_day(local_day(each.closed_at)) if each.closed_at else "–",
                ),
                url=reverse("hearing", args=[slug, each.pk]),
            )
            for each in hearings
        ),
    )


def answers_table(answers: Iterable[HearingAnswer], *, hearing: Hearing) -> Table:
    """What each municipality answers; the same on the page and in the files."""
    return Table(
        caption=_("Answers by municipality"),
        headings=(
            _("Municipality"),
            _("Answer"),
            _("Remarks"),
            _("Document"),
            _("Answered"),
            capfirst(_("answered by")),
        ),
        rows=tuple(
            Row(_answer_cells(each, hearing=hearing), url=_document_url(each)) for each in answers
        ),
    )


def answer_rows(table: Table) -> list[dict]:
    """The table's rows as _answer_rows.html takes them: by name, with the document's address."""
    names = ("municipality", "answer", "remarks", "document", "answered", "by")
    return [dict(zip(names, row.cells, strict=True), url=row.url) for row in table.rows]


def facts(hearing: Hearing) -> list[tuple[str, str]]:
    """When it was opened and closed, and by whom, in pairs."""
    pairs = [
        (_("Opened"), _by(hearing.opened_at, hearing.opened_by)),
        (_("Answer by"), words.day(hearing.deadline_date)),
    ]
    if hearing.closed_at:
        pairs.append((_("Closed"), _by(hearing.closed_at, hearing.closed_by)))
    return pairs


def unanswered_words(answers: Iterable[HearingAnswer]) -> str:
    """Who has not answered, by name; empty when all have."""
    return ", ".join(each.municipality.name for each in answers if not each.answered_at)


def _answer_cells(answer: HearingAnswer, *, hearing: Hearing) -> tuple[str, ...]:
    municipality = answer.municipality.name
    if not answer.answered_at:
        return (municipality, _("has not answered"), "–", "–", "–", "–")
    return (
        municipality,
        answer.get_position_display(),
        answer.text or "–",
        _document_words(answer),
        _answered(answer.answered_at, deadline_date=hearing.deadline_date),
        answer.answered_by.name if answer.answered_by else "–",
    )


def _answered(at: datetime, *, deadline_date: date) -> str:
    when = words.short_moment(at)
    if local_day(at) <= deadline_date:
        return when
    return _("%(moment)s, after the deadline") % {"moment": when}


def _document_words(answer: HearingAnswer) -> str:
    document = answer.document
    if document is None:
        return "–"
    if not document.is_exempt:
        return document.name
    return _("%(name)s (exempt: %(basis)s)") % {
        "name": document.name,
        "basis": document.exemption_basis,
    }


def _document_url(answer: HearingAnswer) -> str:
    return reverse("document", args=[answer.document_id]) if answer.document_id else ""


def _by(at: datetime, user: User | None) -> str:
    when = words.moment(at)
    return _("%(moment)s by %(name)s") % {"moment": when, "name": user.name} if user else when
