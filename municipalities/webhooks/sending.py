"""A worker's way with a webhook's messages: claim one, post it, note what became of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from legevakt.lib import locks, outgoing
from municipalities.webhooks import queries, rules, signing
from municipalities.webhooks.models import MessageState, WebhookEndpoint, WebhookMessage

Post = Callable[..., int]
Clock = Callable[[], datetime]


def send_waiting(
    *, endpoint_id: int, now: Clock, until: datetime, post: Post = outgoing.post
) -> None:
    """Send what is due to the webhook, one after the other, beginning none after `until`.

    A receiver that is in trouble ends it, since then the rest is not due any more: a dead one
    costs one timeout a round.
    """
    while (at := now()) < until:
        message = queries.next_message(endpoint_id=endpoint_id, at=at)
        if message is None or not send(message=message, at=at, post=post):
            return


def send(*, message: WebhookMessage, at: datetime, post: Post = outgoing.post) -> bool:
    """Try the message once. False, and nothing done, where it is not due or has to wait.

    One message at a time goes to a webhook, so that a slow receiver holds one worker at most.
    The attempt is counted before a word is sent: a worker that dies leaves a message that is
    tried again in its time, and the receiver knows it by its id.
    """
    with locks.only_one(f"webhook {message.endpoint_id}") as got:
        claimed = _claim(message=message, at=at) if got else None
        if claimed is None:
            return False
        status, error = _outcome(claimed, at=at, post=post)
        _settle(claimed, status=status, error=error, at=at)
    return True


def hold_back(*, endpoint_id: int, until: datetime) -> None:
    """Nothing goes to the webhook before the moment."""
    _waiting(endpoint_id, until=until).update(next_attempt_at=until)


def _claim(*, message: WebhookMessage, at: datetime) -> WebhookMessage | None:
    with transaction.atomic(durable=True):
        due = WebhookMessage.objects.due(at).select_related("endpoint")
        found = due.select_for_update(of=["self"]).filter(pk=message.pk).first()
        if found is None:
            return None
        found.attempts += 1
        found.next_attempt_at = at + rules.pause_after(found.attempts)
        found.save(update_fields=["attempts", "next_attempt_at"])
        return found


def _outcome(message: WebhookMessage, *, at: datetime, post: Post) -> tuple[int | None, str]:
    """Post it; the status if there was an answer, and the error in a word or nothing."""
    body = rules.body(message.payload)
    signed = signing.headers(
        message_id=message.message_id,
        body=body,
        at=at,
        secrets=queries.signing_secrets(message.endpoint, at=at),
    )
    headers = {"Content-Type": "application/json", "User-Agent": "Legevakt-Webhooks/1", **signed}
    try:
        status = post(
            url=message.endpoint.url,
            body=body,
            headers=headers,
            may_be_private=settings.WEBHOOKS_MAY_BE_PRIVATE,
        )
    except (outgoing.AddressRefused, outgoing.NotReached) as error:
        return None, error.code
    return status, "" if rules.is_delivered(status) else "status"


@transaction.atomic
def _settle(message: WebhookMessage, *, status: int | None, error: str, at: datetime) -> None:
    """Note it, unless the message was deleted, or sent again by hand, in the meantime."""
    if status == rules.GONE:
        gone = WebhookEndpoint.objects.filter(pk=message.endpoint_id)
        gone.update(is_active=False, gone_at=at)
    if rules.is_troubled(status):
        rest_until = at + rules.rest_after(message.attempts)
        others = _waiting(message.endpoint_id, until=rest_until).exclude(pk=message.pk)
        others.update(next_attempt_at=rest_until)
    mine = WebhookMessage.objects.filter(
        pk=message.pk, attempts=message.attempts, give_up_at=message.give_up_at
    )
    mine.update(last_status=status, last_error=error, **_state(message, status, error, at=at))


def _waiting(endpoint_id: int, *, until: datetime) -> QuerySet[WebhookMessage]:
    """The webhook's messages that would be tried before the moment."""
    return WebhookMessage.objects.filter(
        endpoint=endpoint_id, state=MessageState.PENDING, next_attempt_at__lt=until
    )


def _state(
    message: WebhookMessage, status: int | None, error: str, *, at: datetime
) -> dict[str, object]:
    if not error:
        return {"state": MessageState.DELIVERED, "delivered_at": at, "next_attempt_at": None}
    next_at = rules.next_attempt_at(attempts=message.attempts, at=at, give_up_at=message.give_up_at)
    if next_at is None or status == rules.GONE:
        return {"state": MessageState.FAILED, "next_attempt_at": None}
    return {"next_attempt_at": next_at}
