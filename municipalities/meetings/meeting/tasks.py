"""Celery sends what a meeting's call, change and cancellation asks for."""

from celery import shared_task
from django.utils import timezone

from legevakt.lib.nudging import nudge
from municipalities.meetings.meeting import calling, letters


@shared_task
def send_letters(**_) -> None:
    """Queue every letter that waits; without a broker the next beat does."""
    for letter_id in letters.unsent(kinds=letters.OF_CALENDAR, at=timezone.now()):
        nudge(send_letter, letter_id=letter_id)


@shared_task
def send_letter(*, letter_id: int, **_) -> None:
    """Send one, unless it is sent or refused."""
    letters.send_claimed(letter_id, calling.write)
