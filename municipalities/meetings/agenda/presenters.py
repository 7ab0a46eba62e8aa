"""Items, coverage and proposals as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legevakt.lib.periods import local_day
from legevakt.lib.tables import Row, Table
from legevakt.lib.words import day, number
from municipalities.meetings.agenda import words
from municipalities.meetings.agenda.models import AgendaItem, Outcome, Proposal
from municipalities.meetings.agenda.queries import TopicCoverage, items_of
from municipalities.meetings.meeting.models import Meeting, MeetingDocument
from municipalities.meetings.topics.prepared import prepared_topics
from municipalities.obligations import words as obligation_words


@dataclass(frozen=True, kw_only=True)
class ShownItem:
    """An item as the agenda shows it."""

    pk: int
    position: int
    case: str
    title: str
    kind: str
    topic: str
    presented_by: str
    text: str
    proposal: str
    outcome: str
    color: str
    is_standing: bool
    is_added: bool
    page_url: str
    page_title: str
    documents: tuple[MeetingDocument, ...]


@dataclass(frozen=True)
class ShownTopic:
    """A minimum topic with how it stands, and the meetings that had it."""

    topic: str
    status: str
    color: str
    meetings: tuple[tuple[str, str], ...]


def shown_items(meeting: Meeting, *, slug: str) -> list[ShownItem]:
    """The agenda of a meeting."""
    pages = {code: str(each.title) for code, each in prepared_topics().items()}
    return [_shown(each, slug=slug, pages=pages) for each in items_of(meeting)]


def shown_coverage(coverage: Iterable[TopicCoverage], *, slug: str) -> list[ShownTopic]:
    """How the minimum agenda stands, a row for each topic."""
    return [_topic(each, slug=slug) for each in coverage]


def coverage_table(coverage: Iterable[ShownTopic], *, caption: str) -> Table:
    """The same as a plain table."""
    return Table(
        caption=caption,
        headings=(_("Topic"), _("State"), _("Meetings")),
        rows=tuple(
            Row((each.topic, each.status, ", ".join(name for name, _url in each.meetings) or "–"))
            for each in coverage
        ),
    )


def proposal_table(proposals: Iterable[Any], *, slug: str) -> Table:
    """What is proposed, as `queries.proposals_of` has it."""
    return Table(
        caption=_("Proposed items"),
        headings=(_("Item"), _("From"), _("Forum"), _("Proposed"), _("State"), _("Demanded by")),
        rows=tuple(
            Row(
                (
                    each.title,
                    each.municipality.name,
                    each.forum.name,
                    day(local_day(each.proposed_at)),
                    str(each.get_state_display()),
                    each.supporters,
                ),
                url=reverse("proposal", args=[slug, each.pk]),
            )
            for each in proposals
        ),
    )


def proposal_facts(proposal: Proposal, *, supporters: list[str]) -> list[tuple[str, str]]:
    """A proposal in pairs."""
    pairs = [
        (_("Forum"), proposal.forum.name),
        (_("From"), proposal.municipality.name),
        (_("Proposed"), day(local_day(proposal.proposed_at))),
        (_("State"), str(proposal.get_state_display())),
        (_("Demanded by"), ", ".join(supporters)),
    ]
    if proposal.answer:
        pairs.append((_("Answer"), proposal.answer))
    return pairs


def third(*, supporters: int, participants: int) -> str:
    """How far it is to a third, in a sentence."""
    needed = -(-participants // 3)
    told = {"count": number(supporters), "needed": number(needed)}
    if supporters >= needed:
        return _("A third of the participants demand the item: it must be on the agenda.")
    return (
        ngettext(
            "%(count)s participant demands the item; %(needed)s are needed for it to be certain.",
            "%(count)s participants demand the item; %(needed)s are needed for it to be certain.",
            supporters,
        )
        % told
    )


def _shown(item: AgendaItem, *, slug: str, pages: dict[str, str]) -> ShownItem:
    page = pages.get(item.page, "")
    args = [slug, item.meeting_id, item.page]
    return ShownItem(
        pk=item.pk,
        position=item.position,
        case=words.case_name(item),
        title=words.title_of(item),
        kind=str(item.get_kind_display()),
        topic=words.topic_of(item),
        presented_by=item.presented_by,
        text=item.text,
        proposal=item.proposal,
        outcome="" if item.outcome == Outcome.NONE else str(item.get_outcome_display()),
        color=words.OUTCOME_COLORS[Outcome(item.outcome)],
        is_standing=bool(item.standing),
        is_added=item.is_added,
        page_url=reverse("meeting_topic", args=args) if page else "",
        page_title=page,
        documents=tuple(item.documents.all()),
    )


def _topic(each: TopicCoverage, *, slug: str) -> ShownTopic:
    status, color = words.COVERED[each.status]
    return ShownTopic(
        topic=obligation_words.told(each.topic),
        status=str(status),
        color=color,
        meetings=tuple(
            (day(local_day(meeting.starts_at)), reverse("meeting", args=[slug, meeting.pk]))
            for meeting in each.meetings
        ),
    )
