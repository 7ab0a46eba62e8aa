"""What webhooks are told of a period has the members that the documentation shows."""

import json
import re

import pytest
from django.conf import settings
from django.utils import timezone

from callstats.alerts import tasks as alerts
from callstats.periods import operations
from legevakt.lib.periods import Period
from municipalities.models import WebhookMessage
from tests.factories.months import published as publish
from tests.factories.webhooks import WebhookEndpointFactory

PAGE = (settings.BASE_DIR / "docs" / "api" / "webhooks.md").read_text()
EXAMPLES = {
    each["type"]: each["data"]
    for each in map(json.loads, re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL))
}
OCTOBER = Period.month(2025, 10)

pytestmark = pytest.mark.usefixtures("clock")


def shape(data):
    """The members, and the kind of each value."""
    return {name: type(value) for name, value in data.items()}


def test_what_is_told_has_the_shape_of_the_documented_examples(
    published, cooperation, leader, host_director
):
    names = ["indicator.published", "indicator.revised", "indicator.below_target"]
    WebhookEndpointFactory(cooperation=cooperation, event_types=names)
    row = published(OCTOBER, within=70, late=30)
    revision = operations.open_revision(period=row, reason="Late", by=leader, at=timezone.now())
    publish(revision, checked_by=leader, by=host_director)
    alerts.watch_targets()

    told = {message.event_type: message.payload["data"] for message in WebhookMessage.objects.all()}
    assert sorted(told) == sorted(names)
    for name, data in told.items():
        assert shape(data) == shape(EXAMPLES[name]), name


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name.startswith("indicator.")])
def test_the_percentages_of_the_examples_are_those_of_their_parts(name):
    from callstats.indicators.rules import percent

    data = EXAMPLES[name]
    assert data["percent"] == str(percent(data["numerator"], data["denominator"]))
