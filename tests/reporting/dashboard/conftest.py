"""Call logs of whole months, as the hourly sums that Celery computes the figures from."""

from datetime import timedelta

import pytest
from django.utils import timezone

from callstats.models import CallHour, FeedHour, Source
from callstats.periods import operations
from legevakt.lib.periods import Period


@pytest.fixture
def source(central):
    return Source.objects.create(
        slug="pbx", name="Pbx", central=central, profile="asterisk-queue-log"
    )


@pytest.fixture
def month_of_calls(source):
    """`month_of_calls(2025, 10, within=3, late=1, unanswered=1)`, all in the first hour."""

    def store(year, month, *, within=0, late=0, unanswered=0, hours=None, is_computed=True):
        period = Period.month(year, month)
        _feed(source, period=period, hours=period.hours() if hours is None else hours)
        waits = {
            "answered": [30_000] * within + [300_000] * late,
            "abandoned": [9_000] * unanswered,
        }
        for outcome, waits_ms in waits.items():
            _calls(source, period=period, outcome=outcome, waits_ms=waits_ms)
        if is_computed:
            operations.compute(central=source.central, period=period, at=timezone.now())
        return period

    return store


def _feed(source, *, period, hours):
    FeedHour.objects.bulk_create(
        FeedHour(source=source, hour_at=period.starts_at + timedelta(hours=n)) for n in range(hours)
    )


def _calls(source, *, period, outcome, waits_ms):
    if not waits_ms:
        return
    CallHour.objects.create(
        central=source.central,
        line=source.central.numbers.order_by("pk").first(),
        hour_at=period.starts_at,
        outcome=outcome,
        calls=len(waits_ms),
        ambiguous_calls=0,
        waits_ms=waits_ms,
        talk_seconds=0,
    )
