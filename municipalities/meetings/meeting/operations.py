"""Planning a meeting, calling it, moving it, cancelling it; who is called, and what they answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.documents.models import Document
from municipalities.meetings.agenda import operations as agenda
from municipalities.meetings.agenda.models import AgendaItem
from municipalities.meetings.forums.models import Duty, Forum
from municipalities.meetings.forums.queries import members_on
from municipalities.meetings.meeting import letters
from municipalities.meetings.meeting.models import (
    Answer,
    Invitee,
    LetterKind,
    Meeting,
    MeetingDocument,
    MeetingState,
)
from municipalities.meetings.meeting.rules import LONGEST
from municipalities.refused import Refused
from municipalities.register.models import Municipality

# What stands in everybody's calendar, so that a change of it is sent.
IN_CALENDARS = ("starts_at", "ends_at", "place", "video_url", "title", "message")


@transaction.atomic
def plan(
    *,
    forum: Forum,
    starts_at: datetime,
    ends_at: datetime,
    place: str = "",
    video_url: str = "",
    title: str = "",
    message: str = "",
    language: str = "",
    by: User | None,
    at: datetime,
) -> Meeting:
    """A meeting with the next number of its year, the forum's members, and its agenda begun.

    Raises Refused.
    """
    _require_possible(starts_at, ends_at)
    _require_forum(forum, day=local_day(starts_at))
    year = local_day(starts_at).year
    meeting = Meeting.objects.create(
        forum=forum,
        year=year,
        number=_next_number(forum, year=year),
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        video_url=video_url,
        title=title,
        message=message,
        language=language or forum.language,
        planned_at=at,
        planned_by=by,
    )
    _take_members(meeting)
    agenda.begin(meeting=meeting)
    return meeting


@transaction.atomic
def change(*, meeting: Meeting, at: datetime, **facts: Any) -> Meeting:
    """Change the facts that are given; who is called is told when it is in their calendar.

    In another year it gets the next number of that. Raises Refused.
    """
    found = locked(meeting)
    _require_not_cancelled(found)
    is_news = any(name in IN_CALENDARS and getattr(found, name) != facts[name] for name in facts)
    for name, value in facts.items():
        setattr(found, name, value)
    _require_possible(found.starts_at, found.ends_at)
    year = local_day(found.starts_at).year
    if year != found.year:
        found.year, found.number = year, _next_number(found.forum, year=year)
    if is_news and found.state == MeetingState.CALLED:
        found.sequence += 1
    found.save()
    if is_news and found.state == MeetingState.CALLED:
        letters.claim_call(
            invitees=found.invitees.called(),
            kind=LetterKind.UPDATE,
            sequence=found.sequence,
            at=at,
        )
    return found


@transaction.atomic
def call(*, meeting: Meeting, by: User | None, at: datetime) -> Meeting:
    """Close the agenda, number its cases, and call everybody. Again changes nothing.

    Raises Refused.
    """
    found = locked(meeting)
    _require_not_cancelled(found)
    if found.state == MeetingState.CALLED:
        return found
    if not found.invitees.called().exists():
        raise Refused("nobody_to_call")
    if found.starts_at <= at:
        raise Refused("meeting_has_begun")
    agenda.close(meeting=found)
    found.state, found.called_at = MeetingState.CALLED, at
    found.save(update_fields=["state", "called_at"])
    letters.claim_call(
        invitees=found.invitees.called(), kind=LetterKind.CALL, sequence=found.sequence, at=at
    )
    return found


@transaction.atomic
def cancel(*, meeting: Meeting, reason: str, by: User | None, at: datetime) -> Meeting:
    """The meeting is not held; who was called gets a cancellation. Raises Refused."""
    found = locked(meeting)
    _require_not_cancelled(found)
    was_called = found.state == MeetingState.CALLED
    found.state, found.cancelled_at, found.cancel_reason = MeetingState.CANCELLED, at, reason
    found.sequence += 1
    found.save()
    if was_called:
        letters.claim_cancel(invitees=found.invitees.called(), sequence=found.sequence, at=at)
    agenda.release(meeting=found)
    return found


@transaction.atomic
def invite(
    *,
    meeting: Meeting,
    duty: str,
    user: User | None = None,
    name: str = "",
    email: str = "",
    municipality: Municipality | None = None,
    at: datetime,
) -> Invitee:
    """Call one more; where the others are called already, at once. Raises Refused."""
    found = locked(meeting)
    _require_open(found)
    who = {"user": user} if user else {"user": None, "email": email}
    invitee, _ = Invitee.objects.update_or_create(
        meeting=found,
        **who,
        uncalled_at__isnull=False,
        defaults={"uncalled_at": None, "duty": duty, "answer": Answer.NONE, "answered_at": None},
        create_defaults={
            **who,
            "meeting": found,
            "name": name,
            "municipality": municipality,
            "duty": duty,
        },
    )
    if found.state == MeetingState.CALLED:
        _call_one(invitee, meeting=found, at=at)
    return invitee


@transaction.atomic
def uninvite(*, invitee: Invitee, at: datetime) -> None:
    """Call one no more; who has the event in a calendar gets a cancellation. Raises Refused."""
    found = locked(invitee.meeting)
    _require_open(found)
    invitee.uncalled_at = at
    invitee.save(update_fields=["uncalled_at"])
    if found.state == MeetingState.CALLED:
        found.sequence += 1
        found.save(update_fields=["sequence"])
        letters.claim_cancel(invitees=[invitee], sequence=found.sequence, at=at)


@transaction.atomic
def answer(*, invitee: Invitee, answer: str, deputy: str = "", at: datetime) -> Invitee:
    """What one who is called answers; a deputy is who meets instead. Raises Refused."""
    _require_open(invitee.meeting)
    invitee.answer, invitee.deputy, invitee.answered_at = answer, deputy, at
    invitee.save(update_fields=["answer", "deputy", "answered_at"])
    return invitee


@transaction.atomic
def correct_address(*, invitee: Invitee, email: str, at: datetime) -> None:
    """Write another address of one without a login, and send again what did not arrive."""
    invitee.email = email
    invitee.save(update_fields=["email"])
    send_failed_again(invitee=invitee, at=at)


@transaction.atomic
def send_failed_again(*, invitee: Invitee, at: datetime) -> None:
    """Send once more what did not arrive, or may not have."""
    for letter in invitee.letters.exclude(failure=""):
        letters.send_again(letter=letter, at=at)


@transaction.atomic
def add_document(
    *,
    meeting: Meeting,
    document: Document,
    item: AgendaItem | None = None,
    by: User | None,
    at: datetime,
) -> MeetingDocument:
    """Put a document with the meeting, or with an item on its agenda. Raises Refused."""
    _require_open(meeting)
    return MeetingDocument.objects.create(
        meeting=meeting, item=item, document=document, added_at=at, added_by=by
    )


@transaction.atomic
def remove_document(*, kept: MeetingDocument) -> None:
    """Take it away from the meeting; the history keeps that it was there. Raises Refused."""
    _require_open(kept.meeting)
    kept.delete()


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it is now, until the transaction ends."""
    rows = Meeting.objects.select_related("forum__cooperation")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=meeting.pk)


