"""Items that participants propose: demanded by a third, taken onto an agenda, or declined."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.documents.models import Document
from municipalities.meetings.agenda.models import (
    AgendaItem,
    ItemKind,
    Proposal,
    ProposalState,
    ProposalSupport,
    Standing,
)
from municipalities.meetings.agenda.queries import is_demanded_by_a_third, next_open_agenda
from municipalities.meetings.forums.models import Forum
from municipalities.meetings.meeting.models import Meeting, MeetingDocument, MeetingState
from municipalities.refused import Refused
from municipalities.register.models import Municipality


@transaction.atomic
def propose(
    *,
    forum: Forum,
    municipality: Municipality,
    title: str,
    text: str,
    document: Document | None = None,
    by: User | None,
    at: datetime,
) -> Proposal:
    """An item for the forum's next meeting; the municipality demands it too."""
    proposal = Proposal.objects.create(
        forum=forum,
        municipality=municipality,
        title=title,
        text=text,
        document=document,
        proposed_at=at,
        proposed_by=by,
    )
    support(proposal=proposal, municipality=municipality, by=by, at=at)
    return proposal


@transaction.atomic
def support(
    *, proposal: Proposal, municipality: Municipality, by: User | None, at: datetime
) -> Proposal:
    """That a municipality demands the item; again changes nothing.

    Demanded by a third, where the forum lets it, it goes on the next open agenda. Raises Refused.
    """
    found = _open(proposal)
    ProposalSupport.objects.get_or_create(
        proposal=found,
        municipality=municipality,
        defaults={"supported_at": at, "supported_by": by},
    )
    if is_demanded_by_a_third(found, day=local_day(at)):
        _put_on_next_agenda(found, at=at)
    return found


@transaction.atomic
def take(*, proposal: Proposal, meeting: Meeting, by: User | None, at: datetime) -> AgendaItem:
    """Put the item on the agenda of a meeting of the forum. Raises Refused."""
    found = _open(proposal)
    if meeting.forum_id != found.forum_id:
        raise Refused("of_another_forum", field="meeting")
    locked = _open_agenda(meeting)
    if locked is None:
        raise Refused("agenda_is_closed", field="meeting")
    return put_on_agenda(proposal=found, meeting=locked, by=by, at=at)


@transaction.atomic
def decline(*, proposal: Proposal, answer: str, by: User | None, at: datetime) -> Proposal:
    """Say why the item is not taken up. Raises Refused where a third demands it."""
    found = _open(proposal)
    if is_demanded_by_a_third(found, day=local_day(at)):
        raise Refused("is_demanded_by_a_third")
    return _answered(found, state=ProposalState.DECLINED, answer=answer, by=by, at=at)


@transaction.atomic
def withdraw(*, proposal: Proposal, by: User | None, at: datetime) -> Proposal:
    """Who proposed it does not want it any more. Raises Refused once it is answered."""
    return _answered(_open(proposal), state=ProposalState.WITHDRAWN, answer="", by=by, at=at)


def put_on_agenda(
    *, proposal: Proposal, meeting: Meeting, by: User | None, at: datetime
) -> AgendaItem:
    """A case of the meeting, before «any other business», with the proposal's document."""
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    end = meeting.items.filter(standing=Standing.ANY_OTHER, position=last).first()
    if end is not None:
        end.position = last + 1
        end.save(update_fields=["position"])
    item = AgendaItem.objects.create(
        meeting=meeting,
        forum_id=meeting.forum_id,
        position=last if end else last + 1,
        kind=ItemKind.CASE,
        title=proposal.title,
        text=proposal.text,
        presented_by=proposal.municipality.name,
    )
    if proposal.document_id:
        MeetingDocument.objects.get_or_create(
            meeting=meeting,
            document=proposal.document,
            defaults={"item": item, "added_at": at, "added_by": by},
        )
    proposal.item = item
    _answered(proposal, state=ProposalState.TAKEN, answer="", by=by, at=at)
    return item


def _put_on_next_agenda(proposal: Proposal, *, at: datetime) -> None:
    """On the first agenda that is still open; where there is none, `begin` takes it later."""
    after = at
    while (meeting := next_open_agenda(forum=proposal.forum, after=after)) is not None:
        if (locked := _open_agenda(meeting)) is not None:
            put_on_agenda(proposal=proposal, meeting=locked, by=None, at=at)
            return
        after = meeting.starts_at


def _open_agenda(meeting: Meeting) -> Meeting | None:
    """The meeting, locked, so that it is not called meanwhile; None once its agenda is closed."""
    rows = Meeting.objects.select_for_update(no_key=True)
    return rows.filter(pk=meeting.pk, state=MeetingState.PLANNED).first()


def _answered(
    proposal: Proposal, *, state: str, answer: str, by: User | None, at: datetime
) -> Proposal:
    proposal.state, proposal.answer = state, answer
    proposal.answered_at, proposal.answered_by = at, by
    proposal.save(update_fields=["state", "answer", "answered_at", "answered_by", "item"])
    return proposal


def _open(proposal: Proposal) -> Proposal:
    """The proposal, locked. Raises Refused where it is answered."""
    rows = Proposal.objects.select_related("forum__cooperation", "municipality", "document")
    found = rows.select_for_update(of=("self",), no_key=True).get(pk=proposal.pk)
    if found.state != ProposalState.OPEN:
        raise Refused("proposal_is_answered")
    return found
