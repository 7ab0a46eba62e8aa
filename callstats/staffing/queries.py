"""The calls of a central by hour of the week, from the hourly sums: one statement."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection

from callstats.indicators.definitions import Definition
from callstats.indicators.queries import COVERED_SQL, HOURS, SOURCES_SQL
from callstats.staffing.planning import Week, WeekHour
from legevakt.lib.periods import Period
from municipalities.models import Central

# An hour without data would look like an hour without calls: both the calls and the number of
# hours they are divided by are of the covered hours alone. An UTC hour is one occurrence, so
# that the doubled hour of autumn counts twice and the missing one of spring not at all.
LOCAL = """
    extract(isodow FROM hour_at AT TIME ZONE 'Europe/Oslo')::int AS weekday,
    extract(hour FROM hour_at AT TIME ZONE 'Europe/Oslo')::int AS hour
"""
# A sum of talk that is 0 is of a telephone system that tells of none.
SUMS_SQL = f"""
    SELECT {LOCAL}, sum(calls) AS calls,
           sum(calls) FILTER (WHERE has_talk) AS talks,
           sum(talk_seconds) FILTER (WHERE has_talk) AS talk_seconds,
           sum(waited_ms) AS waited_ms,
           sum(known_waits) FILTER (WHERE outcome = 'abandoned') AS abandoned
    FROM (
        SELECT h.hour_at, h.outcome, h.calls, h.talk_seconds,
               h.outcome = 'answered' AND h.talk_seconds > 0 AS has_talk,
               cardinality(h.waits_ms) AS known_waits,
               (SELECT coalesce(sum(wait), 0) FROM unnest(h.waits_ms) wait) AS waited_ms
        {HOURS} AND h.outcome = ANY(%(denominator)s)
    ) told JOIN covered USING (hour_at)
    GROUP BY 1, 2
"""
WEEK_SQL = f"""
    WITH sources AS ({SOURCES_SQL}), covered AS ({COVERED_SQL}),
        occurrences AS (SELECT {LOCAL}, count(*) AS occurrences FROM covered GROUP BY 1, 2),
        sums AS ({SUMS_SQL})
    SELECT weekday, hour, occurrences, coalesce(calls, 0), coalesce(talks, 0),
           coalesce(talk_seconds, 0), coalesce(waited_ms, 0), coalesce(abandoned, 0)
    FROM occurrences LEFT JOIN sums USING (weekday, hour)
"""


def last_weeks(*, weeks: int, before: date) -> Period:
    """The whole weeks, Monday to Sunday, that are over on the day `before`."""
    monday = before - timedelta(days=before.weekday())
    return Period(monday - timedelta(weeks=weeks), monday)


def week(*, central: Central, period: Period, definition: Definition) -> Week:
    """The calls that the definition counts, by local hour of the week, in hours with data."""
    with connection.cursor() as cursor:
        cursor.execute(
            WEEK_SQL,
            {
                "centrals": [central.pk],
                "line_classes": definition.line_classes,
                "denominator": definition.denominator_outcomes,
                "starts_at": period.starts_at,
                "ends_at": period.ends_at,
            },
        )
        rows = cursor.fetchall()
    found = {row[:2]: row for row in rows}
    return Week(
        period=period,
        hours=tuple(
            _hour(found.get((weekday, hour), (weekday, hour)))
            for weekday in range(1, 8)
            for hour in range(24)
        ),
        waited_seconds=float(sum(row[6] for row in rows)) / 1000,
        abandoned=int(sum(row[7] for row in rows)),
    )


def _hour(row: tuple) -> WeekHour:
    if len(row) == 2:
        return WeekHour(*row)
    weekday, hour, occurrences, calls, talks, talk_seconds, *_ = row
    return WeekHour(weekday, hour, occurrences, int(calls), int(talks), float(talk_seconds))
