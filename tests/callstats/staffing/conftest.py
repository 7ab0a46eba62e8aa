"""Weeks of calls whose loads can be checked by head."""

from datetime import UTC, datetime, timedelta

import pytest

from callstats.calls.operations import note_feed
from legevakt.lib.periods import Period
from tests.factories.callstats import SourceFactory, call, stored

FRIDAY_14 = datetime(2025, 10, 24, 12, tzinfo=UTC)  # 14:00 in Oslo


@pytest.fixture
def source(central):
    return SourceFactory(slug="pbx", central=central)


@pytest.fixture
def feed(source):
    """`feed(period)`: the source tells of every hour of the period."""

    def told(period: Period) -> None:
        note_feed(
            source_id=source.pk,
            first_at=period.starts_at,
            last_at=period.ends_at - timedelta(hours=1),
        )

    return told


@pytest.fixture
def calls(source):
    """`calls(3, at=…, talk_seconds=60)` stores three calls of the hour that begins at `at`."""
    number = iter(range(1_000_000))

    def told(count: int, *, at: datetime = FRIDAY_14, **facts) -> None:
        rows = [call(f"c{next(number)}", arrived_at=at, **facts) for _ in range(count)]
        stored(source=source, rows=rows)

    return told
