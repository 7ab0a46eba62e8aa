"""Months of a central with a few calls, computed, checked and published."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from callstats.feeds.models import Source
from callstats.indicators import operations
from callstats.models import CallHour, FeedHour
from legevakt.lib.periods import Period
from tests.factories.callstats import SourceFactory

OCTOBER = Period.month(2025, 10)


@pytest.fixture
def source(central):
    return SourceFactory(slug="pbx", name="The exchange", central=central)


@pytest.fixture
def month_of_calls(central, source):
    """`month_of_calls(OCTOBER, within=3, late=1)`: its calls in its first hour, feed in all."""

    def store(period=OCTOBER, *, within=0, late=0, unanswered=0, hours=None):
        fed(source, period=period, hours=period.hours() if hours is None else hours)
        waits = {
            "answered": [30_000] * within + [300_000] * late,
            "abandoned": [9_000] * unanswered,
        }
        for outcome, waits_ms in waits.items():
            if waits_ms:
                hour_of_calls(central, at=period.starts_at, outcome=outcome, waits_ms=waits_ms)
        return operations.compute(central=central, period=period, at=timezone.now())

    return store


@pytest.fixture
def checked(month_of_calls, leader):
    """`checked(OCTOBER, within=3)`: by the leader."""

    def check(period=OCTOBER, **calls):
        row = month_of_calls(period, **calls)
        seen = operations.fingerprint(row)
        return operations.check(period=row, seen=seen, by=leader, at=timezone.now())

    return check


@pytest.fixture
def published(checked, host_director):
    """`published(OCTOBER, within=3)`: checked by the leader, published by the director."""

    def publish(period=OCTOBER, **calls):
        return operations.publish(
            period=checked(period, **calls),
            by=host_director,
            at=timezone.now(),
            provisional_reason="The log of the first day is lost." if "hours" in calls else "",
        )

    return publish


def fed(source: Source, *, period: Period, hours: int) -> None:
    """The first hours of the period have feed."""
    FeedHour.objects.bulk_create(
        [
            FeedHour(source=source, hour_at=period.starts_at + timedelta(hours=n))
            for n in range(hours)
        ],
        ignore_conflicts=True,
    )


def hour_of_calls(central, *, at: datetime, outcome: str, waits_ms: list[int]) -> CallHour:
    """The calls of one hour and outcome."""
    return CallHour.objects.create(
        central=central,
        line=central.numbers.order_by("pk").first(),
        hour_at=at.astimezone(UTC),
        outcome=outcome,
        calls=len(waits_ms),
        ambiguous_calls=0,
        waits_ms=waits_ms,
        rung_back_ms=[],
        talk_seconds=0,
    )
