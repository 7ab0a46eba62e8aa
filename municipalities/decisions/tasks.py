"""Celery tells the participants of decisions, and reminds each of them once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from legevakt.lib.letters import MOST_RETRIES, send_or_retry
from legevakt.lib.nudging import nudge
from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.decisions import notifying, queries
from municipalities.decisions.models import Notification
from municipalities.decisions.telling import tell


@shared_task
def tell_participants(**_) -> None:
    """Tell, once, those who answer for each municipality that is to be notified.

    The claim is stored with the queueing: without a broker the next tick tells. Where nobody
    answers for a municipality, it is told as soon as somebody does.
    """
    at = timezone.now()
    _queue_each(
        queries.untold(today=local_day(at)),
        claim=lambda row: notifying.claim_telling(notification=row, at=at),
        is_reminder=False,
    )


@shared_task
def remind_participants(**_) -> None:
    """Remind, once, of the receipts that are missing after their deadline."""
    at = timezone.now()
    _queue_each(
        queries.to_remind(today=local_day(at)),
        claim=lambda row: notifying.claim_reminder(notification=row, at=at),
        is_reminder=True,
    )


@shared_task(bind=True, max_retries=MOST_RETRIES)
def tell_person(
    self, *, notification_id: int, user_id: int, is_reminder: bool = False, **_
) -> None:
    """Write to one person, unless it is confirmed meanwhile; a mail server away is tried again."""
    rows = Notification.objects.select_related(
        "decision__cooperation", "decision__municipality", "municipality"
    )
    notification = rows.filter(pk=notification_id, read_at__isnull=True).first()
    if notification is None:
        return
    to = User.objects.get(pk=user_id)
    send_or_retry(
        self,
        lambda: tell(notification=notification, to=to, is_reminder=is_reminder),
        notification=notification_id,
        user=user_id,
    )


def tell_soon() -> None:
    """Nudge a worker once what is registered is stored; without a broker the timetable tells."""
    transaction.on_commit(lambda: nudge(tell_participants))


def _queue_each(
    rows: Iterable[Notification], *, claim: Callable[[Notification], bool], is_reminder: bool
) -> None:
    for row in rows:
        people = queries.who_answers(
            cooperation=row.decision.cooperation, municipality_id=row.municipality_id
        )
        with transaction.atomic():
            if people and claim(row):
                for user_id in people:
                    tell_person.delay(
                        notification_id=row.pk, user_id=user_id, is_reminder=is_reminder
                    )
