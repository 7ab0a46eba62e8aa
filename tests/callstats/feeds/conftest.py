from datetime import datetime, timedelta

import pytest

from callstats.calls.models import FeedHour
from callstats.feeds.models import SourceToken
from tests.conftest import NOW
from tests.factories.callstats import CallImportFactory, SourceFactory


@pytest.fixture
def source(central):
    """The central's exchange, with a queue for each kind of line."""
    return SourceFactory(slug="pbx", name="The exchange", central=central)


@pytest.fixture
def heard():
    """`heard(source, at)`: an import of a call was stored then, its last call a minute before."""

    def heard(source, at: datetime = NOW, **fields):
        told = {"state": "completed", "last_at": at - timedelta(minutes=1), "finished_at": at}
        told |= {"created": 1, "received": 1 + fields.get("rejected", 0)}
        return CallImportFactory(source=source, created_at=at, **told | fields)

    return heard


@pytest.fixture
def hours():
    """`hours(source, first, count)`: so many hours of data from that moment."""

    def hours(source, first: datetime, count: int):
        FeedHour.objects.bulk_create(
            FeedHour(source=source, hour_at=first + timedelta(hours=n)) for n in range(count)
        )

    return hours


@pytest.fixture
def used():
    """`used(token, at)`: the token was shown at that moment."""

    def used(token, at: datetime = NOW):
        SourceToken.objects.filter(pk=token.pk).update(last_used_at=at)

    return used
