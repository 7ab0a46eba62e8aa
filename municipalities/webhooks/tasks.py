"""Each half minute: what is due is sent. Safe to run twice, and by two at once."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from celery import Task, shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.utils import timezone

from legevakt.lib.nudging import nudge
from municipalities.webhooks import operations, queries, rules
from municipalities.webhooks import sending as webhooks
from municipalities.webhooks.models import WebhookMessage

log = structlog.get_logger(__name__)

# A nudge that nobody took before the next beat is dropped: a slow receiver fills no queue.
NUDGE_EXPIRES = timedelta(seconds=30)
# So long a worker stays with one webhook, so that one with much to hear keeps it from no other.
ROUND = timedelta(seconds=20)
# What the timeouts of one connection do not end: an answer that comes a byte at a time.
LONGEST_SECONDS = 90


@shared_task
def send_due(**_) -> None:
    """Have each webhook served that has a message whose time has come."""
    for endpoint_id in queries.endpoints_due(at=timezone.now()):
        _queue(send_waiting, endpoint_id=endpoint_id)


@shared_task(soft_time_limit=LONGEST_SECONDS)
def send_waiting(*, endpoint_id: int, **_) -> None:
    """Send what is due to one webhook, unless another worker is at it."""
    until = timezone.now() + ROUND
    try:
        webhooks.send_waiting(endpoint_id=endpoint_id, now=timezone.now, until=until)
    except SoftTimeLimitExceeded:
        log.warning("webhook answers too slowly", endpoint=endpoint_id)
        webhooks.hold_back(endpoint_id=endpoint_id, until=timezone.now() + rules.LONGEST_REST)


@shared_task(soft_time_limit=LONGEST_SECONDS)
def send(*, message_id: int, **_) -> None:
    """Try the message, unless it is not due or its webhook is busy."""
    message = WebhookMessage.objects.filter(pk=message_id).first()
    if message is not None:
        webhooks.send(message=message, at=timezone.now())


@shared_task
def delete_old(**_) -> None:
    """The log reaches back 30 days."""
    operations.delete_messages(before_at=timezone.now() - rules.KEPT)


def queue(message: WebhookMessage) -> None:
    """Nudge a worker for the message, once it is stored; without a broker the beat sends it."""
    _queue(send, message_id=message.pk)


def _queue(task: Task, **arguments: Any) -> None:
    transaction.on_commit(partial(nudge, task, expires=NUDGE_EXPIRES, **arguments))
