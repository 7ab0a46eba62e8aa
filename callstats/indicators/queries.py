"""The indicator from the hourly sums: one pass over CallHour, in SQL."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import connection

from callstats.indicators.definitions import Definition
from callstats.indicators.models import IndicatorPeriod, PeriodState
from callstats.indicators.rules import BANDS, HourOfWeek, ServiceLevel
from legevakt.lib.periods import Period
from municipalities.models import Central

# How an hour is put into its step: whole period, UTC hour, or local day or month.
BUCKETS = {
    "all": "0",
    "hour": "h.hour_at",
    "day": "(h.hour_at AT TIME ZONE 'Europe/Oslo')::date",
    "month": "date_trunc('month', h.hour_at AT TIME ZONE 'Europe/Oslo')::date",
}

HOURS = """
    FROM callstats_callhour h JOIN municipalities_publicnumber n ON n.id = h.line_id
    WHERE h.central_id = ANY(%(centrals)s) AND n.line_class = ANY(%(line_classes)s)
      AND h.hour_at >= %(starts_at)s AND h.hour_at < %(ends_at)s
"""
OUTCOMES_SQL = (
    """
    SELECT bucket, jsonb_object_agg(outcome, jsonb_build_array(calls, ambiguous, unknown))
        AS by_outcome
    FROM (
        SELECT {bucket} AS bucket, h.outcome, sum(h.calls) AS calls,
               sum(h.ambiguous_calls) AS ambiguous,
               sum(h.calls - cardinality(h.waits_ms)) AS unknown
"""
    + HOURS
    + """ GROUP BY 1, h.outcome) counted GROUP BY bucket"""
)
WAITS_SQL = (
    """
    SELECT bucket,
        count(*) FILTER (WHERE is_numerator AND wait <= %(threshold)s) AS within,
        count(*) FILTER (WHERE is_numerator AND wait <= %(second_threshold)s) AS within_second,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY wait) FILTER (WHERE is_answered) AS median,
        percentile_cont(0.9) WITHIN GROUP (ORDER BY wait) FILTER (WHERE is_answered) AS p90,
        max(wait) FILTER (WHERE is_answered) AS longest,
        count(*) FILTER (WHERE is_unanswered AND wait <= 5000) AS to_5,
        count(*) FILTER (WHERE is_unanswered AND wait > 5000 AND wait <= 30000) AS to_30,
        count(*) FILTER (WHERE is_unanswered AND wait > 30000 AND wait <= 120000) AS to_120,
        count(*) FILTER (WHERE is_unanswered AND wait > 120000 AND wait <= 600000) AS to_600,
        count(*) FILTER (WHERE is_unanswered AND wait > 600000) AS over_600
    FROM (
        SELECT {bucket} AS bucket, unnest(h.waits_ms) AS wait,
               h.outcome = ANY(%(numerator)s) AS is_numerator,
               h.outcome = 'answered' AS is_answered,
               h.outcome <> 'answered' AND h.outcome = ANY(%(denominator)s) AS is_unanswered
"""
    + HOURS
    + ") waits GROUP BY bucket"
)
# Of each source its first and last hour, and until when it is expected: for ever, or until
# the first hour of an expected source that began after it had ended.
SOURCES_SQL = """
    SELECT s.*, coalesce(
        (SELECT min(f.hour_at) FROM callstats_source o
         CROSS JOIN LATERAL (SELECT min(hour_at) AS hour_at FROM callstats_feedhour
                             WHERE source_id = o.id) f
         WHERE o.central_id = s.central_id AND o.is_expected AND f.hour_at > s.last_at),
        'infinity') AS replaced_at
    FROM (
        SELECT id, central_id, is_expected,
            (SELECT min(hour_at) FROM callstats_feedhour WHERE source_id = o.id) AS first_at,
            (SELECT max(hour_at) FROM callstats_feedhour WHERE source_id = o.id) AS last_at
        FROM callstats_source o WHERE central_id = ANY(%(centrals)s)
    ) s
"""
# docs/decisions/0007: told of by all the sources expected then, or by one beside them.
COVERED_SQL = """
    SELECT s.central_id, h.hour_at
    FROM callstats_feedhour h JOIN sources s ON s.id = h.source_id
    WHERE h.hour_at >= %(starts_at)s AND h.hour_at < %(ends_at)s
    GROUP BY s.central_id, h.hour_at
    HAVING bool_or(NOT s.is_expected) OR count(*) = (
        SELECT count(*) FROM sources e
        WHERE e.central_id = s.central_id AND e.is_expected
          AND e.first_at <= h.hour_at AND h.hour_at < e.replaced_at)
"""
FEED_SQL = """
    SELECT {bucket} AS bucket, count(*) AS hours_with_feed FROM covered h GROUP BY 1
"""
# One statement sees one moment: an import that ends meanwhile cannot come in between.
LEVELS_SQL = f"""
    WITH outcomes AS ({OUTCOMES_SQL}), waits AS ({WAITS_SQL}),
        sources AS ({SOURCES_SQL}), covered AS ({COVERED_SQL}), feed AS ({FEED_SQL})
    SELECT bucket, by_outcome, hours_with_feed, within, within_second, median, p90, longest,
           to_5, to_30, to_120, to_600, over_600
    FROM outcomes FULL JOIN waits USING (bucket) FULL JOIN feed USING (bucket)
"""
HOUR_OF_WEEK_SQL = (
    """
    SELECT extract(isodow FROM local_at)::int, extract(hour FROM local_at)::int,
           sum(within), sum(calls)
    FROM (
        SELECT h.hour_at AT TIME ZONE 'Europe/Oslo' AS local_at, h.calls,
               CASE WHEN h.outcome = ANY(%(numerator)s) THEN
                   (SELECT count(*) FROM unnest(h.waits_ms) wait WHERE wait <= %(threshold)s)
               ELSE 0 END AS within
"""
    + HOURS
    + """ AND h.outcome = ANY(%(denominator)s)) hours GROUP BY 1, 2"""
)


def service_level(
    *, centrals: Sequence[Central], period: Period, definition: Definition
) -> ServiceLevel:
    """The figures of the whole period for the centrals together.

    An hour has feed when every source of the central that is expected then tells of it, or
    one that is not expected does (`Source.is_expected`). A source is expected from its first
    hour on, until one that begins after its last hour replaces it; so a source that falls
    silent is not hidden by another that goes on.
    """
    found = _levels(centrals=centrals, period=period, definition=definition, step="all")
    return _level(
        definition=definition,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        hours=period.hours() * len(centrals),
        figures=found.get(0, {}),
    )


def service_level_by(
    *, centrals: Sequence[Central], period: Period, definition: Definition, step: str
) -> list[ServiceLevel]:
    """One row an hour, day or month of the period in order, the empty ones too."""
    found = _levels(centrals=centrals, period=period, definition=definition, step=step)
    if step == "hour":
        return [
            _level(
                definition=definition,
                starts_on=period.starts_on,
                ends_on=period.ends_on,
                starts_at=moment,
                hours=len(centrals),
                figures=found.get(moment, {}),
            )
            for moment in _hours_of(period)
        ]
    parts = period.months() if step == "month" else _days_of(period)
    return [
        _level(
            definition=definition,
            starts_on=part.starts_on,
            ends_on=part.ends_on,
            hours=part.hours() * len(centrals),
            figures=found.get(_first_of_month(part) if step == "month" else part.starts_on, {}),
        )
        for part in parts
    ]


def hour_of_week(
    *, centrals: Sequence[Central], period: Period, definition: Definition
) -> list[HourOfWeek]:
    """The 168 local hours of the week, Monday 00 first."""
    with connection.cursor() as cursor:
        cursor.execute(HOUR_OF_WEEK_SQL, _parameters(centrals, period, definition))
        found = {(row[0], row[1]): (int(row[2]), int(row[3])) for row in cursor.fetchall()}
    return [
        HourOfWeek(weekday, hour, *found.get((weekday, hour), (0, 0)))
        for weekday in range(1, 8)
        for hour in range(24)
    ]


def computed_months(
    *, central: Central, definition: Definition, period: Period
) -> list[ServiceLevel]:
    """The months that Celery has computed and stored, in order."""
    rows = IndicatorPeriod.objects.filter(
        central=central,
        definition_id=definition.id,
        starts_on__gte=period.starts_on,
        ends_on__lte=period.ends_on,
    ).order_by("starts_on", "pk")
    return [ServiceLevel.from_dict(row.figures) for row in rows]


def stored_period(
    *, central: Central, period: Period, definition: Definition
) -> IndicatorPeriod | None:
    """What is stored of the period, if anything."""
    return IndicatorPeriod.objects.filter(
        central=central,
        definition_id=definition.id,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
    ).first()


def open_months(*, central_id: int) -> set[date]:
    """The first day of every month of the central that is stored and not published."""
    stored = IndicatorPeriod.objects.filter(central=central_id, state=PeriodState.OPEN)
    return set(stored.values_list("starts_on", flat=True))


def _levels(
    *, centrals: Sequence[Central], period: Period, definition: Definition, step: str
) -> dict:
    """Bucket → keyword arguments of a ServiceLevel, for buckets that have something."""
    found: dict = {}
    with connection.cursor() as cursor:
        cursor.execute(
            LEVELS_SQL.format(bucket=BUCKETS[step]), _parameters(centrals, period, definition)
        )
        for bucket, by_outcome, hours_with_feed, *waits in cursor.fetchall():
            found[bucket] = {
                "by_outcome": _outcomes(by_outcome),
                "hours_with_feed": hours_with_feed or 0,
            }
            if waits[0] is not None:
                found[bucket]["waits"] = waits
    return found


def _outcomes(by_outcome: str | dict | None) -> dict[str, list[int]]:
    """Outcome → calls, ambiguous calls, unknown waits. Django gives jsonb of raw SQL as text."""
    return json.loads(by_outcome) if isinstance(by_outcome, str) else by_outcome or {}


def _level(
    *,
    definition: Definition,
    starts_on: date,
    ends_on: date,
    hours: int,
    figures: dict,
    starts_at: datetime | None = None,
) -> ServiceLevel:
    by_outcome = figures.get("by_outcome", {})
    counted = {o: by_outcome[o] for o in definition.denominator_outcomes if o in by_outcome}
    numerator, within_second, median, p90, longest, *bands = figures.get(
        "waits", [0, 0, None, None, None, 0, 0, 0, 0, 0]
    )
    unanswered_unknown = sum(row[2] for o, row in counted.items() if o != "answered")
    return ServiceLevel(
        definition_id=definition.id,
        starts_on=starts_on,
        ends_on=ends_on,
        starts_at=starts_at,
        numerator=numerator,
        denominator=sum(row[0] for row in counted.values()),
        offered=sum(row[0] for o, row in by_outcome.items() if o != "ended_before_queue"),
        answered=by_outcome.get("answered", (0,))[0],
        within_second=within_second,
        median_seconds=_seconds(median),
        p90_seconds=_seconds(p90),
        longest_seconds=_seconds(longest),
        unknown_waits=sum(row[2] for row in counted.values()),
        ambiguous_times=sum(row[1] for row in counted.values()),
        before_queue=by_outcome.get("ended_before_queue", (0,))[0],
        bands=dict(zip(BANDS, [*bands, unanswered_unknown], strict=True)),
        outcomes={outcome: row[0] for outcome, row in sorted(by_outcome.items())},
        hours_with_feed=figures.get("hours_with_feed", 0),
        hours_in_period=hours,
    )


def _parameters(centrals: Sequence[Central], period: Period, definition: Definition) -> dict:
    return {
        "centrals": [central.pk for central in centrals],
        "line_classes": definition.line_classes,
        "starts_at": period.starts_at,
        "ends_at": period.ends_at,
        "numerator": definition.numerator_outcomes,
        "denominator": definition.denominator_outcomes,
        "threshold": definition.threshold_seconds * 1000,
        "second_threshold": definition.second_threshold_seconds * 1000,
    }


def _seconds(milliseconds: float | None) -> float | None:
    return None if milliseconds is None else round(float(milliseconds) / 1000, 3)


def _first_of_month(period: Period) -> date:
    return period.starts_on.replace(day=1)


def _days_of(period: Period) -> list[Period]:
    days = (period.ends_on - period.starts_on).days
    first = period.starts_on
    return [Period(first + timedelta(days=n), first + timedelta(days=n + 1)) for n in range(days)]


def _hours_of(period: Period) -> list[datetime]:
    return [period.starts_at + timedelta(hours=n) for n in range(period.hours())]
