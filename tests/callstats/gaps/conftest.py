"""Calls of single hours, and months made of them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from callstats.models import CallHour, FeedHour
from callstats.periods import operations
from legevakt.lib.periods import Period, wall_time_to_utc
from tests.factories.callstats import SourceFactory


@pytest.fixture
def source(central):
    return SourceFactory(central=central)


@pytest.fixture
def called(source):
    """`called(date(2025, 10, 4), 10, within=3, late=1, unanswered=1)`: calls of one local hour."""

    def store(day: date, hour: int, *, within=0, late=0, unanswered=0, municipality="", line=None):
        moment = wall_time_to_utc(day=day, wall=time(hour))
        waits = {
            "answered": [30_000] * within + [300_000] * late,
            "abandoned": [9_000] * unanswered,
        }
        for outcome, waits_ms in waits.items():
            if waits_ms:
                CallHour.objects.create(
                    central=source.central,
                    line=line or source.central.numbers.order_by("pk").first(),
                    hour_at=moment,
                    outcome=outcome,
                    municipality=municipality,
                    calls=len(waits_ms),
                    ambiguous_calls=0,
                    waits_ms=waits_ms,
                    talk_seconds=0,
                )

    return store


@pytest.fixture
def feed(source):
    """`feed(Period.month(2025, 10))`: the log tells of every hour."""

    def store(period: Period) -> Period:
        FeedHour.objects.bulk_create(
            FeedHour(source=source, hour_at=_nth(period, n)) for n in range(period.hours())
        )
        return period

    return store


@pytest.fixture
def computed(source, feed):
    """`computed(Period.month(2025, 10))`: the month with all its feed is stored."""

    def store(period: Period):
        feed(period)
        return operations.compute(central=source.central, period=period, at=timezone.now())

    return store


@pytest.fixture
def october(called, computed):
    """October 2025: 150 of 200 calls in time, and so 10 short; Saturdays 10–12 lacked 17.2.

    Saturday 10: 10 of 30 (lacks 14), Saturday 11: 20 of 29 (3.2), Saturday 15: 1 of 3 (1.4, few),
    Monday 9: 119 of 138 (−8.6).
    """
    first = date(2025, 10, 4)
    called(first, 10, within=10, late=10, unanswered=10, municipality="4631")
    called(first + timedelta(days=7), 11, within=20, unanswered=9, municipality="4631")
    called(first, 15, within=1, late=2, municipality="4633")
    called(date(2025, 10, 6), 9, within=119, late=19, municipality="4631")
    return computed(Period.month(2025, 10))


def _nth(period: Period, n: int) -> datetime:
    return period.starts_at + timedelta(hours=n)
