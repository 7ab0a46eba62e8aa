"""Calls by the hour, as Celery's sums have them, and the months computed from them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from callstats.models import Annotation, CallHour, FeedHour
from callstats.periods import operations
from legevakt.lib.periods import Period
from tests.factories.callstats import SourceFactory


@pytest.fixture
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def source(central):
    return SourceFactory(slug="pbx", central=central)


@pytest.fixture
def feed(source):
    """`feed(Period.month(2025, 10))`: every hour of the period is told of."""

    def feed(period, *, hours=None):
        count = period.hours() if hours is None else hours
        FeedHour.objects.bulk_create(
            FeedHour(source=source, hour_at=period.starts_at + timedelta(hours=n))
            for n in range(count)
        )

    return feed


@pytest.fixture
def calls(central):
    """`calls(moment, answered=[30, 200], abandoned=[9])`: waits in seconds."""

    def calls(hour, *, municipality="", unknown=0, **outcomes):
        line = central.numbers.order_by("pk").first()
        for outcome, waits in outcomes.items():
            CallHour.objects.create(
                central=central,
                line=line,
                hour_at=hour,
                outcome=outcome,
                municipality=municipality,
                calls=len(waits) + unknown,
                ambiguous_calls=0,
                waits_ms=sorted(1000 * wait for wait in waits),
                talk_seconds=0,
            )

    return calls


@pytest.fixture
def compute(central):
    """`compute(2025, 10)` stores the month as the nightly task does."""

    def compute(year, month):
        period = Period.month(year, month)
        return operations.compute(central=central, period=period, at=timezone.now())

    return compute


@pytest.fixture
def october(central, feed, calls, compute):
    """October 2025: eight of ten calls in time, all in one hour; every hour is told of."""
    feed(Period.month(2025, 10))
    calls(
        datetime(2025, 10, 6, 8, tzinfo=UTC),
        answered=[30] * 8 + [300],
        abandoned=[9],
        municipality="4631",
    )
    return compute(2025, 10)


@pytest.fixture
def outage(central, leader):
    return Annotation.objects.create(
        central=central,
        kind="outage",
        starts_on=date(2025, 10, 6),
        ends_on=date(2025, 10, 8),
        text="The lines were down",
        created_at=timezone.now(),
        created_by=leader,
    )
