"""Celery asks the participants in a hearing, and reminds each of them once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from legevakt.lib.letters import MOST_RETRIES, send_or_retry
from legevakt.lib.nudging import nudge
from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.decisions.queries import who_answers
from municipalities.hearings import operations, queries
from municipalities.hearings.models import HearingAnswer
from municipalities.hearings.telling import tell


@shared_task
def ask_participants(**_) -> None:
    """Ask, once, those who answer for each municipality in an open hearing.

    The claim is stored with the queueing: without a broker the next tick asks. Where nobody
    answers for a municipality, it is asked as soon as somebody does.
    """
    at = timezone.now()
    _queue_each(
        queries.untold(),
        claim=lambda row: operations.claim_telling(answer=row, at=at),
        is_reminder=False,
    )


@shared_task
def remind_participants(**_) -> None:
    """Remind, once, who has not answered when the deadline comes near."""
    at = timezone.now()
    _queue_each(
        queries.to_remind(today=local_day(at)),
        claim=lambda row: operations.claim_reminder(answer=row, at=at),
        is_reminder=True,
    )


@shared_task(bind=True, max_retries=MOST_RETRIES)
def tell_person(self, *, answer_id: int, user_id: int, is_reminder: bool = False, **_) -> None:
    """Write to one person, while the answer is waited for; a mail server away is tried again."""
    rows = HearingAnswer.objects.select_related("hearing__cooperation", "municipality")
    answer = rows.filter(
        pk=answer_id, answered_at__isnull=True, hearing__closed_at__isnull=True
    ).first()
    if answer is None:
        return
    to = User.objects.get(pk=user_id)
    send_or_retry(
        self,
        lambda: tell(answer=answer, to=to, is_reminder=is_reminder),
        answer=answer_id,
        user=user_id,
    )


def ask_soon() -> None:
    """Nudge a worker once the hearing is stored; without a broker the timetable asks."""
    transaction.on_commit(lambda: nudge(ask_participants))


def _queue_each(
    rows: Iterable[HearingAnswer], *, claim: Callable[[HearingAnswer], bool], is_reminder: bool
) -> None:
    for row in rows:
        people = who_answers(
            cooperation=row.hearing.cooperation, municipality_id=row.municipality_id
        )
        with transaction.atomic():
            if people and claim(row):
                for user_id in people:
                    tell_person.delay(answer_id=row.pk, user_id=user_id, is_reminder=is_reminder)
