"""Webhooks and their messages for the tests."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from municipalities.webhooks import rules
from municipalities.webhooks.models import MessageState, WebhookEndpoint, WebhookMessage
from tests.factories.municipalities import CooperationFactory, UserFactory

MADE_AT = datetime(2025, 11, 10, 9, 0, tzinfo=UTC)


class WebhookEndpointFactory(DjangoModelFactory):
    """An active webhook that asked for every event."""

    class Meta:
        model = WebhookEndpoint

    cooperation = factory.SubFactory(CooperationFactory)
    url = "https://receiver.example/hooks"
    event_types = factory.LazyFunction(lambda: [each.value for each in rules.EventType])
    created_at = MADE_AT
    created_by = factory.SubFactory(UserFactory)


class WebhookMessageFactory(DjangoModelFactory):
    """A message that waits for its first attempt."""

    class Meta:
        model = WebhookMessage

    endpoint = factory.SubFactory(WebhookEndpointFactory)
    message_id = factory.Sequence(lambda n: f"msg_{n:032x}")
    event_type = rules.EventType.IMPORT_COMPLETED.value
    payload = factory.LazyAttribute(
        lambda message: rules.payload(
            event_type=message.event_type, at=message.created_at, data={"import": "a"}
        )
    )
    created_at = MADE_AT
    give_up_at = MADE_AT + rules.GIVE_UP_AFTER
    delivered_at = factory.LazyAttribute(
        lambda message: MADE_AT if message.state == MessageState.DELIVERED else None
    )
    next_attempt_at = factory.LazyAttribute(
        lambda message: MADE_AT if message.state == MessageState.PENDING else None
    )
    state = MessageState.PENDING
