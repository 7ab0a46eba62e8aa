"""Minutes for remarks: opened with a deadline, remarked on, answered."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from legevakt.lib.periods import local_day
from legevakt.lib.words import day
from municipalities.access.models import User
from municipalities.meetings.agenda.models import AgendaItem
from municipalities.meetings.meeting.letters import claim
from municipalities.meetings.meeting.models import LetterKind, Meeting, MeetingLetter, MeetingState
from municipalities.meetings.minutes.models import Minutes, MinutesState, Remark
from municipalities.meetings.minutes.queries import APPROVED
from municipalities.meetings.minutes.rules import may_remark
from municipalities.meetings.minutes.writing import locked
from municipalities.refused import Refused
from municipalities.register.models import Municipality


@transaction.atomic
def open_hearing(*, minutes: Minutes, until: date, by: User | None, at: datetime) -> Minutes:
    """Send the draft to all who were called, for remarks to the end of the day; again too.

    Raises Refused: approved already, the meeting is cancelled or not held, or the day is not
    ahead.
    """
    found = locked(minutes)
    _require_held(found, at=at)
    if until <= local_day(at):
        raise Refused("deadline_is_not_ahead", field="until")
    found.state, found.hearing_opened_at, found.hearing_until_date = MinutesState.HEARING, at, until
    found.written_by = found.written_by or by
    found.save()
    claim(
        meeting=found.meeting,
        kind=LetterKind.HEARING,
        sequence=_next_sequence(found.meeting),
        at=at,
    )
    return found


@transaction.atomic
def remark(
    *,
    minutes: Minutes,
    text: str,
    item: AgendaItem | None = None,
    municipality: Municipality | None = None,
    by: User | None,
    at: datetime,
) -> Remark:
    """Remark on the minutes, or on one item. Raises Refused: no remarks are waited for."""
    found = locked(minutes)
    until = found.hearing_until_date
    if found.state != MinutesState.HEARING or until is None:
        raise Refused("no_remarks_are_waited_for")
    if not may_remark(until=until, today=local_day(at)):
        raise Refused("deadline_has_passed", until=day(until))
    if item is not None and item.meeting_id != found.meeting_id:
        raise Refused("item_of_another_meeting", field="item")
    return Remark.objects.create(
        minutes=found, item=item, municipality=municipality, text=text, made_at=at, made_by=by
    )


@transaction.atomic
def answer_remark(*, remark: Remark, answer: str, by: User | None, at: datetime) -> Remark:
    """Answer a remark; again until the minutes are approved. Raises Refused."""
    if locked(remark.minutes).state != MinutesState.HEARING:
        raise Refused("is_approved")
    remark.answer, remark.answered_at, remark.answered_by = answer, at, by
    remark.save(update_fields=["answer", "answered_at", "answered_by"])
    return remark


def _require_held(minutes: Minutes, *, at: datetime) -> None:
    if minutes.state in APPROVED:
        raise Refused("is_approved")
    if minutes.meeting.state == MeetingState.CANCELLED:
        raise Refused("is_cancelled")
    if at < minutes.meeting.ends_at:
        raise Refused("is_not_held")


def _next_sequence(meeting: Meeting) -> int:
    """Which time the draft is sent, from 0."""
    sent = MeetingLetter.objects.filter(invitee__meeting=meeting, kind=LetterKind.HEARING)
    last = sent.aggregate(last=Max("sequence"))["last"]
    return 0 if last is None else last + 1
