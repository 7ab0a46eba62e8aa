"""Celery sends drafts for remarks, and approved minutes, to all who were called."""

from __future__ import annotations

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from legevakt.lib.nudging import nudge
from municipalities.meetings.meeting.letters import send_claimed, unsent
from municipalities.meetings.meeting.models import LetterKind
from municipalities.meetings.minutes.telling import tell

KINDS = (LetterKind.HEARING, LetterKind.MINUTES)


@shared_task
def send_letters(**_) -> None:
    """Queue each letter that is claimed and not sent; the row is locked while it is sent."""
    for letter_id in unsent(kinds=KINDS, at=timezone.now()):
        nudge(send_letter, letter_id=letter_id)


@shared_task
def send_letter(*, letter_id: int, **_) -> None:
    """Write to one person; a mail server that is away is tried again at the next tick."""
    send_claimed(letter_id, tell)


def send_soon() -> None:
    """Nudge a worker once the letters are claimed; without a broker the timetable sends."""
    transaction.on_commit(lambda: nudge(send_letters))
