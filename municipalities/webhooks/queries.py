"""Reads about webhooks: what is due, the log of one, and the secrets that sign now."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import Max, Min, OuterRef, QuerySet, Subquery

from municipalities.access.models import User
from municipalities.webhooks import rules, signing
from municipalities.webhooks.models import WebhookEndpoint, WebhookMessage


def endpoints_due(*, at: datetime) -> list[int]:
    """The keys of the webhooks that have something to send now, who waited longest first.

    Each once, however much it has: one receiver that is dead keeps no other waiting.
    """
    due = WebhookMessage.objects.due(at).order_by().values("endpoint")
    waited = due.annotate(since=Min("next_attempt_at")).order_by("since", "endpoint")
    return list(waited.values_list("endpoint", flat=True))


def next_message(*, endpoint_id: int, at: datetime) -> WebhookMessage | None:
    """What to send to the webhook now: first what was tried before, then the oldest."""
    due = WebhookMessage.objects.due(at).filter(endpoint=endpoint_id)
    return due.order_by("-attempts", "next_attempt_at", "pk").first()


def endpoints_for(user: User) -> QuerySet:
    """The webhooks the user may see, by cooperation and age.

    With `last_delivered_at`, and `last_error` of the latest message that was tried.
    """
    tried = WebhookMessage.objects.filter(endpoint=OuterRef("pk"), attempts__gt=0)
    latest = tried.order_by("-created_at", "-pk").values("last_error")[:1]
    return (
        WebhookEndpoint.objects.visible_to(user)
        .annotate(last_delivered_at=Max("messages__delivered_at"), last_error=Subquery(latest))
        .order_by("cooperation__name", "pk")
    )


def log_of(endpoint: WebhookEndpoint) -> QuerySet[WebhookMessage]:
    """Every message of the webhook that is kept, the latest first."""
    return endpoint.messages.order_by("-created_at", "-pk")


def current_secret(endpoint: WebhookEndpoint) -> str:
    """The secret that the receiver is to keep: `whsec_…`."""
    return _secret(endpoint, generation=endpoint.secret_generation)


def signing_secrets(endpoint: WebhookEndpoint, *, at: datetime) -> list[str]:
    """The secrets that sign at the moment: for a day after a renewal the former one too."""
    secrets = [current_secret(endpoint)]
    renewed_at = endpoint.secret_renewed_at
    if renewed_at is not None and at < renewed_at + rules.SECRETS_OVERLAP:
        secrets.append(_secret(endpoint, generation=endpoint.secret_generation - 1))
    return secrets


def _secret(endpoint: WebhookEndpoint, *, generation: int) -> str:
    return signing.secret(
        installation_key=settings.SECRET_KEY, endpoint_id=endpoint.pk, generation=generation
    )
