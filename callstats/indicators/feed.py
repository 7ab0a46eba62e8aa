"""Which months and until when the telephone systems of a central have told of anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection

from legevakt.lib.periods import HOUR, Period, local_day
from municipalities.models import Central

BOUNDS = ("starts_on", "starts_at", "ends_at")
# Each asks the index (source, hour) for one row; nothing is read through.
FED_SQL = """
    SELECT m.first FROM unnest(%s::date[], %s::timestamptz[], %s::timestamptz[])
        AS m (first, starts_at, ends_at)
    WHERE EXISTS (
        SELECT FROM callstats_source s CROSS JOIN LATERAL (
            SELECT FROM callstats_feedhour f
            WHERE f.source_id = s.id AND f.hour_at >= m.starts_at AND f.hour_at < m.ends_at
            LIMIT 1) found
        WHERE s.central_id = %s)
"""
FIRST_SQL = """
    SELECT min(first.hour_at) FROM callstats_source s CROSS JOIN LATERAL (
        SELECT min(hour_at) AS hour_at FROM callstats_feedhour WHERE source_id = s.id) first
    WHERE s.central_id = %s
"""
LATEST_SQL = """
    SELECT max(latest.hour_at) FROM callstats_source s CROSS JOIN LATERAL (
        SELECT max(hour_at) AS hour_at FROM callstats_feedhour WHERE source_id = s.id) latest
    WHERE s.central_id = %s
"""


def fed(*, central: Central, periods: Sequence[Period]) -> set[date]:
    """The first days of those periods in which there is an hour with feed."""
    if not periods:
        return set()
    begun = [[getattr(each, name) for each in periods] for name in BOUNDS]
    with connection.cursor() as cursor:
        cursor.execute(FED_SQL, [*begun, central.pk])
        return {first for (first,) in cursor.fetchall()}


def feed_ends_at(central: Central) -> datetime | None:
    """The end of the last hour with feed, if any."""
    with connection.cursor() as cursor:
        cursor.execute(LATEST_SQL, [central.pk])
        (latest,) = cursor.fetchone()
    return latest + HOUR if latest else None


def first_fed_on(central: Central) -> date | None:
    """The day in Oslo of the first hour with feed, if any."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST_SQL, [central.pk])
        (first,) = cursor.fetchone()
    return local_day(first) if first else None
