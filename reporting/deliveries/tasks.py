"""Each minute: what is due is released and sent. Safe to run twice, and by two at once."""

from functools import partial

import structlog
from celery import shared_task
from django.db import transaction
from django.utils import timezone

from reporting.deliveries import operations as deliveries
from reporting.deliveries import queries
from reporting.deliveries.models import Delivery

log = structlog.get_logger(__name__)


@shared_task
def send_delivery(*, delivery_id: int, **_) -> None:
    """Send the delivery, unless it is not due or another worker has it."""
    delivery = Delivery.objects.filter(pk=delivery_id).first()
    if delivery is not None:
        deliveries.send(delivery=delivery, at=timezone.now())


@shared_task
def send_due(**_) -> None:
    """Settle what a dead worker left, release what the schedules ask for, queue what waits.

    What cannot be released stops nothing else, and is tried again at the next minute.
    """
    now = timezone.now()
    deliveries.settle_lost()
    for due in queries.due(now=now):
        try:
            deliveries.release_due(due=due, at=now)
        except Exception:
            log.exception("not released", schedule=due.schedule.pk, period=str(due.period))
    queue(queries.due_deliveries(now=now))


def queue(found: list[Delivery]) -> None:
    """Nudge a worker for each delivery, once they are stored."""
    for delivery in found:
        transaction.on_commit(partial(send_delivery.delay, delivery_id=delivery.pk))
