"""Each half minute: what is due is sent. Safe to run twice, and by two at once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from municipalities.webhooks import operations, queries, rules
from municipalities.webhooks import sending as webhooks
from municipalities.webhooks.models import WebhookMessage

# A nudge that nobody took before the next beat is dropped: a slow receiver fills no queue.
NUDGE_SECONDS = 30
# What the timeouts of one connection do not end: an answer that comes a byte at a time.
LONGEST_SECONDS = 90


@shared_task
def send_due(**_) -> None:
    """Queue every message whose time has come."""
    queue(queries.due_messages(at=timezone.now()))


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


def queue(message_ids: Iterable[int]) -> None:
    """Nudge a worker for each message, once they are stored."""
    for message_id in message_ids:
        nudge = partial(send.apply_async, kwargs={"message_id": message_id}, expires=NUDGE_SECONDS)
        transaction.on_commit(nudge)
