"""One pass over the hours: what was counted of each outcome, in SQL.

`width_bucket` finds by halving how many of an hour's rising waits are within a number of seconds,
so nothing is unnested to be counted. Only percentiles need every wait of the answered calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from callstats.indicators.counting import Counted, Observed, Waits
from legevakt.lib.periods import Period
from municipalities.models import Central

# How an hour is put into its step: whole period, central, UTC hour, or local day or month.
BUCKETS = {
    "all": "0",
    "central": "h.central_id",
    "hour": "h.hour_at",
    "day": "(h.hour_at AT TIME ZONE 'Europe/Oslo')::date",
    "month": "date_trunc('month', h.hour_at AT TIME ZONE 'Europe/Oslo')::date",
}
# How it is put into a cell that feed is not known of by itself.
CELLS = BUCKETS | {
    "hour_of_week": "24 * extract(isodow FROM h.hour_at AT TIME ZONE 'Europe/Oslo')::int"
    " + extract(hour FROM h.hour_at AT TIME ZONE 'Europe/Oslo')::int",
    "line": "h.line_id",
    "municipality": "h.municipality",
}
LINES = "SELECT id FROM municipalities_publicnumber WHERE line_class = ANY(%(line_classes)s)"
WITHIN_PERIOD = """
    h.hour_at >= %(starts_at)s AND h.hour_at < %(ends_at)s
"""
HOURS = f"""
    FROM callstats_callhour h
    WHERE h.central_id = ANY(%(centrals)s) AND h.line_id IN ({LINES}) AND {WITHIN_PERIOD}
"""
# Calls of a bucket and outcome, as one array: calls, ambiguous, known waits, then within each
# edge by wait and by ringing back.
COUNTS = """
    array[sum(h.calls), sum(h.ambiguous_calls), sum(cardinality(h.waits_ms)) {within} {rung_back}]
"""
OUTCOMES_SQL = f"SELECT {{bucket}} AS bucket, h.outcome, {{counts}} AS counts {HOURS} GROUP BY 1, 2"
EXCLUDED_SQL = f"""
    SELECT {{bucket}} AS bucket, h.kind, h.outcome, {{counts}} AS counts
    FROM (SELECT e.central_id, e.kind, x.* FROM callstats_excludedhour x
          JOIN callstats_exclusion e ON e.id = x.exclusion_id AND e.state = 'approved') h
    WHERE h.central_id = ANY(%(centrals)s) AND h.line_id IN ({LINES}) AND {WITHIN_PERIOD}
    GROUP BY 1, 2, 3
"""
WAITS_SQL = f"""
    SELECT bucket, array[count(*), avg(wait), max(wait)]::double precision[]
        || percentile_cont(array[0.5, 0.9, 0.95]) WITHIN GROUP (ORDER BY wait) AS waits
    FROM (SELECT {{bucket}} AS bucket, unnest(h.waits_ms) AS wait {HOURS}
          AND h.outcome = 'answered') answered
    GROUP BY 1
"""
# Of each source its first and last hour, and until when it is expected: for ever, or until
# the first hour of an expected source that began after it had ended.
EVERY_SOURCE_SQL = """
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
# Those that matter in the period: they are expected in it, or tell of some of it.
SOURCES_SQL = f"""
    SELECT *, count(*) OVER (PARTITION BY central_id) = 1 AS is_alone
    FROM ({EVERY_SOURCE_SQL}) every
    WHERE first_at < %(ends_at)s
      AND (last_at >= %(starts_at)s OR is_expected AND replaced_at > %(starts_at)s)
"""
# docs/decisions/0007: told of by all the sources expected then, or by one beside them. Of a
# source that is alone in the period each hour it tells of is covered: no need to compare.
COVERED_SQL = """
    SELECT s.central_id, h.hour_at
    FROM callstats_feedhour h JOIN sources s ON s.id = h.source_id
    WHERE s.is_alone AND h.hour_at >= %(starts_at)s AND h.hour_at < %(ends_at)s
    UNION ALL
    SELECT s.central_id, h.hour_at
    FROM callstats_feedhour h JOIN sources s ON s.id = h.source_id
    WHERE NOT s.is_alone AND h.hour_at >= %(starts_at)s AND h.hour_at < %(ends_at)s
    GROUP BY s.central_id, h.hour_at
    HAVING bool_or(NOT s.is_expected) OR count(*) = (
        SELECT count(*) FROM sources e
        WHERE e.central_id = s.central_id AND e.is_expected
          AND e.first_at <= h.hour_at AND h.hour_at < e.replaced_at)
"""
FEED_SQL = "SELECT {bucket} AS bucket, count(*) AS hours_with_feed FROM covered h GROUP BY 1"
# One statement sees one moment: an import that ends meanwhile cannot come in between.
CELLS_SQL = f"""
    SELECT bucket, 'calls' AS what, outcome, NULL AS kind, counts::bigint[],
           NULL::double precision[] AS waits FROM ({OUTCOMES_SQL}) outcomes
    UNION ALL SELECT bucket, 'excluded', outcome, kind, counts::bigint[], NULL
        FROM ({EXCLUDED_SQL}) excluded
"""
OBSERVED_SQL = f"""
    WITH sources AS ({SOURCES_SQL}), covered AS ({COVERED_SQL})
    {CELLS_SQL}
    UNION ALL SELECT bucket, 'waits', NULL, NULL, NULL, waits FROM ({WAITS_SQL}) waits
    UNION ALL SELECT bucket, 'feed', NULL, NULL, array[hours_with_feed], NULL
        FROM ({FEED_SQL}) feed
"""


