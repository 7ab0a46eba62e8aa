"""Webhooks and their messages in the words of a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from municipalities.cooperations.models import Cooperation
from municipalities.webhooks import rules
from municipalities.webhooks.models import MessageState, WebhookEndpoint, WebhookMessage
from municipalities.webhooks.rules import EventType
from municipalities.webhooks.words import ERRORS, EVENT_NAMES, STATE_COLORS, TEST_NAME


def sections(
    *, cooperations: Iterable[Cooperation], endpoints: Iterable[WebhookEndpoint]
) -> list[dict[str, Any]]:
    """Each cooperation with its webhooks; `endpoints` as `queries.endpoints_for` has them."""
    by_cooperation: dict[int, list[WebhookEndpoint]] = {}
    for endpoint in endpoints:
        by_cooperation.setdefault(endpoint.cooperation_id, []).append(endpoint)
    return [
        {
            "name": each.name,
            "add_url": reverse("webhook_add", args=[each.slug]),
            "rows": [_endpoint_row(found) for found in by_cooperation.get(each.pk, [])],
        }
        for each in cooperations
    ]


def facts(endpoint: WebhookEndpoint, *, now: datetime) -> list[tuple[str, str]]:
    """The webhook's settings in pairs."""
    pairs = [
        (_("Address"), endpoint.url),
        (_("Events"), events(endpoint.event_types)),
        (pgettext("webhook", "Set up"), moment(endpoint.created_at)),
    ]
    renewed_at = endpoint.secret_renewed_at
    if renewed_at and now < renewed_at + rules.SECRETS_OVERLAP:
        text = _("the former one signs as well until %(moment)s")
        until = moment(renewed_at + rules.SECRETS_OVERLAP)
        pairs.append((_("Signing secret"), text % {"moment": until}))
    return pairs


def log(messages: Iterable[WebhookMessage]) -> list[dict[str, Any]]:
    """One row a message."""
    return [
        {
            "message_id": message.message_id,
            "event": event(message.event_type),
            "created_at": moment(message.created_at),
            "label": message.get_state_display(),
            "color": STATE_COLORS[MessageState(message.state)],
            "attempts": message.attempts,
            "next_attempt_at": moment(message.next_attempt_at),
            "answer": _answer(message),
            "again_url": reverse("webhook_send_again", args=[message.pk]),
        }
        for message in messages
    ]


def events(event_types: Iterable[str]) -> str:
    """The events by name, and by the type that the receiver reads."""
    return ", ".join(f"{event(each)} ({each})" for each in event_types)


def event(event_type: str) -> str:
    """The event by name."""
    return str(TEST_NAME if event_type == rules.TEST_EVENT else EVENT_NAMES[EventType(event_type)])


def moment(at: datetime | None) -> str:
    """Date and time in Norway; a dash for none."""
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT") if at else "–"


def state_of(endpoint: WebhookEndpoint) -> dict[str, str]:
    """Whether it is active, as label and color of a tag."""
    if endpoint.is_active:
        return {"label": pgettext("webhook", "active"), "color": "success"}
    return {"label": pgettext("webhook", "paused"), "color": "warning"}


def _endpoint_row(endpoint: Any) -> dict[str, Any]:
    return {
        "url": endpoint.url,
        "page_url": reverse("webhook", args=[endpoint.pk]),
        "events": ", ".join(map(event, endpoint.event_types)),
        "last_delivered_at": moment(endpoint.last_delivered_at),
        **_listed_state(endpoint),
    }


def _listed_state(endpoint: Any) -> dict[str, str]:
    """As `state_of`, and whether an active one fails."""
    if endpoint.is_active and endpoint.last_error:
        return {"label": pgettext("webhook", "the last attempt failed"), "color": "danger"}
    return state_of(endpoint)


def _answer(message: WebhookMessage) -> str:
    """What the receiver answered last, or why it could not."""
    status = f"HTTP {message.last_status}" if message.last_status else ""
    error = str(ERRORS[message.last_error]) if message.last_error else ""
    return ": ".join(part for part in (status, error) if part) or "–"
