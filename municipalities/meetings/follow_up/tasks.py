"""Celery reminds of what meetings asked for."""

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from legevakt.lib.letters import MOST_RETRIES, send_or_retry
from legevakt.lib.nudging import nudge
from municipalities.meetings.follow_up import reminders


@shared_task
def remind(**_) -> None:
    """Queue the reminders of the day; without a broker the next beat does."""
    for reminder_id in reminders.claim(at=timezone.now()):
        nudge(send_reminder, reminder_id=reminder_id)


@shared_task(bind=True, max_retries=MOST_RETRIES)
def send_reminder(self, *, reminder_id: int, **_) -> None:
    """Send one, unless it is sent or needless; a mail server that is away is tried again."""
    with transaction.atomic():
        reminder = reminders.to_send(reminder_id)
        if reminder is None:
            return
        reminder.sent_at = timezone.now()
        reminder.save(update_fields=["sent_at"])
        send_or_retry(self, lambda: reminders.send(reminder), reminder=reminder_id)
