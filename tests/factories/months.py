"""Whole months of a central with a few calls, computed; checked and published if asked for."""

from datetime import timedelta

from django.utils import timezone

from callstats.feeds.models import Source
from callstats.models import CallHour, FeedHour, IndicatorPeriod
from callstats.periods import operations
from legevakt.lib.periods import Period
from municipalities.models import Central, User
from tests.factories.callstats import SourceFactory


def month_of_calls(
    central: Central,
    period: Period,
    *,
    within: int = 0,
    late: int = 0,
    unanswered: int = 0,
    hours: int | None = None,
    municipality: str = "",
) -> IndicatorPeriod:
    """All calls in its first hour, feed in its first hours (all of them unless told), computed."""
    source = central.sources.first() or SourceFactory(slug=f"of-{central.slug}", central=central)
    fed(source, period=period, hours=period.hours() if hours is None else hours)
    waits = {"answered": [30_000] * within + [300_000] * late, "abandoned": [9_000] * unanswered}
    for outcome, waits_ms in waits.items():
        if waits_ms:
            hour_of_calls(
                central,
                period=period,
                outcome=outcome,
                waits_ms=waits_ms,
                municipality=municipality,
            )
    return operations.compute(central=central, period=period, at=timezone.now())


def fed(source: Source, *, period: Period, hours: int) -> None:
    """The first hours of the period have feed."""
    moments = [period.starts_at + timedelta(hours=n) for n in range(hours)]
    rows = [FeedHour(source=source, hour_at=moment) for moment in moments]
    FeedHour.objects.bulk_create(rows, ignore_conflicts=True)


def hour_of_calls(
    central: Central, *, period: Period, outcome: str, waits_ms: list[int], municipality: str = ""
) -> CallHour:
    """Calls of one outcome in the first hour of the period; nothing is computed."""
    return CallHour.objects.create(
        central=central,
        line=central.numbers.order_by("pk").first(),
        hour_at=period.starts_at,
        outcome=outcome,
        municipality=municipality,
        calls=len(waits_ms),
        ambiguous_calls=0,
        waits_ms=waits_ms,
        talk_seconds=0,
    )


def checked(row: IndicatorPeriod, *, by: User) -> IndicatorPeriod:
    """Looked at and found right."""
    seen = operations.fingerprint(row)
    return operations.check(period=row, seen=seen, by=by, at=timezone.now())


def published(
    row: IndicatorPeriod, *, checked_by: User, by: User, reason: str = ""
) -> IndicatorPeriod:
    """Checked by one and published by another."""
    return operations.publish(
        period=checked(row, by=checked_by), by=by, at=timezone.now(), provisional_reason=reason
    )
