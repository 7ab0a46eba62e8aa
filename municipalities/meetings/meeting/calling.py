"""The e-mails of a call, a change and a cancellation, each with its invitation for the calendar."""

from __future__ import annotations

from django.utils import timezone

from legevakt.lib import letters, mail
from legevakt.lib.words import moment
from municipalities.meetings.agenda.queries import items_of
from municipalities.meetings.agenda.words import title_of
from municipalities.meetings.meeting import invitation
from municipalities.meetings.meeting.models import LetterKind, Meeting, MeetingLetter, MeetingState

TEMPLATES = "emails/meeting_call"


def write(letter: MeetingLetter) -> None:
    """Send it in the reader's language. Raises as `mail.send` does."""
    invitee = letter.invitee
    meeting = invitee.meeting
    letters.send(
        templates=TEMPLATES,
        context={
            "name": str(invitee),
            "cooperation": meeting.forum.cooperation.name,
            "is_demonstration": meeting.forum.cooperation.is_demonstration,
            "kind": letter.kind,
            "is_cancelled": meeting.state == MeetingState.CANCELLED,
            "meeting": invitation.summary_of(meeting),
            "when": lambda: moment(meeting.starts_at),
            "place": meeting.place,
            "video_url": meeting.video_url,
            "message": meeting.message,
            "reason": meeting.cancel_reason,
            "items": lambda: _agenda(meeting),
            "link": invitation.link_of(meeting),
            "has_login": invitee.user_id is not None,
        },
        to=invitee.address,
        language=invitee.user.language if invitee.user else meeting.language,
        message_id=f"<meeting-{letter.kind}-{letter.pk}-{letter.sequence}@legevakt>",
        invitation=_invitation(letter),
    )


def _invitation(letter: MeetingLetter) -> mail.Invitation:
    now = timezone.now()
    if letter.kind == LetterKind.CANCEL:
        return mail.Invitation("CANCEL", invitation.cancel_to(letter.invitee, stamped_at=now))
    return mail.Invitation("REQUEST", invitation.request_to(letter.invitee, stamped_at=now))


def _agenda(meeting: Meeting) -> list[str]:
    return [title_of(each) for each in items_of(meeting)]
