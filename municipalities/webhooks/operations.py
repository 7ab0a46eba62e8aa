"""Setting up webhooks, and telling them what happened."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.query import RawQuerySet

from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.webhooks import rules
from municipalities.webhooks.models import MessageState, WebhookEndpoint, WebhookMessage


class WebhookIsPaused(Exception):
    """Nothing is sent to a webhook that is paused."""


@transaction.atomic(savepoint=False)
def emit(
    *, cooperation: Cooperation | None, event_type: rules.EventType, data: dict, at: datetime
) -> list[WebhookMessage]:
    """Tell every active webhook of the cooperation that asked for such events.

    Writes the messages in the caller's transaction: what is rolled back is never told, and
    what is stored is told even if the program dies here. They are sent within half a minute.
    `data` holds figures, keys and moments, nothing about a person. A central that is of no
    cooperation yet tells nobody. No webhook that is told is deleted before the caller commits.
    """
    kind = rules.EventType(event_type).value
    if cooperation is None:
        return []
    asked = WebhookEndpoint.objects.filter(cooperation=cooperation).asking_for(kind)
    told = rules.payload(event_type=kind, at=at, data=data)
    messages = [_message(endpoint=endpoint, payload=told, at=at) for endpoint in _kept(asked)]
    return WebhookMessage.objects.bulk_create(messages)


@transaction.atomic
def add_endpoint(
    *, cooperation: Cooperation, url: str, event_types: Iterable[str], by: User, at: datetime
) -> WebhookEndpoint:
    """A webhook that is told of these events from now on."""
    return WebhookEndpoint.objects.create(
        cooperation=cooperation,
        url=url,
        event_types=_in_order(event_types),
        created_by=by,
        created_at=at,
    )


@transaction.atomic
def change_endpoint(
    *, endpoint: WebhookEndpoint, url: str, event_types: Iterable[str]
) -> WebhookEndpoint:
    """Another address, or other events; what waits goes to the new address."""
    endpoint.url, endpoint.event_types = url, _in_order(event_types)
    endpoint.save(update_fields=["url", "event_types"])
    return endpoint


def pause(endpoint: WebhookEndpoint) -> None:
    """Send nothing, and note no new events. What waits, waits on."""
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(is_active=False)


def resume(endpoint: WebhookEndpoint) -> None:
    """Tell it of events again, and send what waits."""
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(is_active=True, gone_at=None)


@transaction.atomic
def renew_secret(*, endpoint: WebhookEndpoint, at: datetime) -> WebhookEndpoint:
    """A new signing secret; for 24 hours the one before it signs as well."""
    found = WebhookEndpoint.objects.select_for_update(no_key=True).get(pk=endpoint.pk)
    found.secret_generation += 1
    found.secret_renewed_at = at
    found.save(update_fields=["secret_generation", "secret_renewed_at"])
    return found


@transaction.atomic
def delete_endpoint(endpoint: WebhookEndpoint) -> None:
    """The webhook and its messages are gone; that it was there stands in the history.

    Who tells it something at the moment (`emit`) comes to their end first. Repeating it does
    no harm.
    """
    for found in WebhookEndpoint.objects.select_for_update().filter(pk=endpoint.pk):
        found.delete()


@transaction.atomic
def send_test(*, endpoint: WebhookEndpoint, at: datetime) -> WebhookMessage:
    """A message that tells of nothing, to see whether it arrives. Raises WebhookIsPaused."""
    _require_active(endpoint)
    told = rules.payload(event_type=rules.TEST_EVENT, at=at, data={"webhook": endpoint.pk})
    message = _message(endpoint=endpoint, payload=told, at=at)
    message.save()
    return message


@transaction.atomic
def send_again(*, message: WebhookMessage, at: datetime) -> WebhookMessage:
    """The same message, with its id, once more from the start: now, and then for three days.

    Raises WebhookIsPaused.
    """
    found = WebhookMessage.objects.select_for_update().get(pk=message.pk)
    _require_active(found.endpoint)
    found.state, found.attempts, found.delivered_at = MessageState.PENDING, 0, None
    found.next_attempt_at, found.give_up_at = at, at + rules.GIVE_UP_AFTER
    found.save()
    return found


def delete_messages(*, before_at: datetime) -> int:
    """Take messages made before the moment out of the log; returns how many."""
    return WebhookMessage.objects.filter(created_at__lt=before_at).delete()[0]


def _kept(asked: QuerySet[WebhookEndpoint]) -> RawQuerySet[WebhookEndpoint]:
    """The webhooks in one query that keeps each from being deleted until the transaction ends.

    KEY SHARE, which Django has no word for, is what PostgreSQL itself takes for a foreign key:
    two who tell the same webhook do not wait for each other.
    """
    sql, params = asked.order_by("pk").query.sql_with_params()
    return WebhookEndpoint.objects.raw(f"{sql} FOR KEY SHARE", params)


def _message(*, endpoint: WebhookEndpoint, payload: dict[str, Any], at: datetime) -> WebhookMessage:
    return WebhookMessage(
        endpoint=endpoint,
        message_id=f"msg_{uuid.uuid4().hex}",
        event_type=payload["type"],
        payload=payload,
        created_at=at,
        next_attempt_at=at,
        give_up_at=at + rules.GIVE_UP_AFTER,
    )


def _in_order(event_types: Iterable[str]) -> list[str]:
    """The known events among them, as the contract orders them."""
    asked = {rules.EventType(each) for each in event_types}
    return [each.value for each in rules.EventType if each in asked]


def _require_active(endpoint: WebhookEndpoint) -> None:
    if not WebhookEndpoint.objects.filter(pk=endpoint.pk, is_active=True).exists():
        raise WebhookIsPaused(str(endpoint))
