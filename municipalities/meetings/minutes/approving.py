"""Approving minutes, which freezes them with their figures, and sending them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import translation

from legevakt.lib import words
from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.access.permissions import is_held
from municipalities.access.rules import Permission
from municipalities.decisions.facts import Facts
from municipalities.decisions.models import Decision, Level
from municipalities.decisions.operations import register
from municipalities.meetings.agenda.models import AgendaItem, ItemKind, Outcome
from municipalities.meetings.agenda.words import title_of
from municipalities.meetings.forums.models import Duty
from municipalities.meetings.forums.queries import minimum_topics
from municipalities.meetings.meeting.letters import claim
from municipalities.meetings.meeting.models import LetterKind, Meeting, MeetingState
from municipalities.meetings.minutes.content import content_of, registered_as
from municipalities.meetings.minutes.models import Minutes, MinutesState
from municipalities.meetings.minutes.queries import APPROVED
from municipalities.meetings.minutes.rules import may_remark, sha256_of
from municipalities.meetings.minutes.words import heading
from municipalities.meetings.minutes.writing import locked
from municipalities.obligations.operations import MunicipalityIsMissing, hand_in
from municipalities.refused import Refused

TITLE_LENGTH = 200  # of a decision in the register


@transaction.atomic
def approve(*, minutes: Minutes, by: User, at: datetime) -> Minutes:
    """Freeze the minutes as they are, with the figures as they are; again changes nothing.

    Decisions of cases go to the decision register, and the obligation that the forum's meetings
    keep gets its evidence. Raises Refused: the person may not, or the first of `obstacles`.
    """
    found = locked(minutes)
    if not may_approve(minutes=found, user=by):
        raise Refused("may_not_approve")
    if found.state in APPROVED:
        return found
    for obstacle in obstacles(minutes=found, at=at):
        raise obstacle
    found.approved_at, found.approved_by = at, by
    found.content = content_of(found)
    found.sha256 = sha256_of(found.content)
    found.state = MinutesState.APPROVED
    _register_decisions(found.meeting, by=by, at=at)
    _show_kept(found.meeting, by=by, at=at)
    found.save()
    return found


@transaction.atomic
def send(*, minutes: Minutes, by: User | None, at: datetime) -> Minutes:
    """Send the approved minutes to all who were called; again changes nothing. Raises Refused."""
    del by  # the history knows
    found = locked(minutes)
    if found.state == MinutesState.SENT:
        return found
    if found.state != MinutesState.APPROVED:
        raise Refused("is_not_approved")
    claim(meeting=found.meeting, kind=LetterKind.MINUTES, sequence=0, at=at)
    found.state, found.sent_at = MinutesState.SENT, at
    found.save(update_fields=["state", "sent_at"])
    return found


def may_approve(*, minutes: Minutes, user: User) -> bool:
    """Whether the user chaired the meeting, or approves minutes for the host."""
    meeting = minutes.meeting
    if meeting.invitees.called().filter(user=user.pk, duty=Duty.CHAIR).exists():
        return True
    return is_held(
        user=user,
        permission=Permission.APPROVE_MINUTES,
        cooperation=meeting.forum.cooperation,
    )


def obstacles(*, minutes: Minutes, at: datetime) -> list[Refused]:
    """Everything that must be put right before the minutes can be approved."""
    return [*_too_early(minutes, at=at), *_unanswered(minutes), *_unwritten(minutes.meeting)]


def _too_early(minutes: Minutes, *, at: datetime) -> list[Refused]:
    until = minutes.hearing_until_date
    if minutes.meeting.state == MeetingState.CANCELLED:
        return [Refused("is_cancelled")]
    if at < minutes.meeting.ends_at:
        return [Refused("is_not_held")]
    if minutes.state != MinutesState.HEARING or until is None:
        return [Refused("was_not_out_for_remarks")]
    if may_remark(until=until, today=local_day(at)):
        return [Refused("waits_for_remarks", until=words.day(until))]
    return []


def _unanswered(minutes: Minutes) -> list[Refused]:
    count = minutes.remarks.filter(answer="").count()
    return [Refused("remarks_are_unanswered", count=words.number(count))] if count else []


def _unwritten(meeting: Meeting) -> list[Refused]:
    """People not noted, items without an outcome, and cases that were treated but not decided.

    Standing items need no outcome: that they were treated says itself.
    """
    rows = meeting.items.exclude(kind=ItemKind.STANDING).select_related("forum")
    is_noted = not meeting.invitees.called().filter(is_present=None).exists()
    found = [] if is_noted else [Refused("presence_is_not_noted")]
    for item in rows.order_by("position", "pk"):
        if item.outcome == Outcome.NONE:
            found.append(Refused("item_has_no_outcome", item=heading(item)))
        elif (item.kind, item.outcome) == (ItemKind.CASE, Outcome.TREATED) and not item.decision:
            found.append(Refused("case_has_no_decision", item=heading(item)))
    return found


def _register_decisions(meeting: Meeting, *, by: User, at: datetime) -> None:
    """One for each decided case; what somebody has registered by hand already stays."""
    for item in meeting.items.select_related("forum").order_by("position", "pk"):
        number = registered_as(item, forum=meeting.forum)
        facts = _facts_of(item, meeting=meeting, number=number) if number else None
        if facts and not _is_registered(facts, meeting=meeting):
            register(
                cooperation=meeting.forum.cooperation, facts=facts, receipt_by=None, by=by, at=at
            )


def _facts_of(item: AgendaItem, *, meeting: Meeting, number: str) -> Facts:
    with translation.override(meeting.language):
        title = title_of(item)
    return Facts(
        municipality=meeting.forum.cooperation.host,
        level=Level.ADMINISTRATIVE,
        body=meeting.forum.name,
        case_number=number,
        title=title[:TITLE_LENGTH],
        summary=item.decision,
        decided_date=local_day(meeting.starts_at),
    )


def _is_registered(facts: Facts, *, meeting: Meeting) -> bool:
    return Decision.objects.filter(
        cooperation=meeting.forum.cooperation_id,
        municipality=facts.municipality,
        case_number=facts.case_number,
        decided_date=facts.decided_date,
    ).exists()


def _show_kept(meeting: Meeting, *, by: User, at: datetime) -> None:
    """Hand in the meeting as evidence for the obligation of its forum, with what it covered."""
    forum, day = meeting.forum, local_day(meeting.starts_at)
    if not forum.obligation_code:
        return
    treated = meeting.items.filter(outcome=Outcome.TREATED).exclude(topic="")
    covered = set(treated.values_list("topic", flat=True))
    try:
        hand_in(
            cooperation=forum.cooperation,
            code=forum.obligation_code,
            key=f"meeting:{meeting.pk}",
            title=str(meeting),
            on=day,
            path=reverse("minutes", args=[forum.cooperation.slug, meeting.pk]),
            municipality=forum.partner,
            topics=[topic for topic in minimum_topics(forum=forum, day=day) if topic in covered],
            by=by,
            at=at,
        )
    except MunicipalityIsMissing as error:
        raise Refused("obligation_is_with_each_participant") from error
