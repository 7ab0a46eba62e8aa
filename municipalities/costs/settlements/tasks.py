"""Celery tells each partner's directors of a settlement that is sent, and that is approved."""

from __future__ import annotations

from celery import shared_task
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from legevakt.lib.letters import MOST_RETRIES, send_or_retry
from legevakt.lib.nudging import nudge
from municipalities.access.models import User
from municipalities.costs.settlements import operations, queries
from municipalities.costs.settlements.models import SettlementNotice
from municipalities.costs.settlements.telling import tell
from municipalities.decisions.queries import who_answers


@shared_task
def tell_partners(**_) -> None:
    """Tell, once, those who answer for each municipality on the settlement.

    The claim is stored with the queueing: without a broker the next tick tells. Where nobody
    answers for a municipality, it is told as soon as somebody does.
    """
    at = timezone.now()
    for notice in queries.untold():
        people = who_answers(
            cooperation=notice.settlement.pool_year.pool.cooperation,
            municipality_id=notice.municipality_id,
        )
        with transaction.atomic():
            if people and operations.claim_notice(notice=notice, at=at):
                for user_id in people:
                    tell_person.delay(notice_id=notice.pk, user_id=user_id)


@shared_task(bind=True, max_retries=MOST_RETRIES)
def tell_person(self, *, notice_id: int, user_id: int, **_) -> None:
    """Write to one person, while the settlement stands so; a mail server away is tried again."""
    rows = SettlementNotice.objects.select_related(
        "settlement__pool_year__pool__cooperation", "municipality"
    )
    notice = rows.filter(pk=notice_id, about=F("settlement__state")).first()
    if notice is None:
        return
    to = User.objects.get(pk=user_id)
    send_or_retry(self, lambda: tell(notice=notice, to=to), notice=notice_id, user=user_id)


def tell_soon() -> None:
    """Nudge a worker once the settlement is stored; without a broker the timetable tells."""
    transaction.on_commit(lambda: nudge(tell_partners))
