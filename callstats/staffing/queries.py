"""The calls of a central by hour of the week, from the hourly sums: one statement."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection

from callstats.indicators.definitions import Definition
from callstats.indicators.observing import COVERED_SQL, HOURS, SOURCES_SQL
from callstats.staffing.planning import Week, WeekHour
from legevakt.lib.periods import Period
from municipalities.models import Central

# Of each UTC hour what counts. A sum of talk that is 0 is of a system that tells of none.
TOLD_SQL = f"""
    SELECT h.hour_at, sum(h.calls) AS calls,
           sum(h.calls) FILTER (WHERE h.outcome = 'answered' AND h.talk_seconds > 0) AS talks,
           sum(h.talk_seconds) FILTER (WHERE h.outcome = 'answered') AS talk_seconds,
           sum((SELECT sum(wait) FROM unnest(h.waits_ms) wait)) AS waited_ms,
           sum(cardinality(h.waits_ms)) FILTER (WHERE h.outcome = 'abandoned') AS abandoned
    {HOURS} AND h.outcome = ANY(%(denominator)s) GROUP BY h.hour_at
"""
# An hour without data would look like an hour without calls: both the calls and the number of
# hours they are divided by are of the covered hours alone. An UTC hour is one occurrence, so
# that the doubled hour of autumn counts twice and the missing one of spring not at all.
# The join is a full one since the database cannot do that row by row, not even where it knows
# nothing of the sizes yet, right after an import; the filters leave out what is not covered.
WEEK_SQL = f"""
    WITH sources AS ({SOURCES_SQL}), covered AS ({COVERED_SQL}), told AS ({TOLD_SQL})
    SELECT extract(isodow FROM hour_at AT TIME ZONE 'Europe/Oslo')::int AS weekday,
           extract(hour FROM hour_at AT TIME ZONE 'Europe/Oslo')::int AS hour,
           count(central_id) AS occurrences,
           coalesce(sum(calls) FILTER (WHERE central_id IS NOT NULL), 0),
           coalesce(sum(talks) FILTER (WHERE central_id IS NOT NULL), 0),
           coalesce(sum(talk_seconds) FILTER (WHERE central_id IS NOT NULL), 0),
           coalesce(sum(waited_ms) FILTER (WHERE central_id IS NOT NULL), 0),
           coalesce(sum(abandoned) FILTER (WHERE central_id IS NOT NULL), 0)
    FROM covered FULL JOIN told USING (hour_at)
    GROUP BY 1, 2
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
                "line_classes": list(definition.line_classes),
                "denominator": list(definition.denominator_outcomes),
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
