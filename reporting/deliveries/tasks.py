"""Each minute: what is due is released and sent. Safe to run twice, and by two at once."""

from functools import partial

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from reporting.deliveries import operations as deliveries
from reporting.deliveries import queries
from reporting.deliveries.models import Delivery


@shared_task
def send_delivery(*, delivery_id: int, **_) -> None:
    """Send the delivery, unless it is not due or another worker has it."""
    delivery = Delivery.objects.filter(pk=delivery_id).first()
    if delivery is not None:
        deliveries.send(delivery=delivery, at=timezone.now())


@shared_task
def send_due(**_) -> None:
    """Settle what a dead worker left, release what the schedules ask for, queue what waits."""
    now = timezone.now()
    deliveries.settle_lost()
    for schedule, report in queries.reports_to_release(now=now):
        deliveries.release(schedule=schedule, report=report, at=now)
    queue(queries.due_deliveries(now=now))


def queue(found: list[Delivery]) -> None:
    """Nudge a worker for each delivery, once they are stored."""
    for delivery in found:
        transaction.on_commit(partial(send_delivery.delay, delivery_id=delivery.pk))
