"""Making an agenda: begun with what every agenda has, closed when the meeting is called."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max

from legevakt.lib.periods import local_day
from municipalities.meetings.agenda.models import (
    AgendaItem,
    ItemKind,
    Outcome,
    Proposal,
    ProposalState,
    Standing,
)
from municipalities.meetings.agenda.proposing import (
    decline,
    propose,
    put_on_agenda,
    support,
    take,
    withdraw,
)
from municipalities.meetings.agenda.queries import is_demanded_by_a_third
from municipalities.meetings.forums.models import Forum
from municipalities.meetings.forums.queries import minimum_topics
from municipalities.meetings.meeting.models import Meeting, MeetingState
from municipalities.meetings.topics.prepared import code_for
from municipalities.refused import Refused

__all__ = [
    "add_item",
    "begin",
    "change_item",
    "close",
    "decline",
    "move_item",
    "propose",
    "release",
    "remove_item",
    "support",
    "take",
    "withdraw",
]

FIRST = (Standing.APPROVE_AGENDA, Standing.APPROVE_MINUTES, Standing.FOLLOW_UPS)


@transaction.atomic
def begin(*, meeting: Meeting) -> None:
    """The standing items, one for each minimum topic, and what a third demands. Once."""
    if meeting.items.exists():
        return
    for standing in FIRST:
        _append(meeting, kind=ItemKind.STANDING, standing=standing, title=standing.label)
    day = local_day(meeting.starts_at)
    for topic in minimum_topics(forum=meeting.forum, day=day):
        _append(
            meeting,
            kind=ItemKind.ORIENTATION,
            title=topic,
            topic=topic,
            page=code_for(topic),
        )
    last = Standing.ANY_OTHER
    _append(meeting, kind=ItemKind.STANDING, standing=last, title=last.label)
    waiting = meeting.forum.proposals.filter(state=ProposalState.OPEN).order_by("pk")
    for proposal in waiting.select_for_update(no_key=True):
        if is_demanded_by_a_third(proposal, day=local_day(meeting.planned_at)):
            put_on_agenda(proposal=proposal, meeting=meeting, by=None, at=meeting.planned_at)


@transaction.atomic
def add_item(
    *,
    meeting: Meeting,
    kind: str,
    title: str,
    text: str = "",
    proposal: str = "",
    presented_by: str = "",
    topic: str = "",
    page: str = "",
    is_added: bool = False,
) -> AgendaItem:
    """An item before «any other business»; `is_added` when the meeting itself takes it up.

    On a closed agenda only that, with the next case number. Raises Refused.
    """
    found = _locked(meeting)
    if not is_added:
        _require_open(found)
    item = _append(
        found,
        kind=kind,
        title=title,
        text=text,
        proposal=proposal,
        presented_by=presented_by,
        topic=topic,
        page=page or (code_for(topic) if topic else ""),
        is_added=is_added,
    )
    _before_any_other(item)
    if found.state == MeetingState.CALLED:
        _number([item], meeting=found)
    return item


@transaction.atomic
def change_item(*, item: AgendaItem, **facts: Any) -> AgendaItem:
    """Change what stands on the agenda. Raises Refused once it is closed."""
    _require_open(_locked(item.meeting))
    for name, value in facts.items():
        setattr(item, name, value)
    item.save(update_fields=list(facts))
    return item


@transaction.atomic
def move_item(*, item: AgendaItem, to: int) -> None:
    """Put the item in the place, counted from 1; the others make room. Raises Refused."""
    meeting = _locked(item.meeting)
    _require_open(meeting)
    _move(meeting, item, to=to)


@transaction.atomic
def remove_item(*, item: AgendaItem) -> None:
    """Take an item off an open agenda; what was proposed waits again. Raises Refused."""
    meeting = _locked(item.meeting)
    _require_open(meeting)
    if item.standing:
        raise Refused("standing_item_stays")
    if item.case_number is not None:
        raise Refused("item_has_a_number")
    if (proposal := Proposal.objects.filter(item=item).first()) is not None:
        if is_demanded_by_a_third(proposal, day=local_day(meeting.planned_at)):
            raise Refused("is_demanded_by_a_third")
        _wait_again(proposal)
    item.delete()
    _close_ranks(meeting)


@transaction.atomic
def close(*, meeting: Meeting) -> None:
    """Number every case of the agenda, in order: 3/25 is the third of the forum's year."""
    _locked(meeting)
    items = meeting.items.filter(case_number__isnull=True).exclude(kind=ItemKind.STANDING)
    _number(list(items.order_by("position", "pk")), meeting=meeting)


@transaction.atomic
def release(*, meeting: Meeting) -> None:
    """Of a cancelled meeting: what was proposed waits for the next one."""
    for proposal in Proposal.objects.filter(item__meeting=meeting, item__outcome=Outcome.NONE):
        _wait_again(proposal)


def _append(meeting: Meeting, **facts: Any) -> AgendaItem:
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    return AgendaItem.objects.create(
        meeting=meeting, forum_id=meeting.forum_id, position=last + 1, **facts
    )


def _before_any_other(item: AgendaItem) -> None:
    last = item.meeting.items.filter(standing=Standing.ANY_OTHER).first()
    if last is not None:
        _move(item.meeting, item, to=last.position)


def _move(meeting: Meeting, item: AgendaItem, *, to: int) -> None:
    others = [each for each in meeting.items.order_by("position", "pk") if each.pk != item.pk]
    others.insert(max(0, min(to - 1, len(others))), item)
    _place(others)


def _close_ranks(meeting: Meeting) -> None:
    _place(list(meeting.items.order_by("position", "pk")))


def _place(items: list[AgendaItem]) -> None:
    for position, item in enumerate(items, 1):
        item.position = position
    AgendaItem.objects.bulk_update(items, ["position"])


def _number(items: list[AgendaItem], *, meeting: Meeting) -> None:
    """The next numbers of the forum's year; the forum is locked, so that none is given twice."""
    Forum.objects.select_for_update(no_key=True).get(pk=meeting.forum_id)
    of_year = AgendaItem.objects.filter(forum=meeting.forum_id, case_year=meeting.year)
    last = of_year.aggregate(last=Max("case_number"))["last"] or 0
    for number, item in enumerate(items, last + 1):
        item.case_year, item.case_number = meeting.year, number
        item.save(update_fields=["case_year", "case_number"])


def _wait_again(proposal: Proposal) -> None:
    proposal.state, proposal.item, proposal.answer = ProposalState.OPEN, None, ""
    proposal.answered_at = proposal.answered_by = None
    proposal.save(update_fields=["state", "item", "answer", "answered_at", "answered_by"])


def _locked(meeting: Meeting) -> Meeting:
    rows = Meeting.objects.select_related("forum__cooperation")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=meeting.pk)


def _require_open(meeting: Meeting) -> None:
    if meeting.state != MeetingState.PLANNED:
        raise Refused("agenda_is_closed")