def observe(
    *,
    centrals: Sequence[Central],
    period: Period,
    line_classes: Iterable[str],
    edges: Sequence[int],
    step: str,
) -> dict[Any, Observed]:
    """Bucket of BUCKETS → what was counted, for the buckets that have anything. One statement.

    `edges` are seconds, rising. `hours_in_period` is left to the caller, who knows the buckets
    that have nothing.
    """
    return _asked(
        OBSERVED_SQL.format(bucket=BUCKETS[step], counts=_counts(edges)),
        centrals=centrals,
        period=period,
        line_classes=line_classes,
        edges=edges,
    )


def observe_cells(
    *,
    centrals: Sequence[Central],
    period: Period,
    line_classes: Iterable[str],
    edges: Sequence[int],
    by: str,
) -> dict[Any, Observed]:
    """Cell of CELLS → the calls counted in it, without waits and hours with feed.

    `hour_of_week` is 24 times the weekday (1 = Monday) and the local hour added; `municipality`
    its number, or empty where it is not known.
    """
    return _asked(
        CELLS_SQL.format(bucket=CELLS[by], counts=_counts(edges)),
        centrals=centrals,
        period=period,
        line_classes=line_classes,
        edges=edges,
    )


def _asked(
    statement: str,
    *,
    centrals: Sequence[Central],
    period: Period,
    line_classes: Iterable[str],
    edges: Sequence[int],
) -> dict[Any, Observed]:
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            {
                "centrals": [central.pk for central in centrals],
                "line_classes": list(line_classes),
                "starts_at": period.starts_at,
                "ends_at": period.ends_at,
            },
        )
        return _observed(cursor.fetchall(), edges=edges)


def _counts(edges: Sequence[int]) -> str:
    """The edges are whole numbers of our own definitions, so they can stand in the statement."""
    within = "".join(f", sum(width_bucket({1000 * edge}, h.waits_ms))" for edge in edges)
    rung_back = "".join(f", sum(width_bucket({1000 * edge}, h.rung_back_ms))" for edge in edges)
    return COUNTS.format(within=within, rung_back=rung_back)


def _observed(rows: list[tuple], *, edges: Sequence[int]) -> dict[Any, Observed]:
    found: dict[Any, dict[str, Any]] = {}
    for bucket, what, outcome, kind, counts, waits in rows:
        parts = found.setdefault(bucket, {"outcomes": {}, "excluded": {}})
        if what == "calls":
            parts["outcomes"][outcome] = _counted(counts, edges)
        elif what == "excluded":
            parts["excluded"].setdefault(kind, {})[outcome] = _counted(counts, edges)
        elif what == "waits":
            parts["waits"] = _waits(waits)
        else:
            parts["hours_with_feed"] = counts[0]
    return {bucket: Observed(**parts) for bucket, parts in found.items()}


def _counted(counts: list[int], edges: Sequence[int]) -> Counted:
    calls, ambiguous, known, *upto = counts
    return Counted(
        calls=calls,
        ambiguous=ambiguous,
        unknown=calls - known,
        within=dict(zip(edges, upto, strict=False)),
        rung_back=dict(zip(edges, upto[len(edges) :], strict=True)),
    )


def _waits(waits: list[float]) -> Waits:
    calls, mean, longest, median, p90, p95 = waits
    return Waits(
        calls=int(calls),
        mean=_seconds(mean),
        median=_seconds(median),
        p90=_seconds(p90),
        p95=_seconds(p95),
        longest=_seconds(longest),
    )


def _seconds(milliseconds: float) -> float:
    return round(milliseconds / 1000, 3)
