"""Obligations, dues and evidence as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib import words as lib_words
from municipalities.agreements.presenters import version_name
from municipalities.obligations import words
from municipalities.obligations.models import Due, Evidence, Obligation
from municipalities.obligations.queries import DueNow, Topic
from municipalities.obligations.rules import is_address

TOPIC_COLUMNS = (
    gettext_lazy("Topic"),
    gettext_lazy("State"),
    gettext_lazy("Dealt with on"),
    gettext_lazy("Obligation"),
)
DUE_COLUMNS = (
    gettext_lazy("Due"),
    gettext_lazy("State"),
    gettext_lazy("Municipality"),
    gettext_lazy("What it is about"),
)


@dataclass(frozen=True)
class TopicRow:
    """A minimum topic of the year."""

    topic: str
    state: str
    color: str
    dates: str
    obligation: str


@dataclass(frozen=True)
class DueRow:
    """A due in a list."""

    url: str
    day: str
    state: str
    color: str
    municipality: str
    about: str


@dataclass(frozen=True)
class EvidenceRow:
    """One piece of evidence; `url` is empty where it has no address of its own."""

    pk: int
    title: str
    day: str
    url: str
    document: int | None
    document_name: str
    topics: list[str]
    handed_in: str


def topic_rows(topics: Iterable[Topic]) -> list[TopicRow]:
    """Those that lack first, else in the order given."""
    return [_topic_row(each) for each in sorted(topics, key=lambda each: bool(each.covered_dates))]


def due_rows(dues: Iterable[DueNow], *, slug: str) -> list[DueRow]:
    """Dues in the order given."""
    return [
        DueRow(
            url=reverse("due", args=[slug, each.due.pk]),
            day=lib_words.day(each.due.due_date),
            state=words.status(each.status),
            color=words.COLORS[each.status],
            municipality=each.due.municipality.name if each.due.municipality else _("all together"),
            about=each.due.about or "–",
        )
        for each in dues
    ]


def facts(obligation: Obligation) -> list[tuple[str, str]]:
    """What is agreed."""
    told = [
        (_("Where it is agreed"), words.told(obligation.clause)),
        (_("Agreement"), version_name(obligation.version) if obligation.version else ""),
        (_("Kept"), obligation.get_scope_display()),
        (_("Due"), _when(obligation)),
        (_("Responsible"), capfirst(words.responsible(obligation.responsible))),
        (_("Reminder, days before"), lib_words.number(obligation.remind_days)),
        (_("From"), lib_words.day(obligation.starts_date)),
        (_("Last day"), words.last_day(obligation)),
    ]
    return [(term, value) for term, value in told if value]


def due_facts(due: Due) -> list[tuple[str, str]]:
    """What is due, when, and by whom."""
    told = [
        (_("Due"), lib_words.day(due.due_date)),
        (_("Municipality"), due.municipality.name if due.municipality else ""),
        (_("What it is about"), due.about),
        (_("Responsible"), capfirst(words.responsible(due.obligation.responsible))),
        (_("Where it is agreed"), words.told(due.obligation.clause)),
        (_("Why it is waived"), due.waived_reason),
    ]
    return [(term, value) for term, value in told if value]


def evidence_rows(evidence: Iterable[Evidence]) -> list[EvidenceRow]:
    """Evidence in the order given."""
    return [
        EvidenceRow(
            pk=each.pk,
            title=each.title,
            day=lib_words.day(each.happened_date),
            url=each.path if is_address(each.path) else "",
            document=each.document_id,
            document_name=each.document.name if each.document else "",
            topics=[words.told(topic) for topic in each.topics],
            handed_in=_handed_in(each),
        )
        for each in evidence
    ]


def _handed_in(evidence: Evidence) -> str:
    moment = lib_words.short_moment(evidence.handed_in_at)
    if evidence.handed_in_by is None:
        return moment
    return _("%(name)s, %(moment)s") % {"name": evidence.handed_in_by.name, "moment": moment}


def _when(obligation: Obligation) -> str:
    if not obligation.due_days:
        return str(obligation.get_rhythm_display())
    return ", ".join(words.day(day) for day in obligation.due_days)


def _topic_row(found: Topic) -> TopicRow:
    return TopicRow(
        topic=words.told(found.topic),
        state=_("dealt with") if found.covered_dates else _("not dealt with yet"),
        color="success" if found.covered_dates else "warning",
        dates=", ".join(words.short_day(day) for day in found.covered_dates) or "–",
        obligation=words.told(found.obligation.title),
    )


def lacking_topics(due: Due, *, evidence: Iterable[Evidence]) -> list[str]:
    """The minimum topics that no evidence of the due covers."""
    covered = {topic for each in evidence for topic in each.topics}
    return [words.told(topic) for topic in due.obligation.topics if topic not in covered]
