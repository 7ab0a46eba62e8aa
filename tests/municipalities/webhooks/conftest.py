"""A webhook whose receiver runs on this machine."""

import pytest

from tests.factories.webhooks import WebhookEndpointFactory
from tests.municipalities.webhooks.receiver import receiving


@pytest.fixture
def receiver(settings):
    """A real server; the installation may call it in clear and in its own network."""
    settings.WEBHOOKS_MAY_BE_PRIVATE = True
    with receiving() as server:
        yield server


@pytest.fixture
def endpoint(cooperation, receiver, leader):
    """The cooperation's webhook, told of every event."""
    return WebhookEndpointFactory(cooperation=cooperation, url=receiver.url, created_by=leader)
