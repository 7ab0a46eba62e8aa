"""The e-mails about minutes: the draft for remarks, and the approved ones."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from legevakt.lib import letters, words
from legevakt.lib.mail import Attachment
from municipalities.meetings.meeting.models import LetterKind, MeetingLetter
from municipalities.meetings.minutes.document import file_name, pdf_of
from municipalities.meetings.minutes.models import Minutes


def tell(letter: MeetingLetter) -> None:
    """Send it, in the reader's language. Raises as `mail.send` does, and PdfError."""
    invitee = letter.invitee
    minutes = Minutes.objects.select_related("meeting__forum__cooperation").get(
        meeting=invitee.meeting_id
    )
    meeting, cooperation = minutes.meeting, minutes.meeting.forum.cooperation
    language = invitee.user.language if invitee.user else meeting.language
    until = minutes.hearing_until_date
    address = reverse("minutes", args=[cooperation.slug, meeting.pk])
    letters.send(
        templates="emails/minutes",
        context={
            "name": str(invitee),
            "cooperation": cooperation.name,
            "is_demonstration": cooperation.is_demonstration,
            "is_approved": letter.kind == LetterKind.MINUTES,
            "has_login": invitee.user is not None,
            "meeting": str(meeting),
            "deadline": lambda: words.day(until) if until else "",
            "link": settings.SITE_URL + address,
        },
        to=invitee.address,
        language=language,
        message_id=f"<meeting-letter-{letter.pk}@legevakt>",
        attachments=_attached(letter, minutes=minutes, language=language),
    )


def _attached(letter: MeetingLetter, *, minutes: Minutes, language: str) -> tuple[Attachment, ...]:
    """The minutes, drafts too, for one who has no login and so cannot read them on the page."""
    if letter.invitee.user:
        return ()
    name = file_name(minutes, language=language)
    return (Attachment(name, pdf_of(minutes, language=language), "application/pdf"),)