def _next_number(forum: Forum, *, year: int) -> int:
    Forum.objects.select_for_update(no_key=True).get(pk=forum.pk)
    last = forum.meetings.filter(year=year).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _take_members(meeting: Meeting) -> None:
    """Call the members of the meeting's day: each person once, and the first chair as chair."""
    taken: set[str] = set()
    for member in members_on(forum=meeting.forum, day=local_day(meeting.starts_at)):
        if member.address in taken:
            continue
        has_chair = bool(taken) and member.duty == Duty.CHAIR
        taken.add(member.address)
        Invitee.objects.create(
            meeting=meeting,
            user=member.user,
            name=member.name,
            email=member.email,
            municipality=member.municipality,
            duty=Duty.MEMBER if has_chair else member.duty,
        )


def _call_one(invitee: Invitee, *, meeting: Meeting, at: datetime) -> None:
    """A call; for one who was called before a change, newer than the cancellation of it."""
    was_called = invitee.letters.filter(kind__in=letters.OF_CALENDAR).exists()
    if was_called:
        meeting.sequence += 1
        meeting.save(update_fields=["sequence"])
    letters.claim_call(
        invitees=[invitee],
        kind=LetterKind.UPDATE if was_called else LetterKind.CALL,
        sequence=meeting.sequence,
        at=at,
    )


def _require_possible(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise Refused("ends_before_start", field="ends")
    if ends_at - starts_at > LONGEST:
        raise Refused("too_long", field="ends")


def _require_not_cancelled(meeting: Meeting) -> None:
    if meeting.state == MeetingState.CANCELLED:
        raise Refused("meeting_is_cancelled")


def _require_open(meeting: Meeting) -> None:
    _require_not_cancelled(meeting)
    if meeting.has_approved_minutes:
        raise Refused("meeting_with_approved_minutes_stays")


def _require_forum(forum: Forum, *, day: date) -> None:
    if forum.ends_date and day >= forum.ends_date:
        raise Refused("forum_has_ended", field="day")
