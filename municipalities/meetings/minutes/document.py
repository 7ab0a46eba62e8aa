"""Minutes on paper: an accessible PDF of their content, in either written form."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from legevakt.lib.pdf import write_pdf
from legevakt.lib.periods import local_day
from municipalities.meetings.minutes.content import content_of
from municipalities.meetings.minutes.models import Minutes
from municipalities.meetings.minutes.shown import shown
from municipalities.meetings.minutes.words import state

TEMPLATE = "documents/meetings/minutes.html"
TIME_LIMIT_SECONDS = 30


def pdf_of(minutes: Minutes, *, language: str) -> bytes:
    """The minutes as a PDF/UA document; of approved ones what was frozen. Raises PdfError."""
    with translation.override(language):
        told = shown(minutes.content or content_of(minutes))
        status, _ = state(minutes, today=local_day(timezone.now()))
        context = {"language": language, "minutes": told, "status": status}
        html = render_to_string(TEMPLATE, context | {"sha256": minutes.sha256})
    return write_pdf(
        html,
        language=language,
        title=told.title,
        base=settings.BASE_DIR / "static",
        time_limit_seconds=TIME_LIMIT_SECONDS,
    )


def file_name(minutes: Minutes, *, language: str) -> str:
    """The PDF's name: the cooperation, the forum's number, the meeting's, the written form."""
    meeting = minutes.meeting
    of = f"{meeting.forum.cooperation.slug}-minutes-{meeting.forum_id}"
    return f"{of}-{meeting.year}-{meeting.number}-{language}.pdf"
