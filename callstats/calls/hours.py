"""The hourly sums, kept true by adding new calls to them; changed calls have their hours redone.

The two ways give the same hours (a property of the tests), so an hour never depends on how its
calls came in.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import polars as pl
from django.db.backends.utils import CursorWrapper

from callstats.calls.staging import staged

TYPES = {
    "line_id": "bigint",
    "hour_at": "timestamptz",
    "outcome": "text",
    "calls": "int",
    "ambiguous_calls": "int",
    "waits_ms": "int[]",
    "talk_seconds": "numeric",
}
ADD_SQL = """
    INSERT INTO callstats_callhour AS h
        (central_id, line_id, hour_at, outcome, calls, ambiguous_calls, waits_ms, talk_seconds)
    SELECT %(central)s, line_id, hour_at, outcome, calls, ambiguous_calls, waits_ms, talk_seconds
    FROM ({incoming}) added
    ON CONFLICT (central_id, hour_at, line_id, outcome) DO UPDATE SET
        calls = h.calls + EXCLUDED.calls,
        ambiguous_calls = h.ambiguous_calls + EXCLUDED.ambiguous_calls,
        waits_ms = ARRAY(SELECT wait FROM unnest(h.waits_ms || EXCLUDED.waits_ms) wait
                         ORDER BY wait),
        talk_seconds = h.talk_seconds + EXCLUDED.talk_seconds
"""
REDO_SQL = """
    WITH touched AS (SELECT unnest(%(hours)s::timestamptz[]) AS hour_at),
    gone AS (
        DELETE FROM callstats_callhour h USING touched t
        WHERE h.central_id = %(central)s AND h.hour_at = t.hour_at AND NOT EXISTS (
            SELECT FROM callstats_call c
            WHERE c.central_id = %(central)s AND c.line_id = h.line_id AND c.outcome = h.outcome
              AND c.arrived_at >= t.hour_at AND c.arrived_at < t.hour_at + interval '1 hour'))
    INSERT INTO callstats_callhour
        (central_id, line_id, hour_at, outcome, calls, ambiguous_calls, waits_ms, talk_seconds)
    SELECT %(central)s, line_id, touched.hour_at, outcome, calls, ambiguous, waits, talk
    FROM touched CROSS JOIN LATERAL (
        SELECT line_id, outcome,
            count(*) AS calls,
            count(*) FILTER (WHERE time_quality = 'ambiguous') AS ambiguous,
            coalesce(array_agg((wait_seconds * 1000)::int ORDER BY wait_seconds)
                     FILTER (WHERE wait_seconds IS NOT NULL), '{}') AS waits,
            coalesce(sum(talk_seconds), 0) AS talk
        FROM callstats_call
        WHERE central_id = %(central)s AND arrived_at >= touched.hour_at
          AND arrived_at < touched.hour_at + interval '1 hour'
        GROUP BY line_id, outcome) summed
    ON CONFLICT (central_id, hour_at, line_id, outcome) DO UPDATE SET
        calls = EXCLUDED.calls, ambiguous_calls = EXCLUDED.ambiguous_calls,
        waits_ms = EXCLUDED.waits_ms, talk_seconds = EXCLUDED.talk_seconds
"""


def add(cursor: CursorWrapper, *, central_id: int, calls: pl.DataFrame) -> None:
    """Add new calls (line_id, arrived_at, outcome, wait_seconds, …) to their hours."""
    if calls.is_empty():
        return
    incoming, rows = staged(cursor, frame=sums(calls), types=TYPES)
    cursor.execute(ADD_SQL.format(incoming=incoming), {"central": central_id, "rows": rows})


def redo(cursor: CursorWrapper, *, central_id: int, hours: Iterable[datetime]) -> None:
    """Sum the hours again from their calls; each by itself, so that two that lie far apart

    do not read the years between.
    """
    touched = sorted(set(hours))
    if touched:
        cursor.execute(REDO_SQL, {"central": central_id, "hours": touched})


def sums(calls: pl.DataFrame) -> pl.DataFrame:
    """One row a line, UTC hour and outcome, columns TYPES; `waits_ms` as PostgreSQL writes it."""
    wait = (pl.col("wait_seconds") * 1000).cast(pl.Int64)
    grouped = calls.group_by("line_id", "outcome", hour_at=hour_of("arrived_at")).agg(
        calls=pl.len(),
        ambiguous_calls=(pl.col("time_quality") == "ambiguous").sum(),
        waits_ms=wait.drop_nulls().sort(),
        talk_seconds=pl.col("talk_seconds").cast(pl.Decimal(16, 3)).sum(),
    )
    waits = pl.col("waits_ms").cast(pl.List(pl.String)).list.join(",")
    return grouped.with_columns(waits_ms="{" + waits + "}")


def hour_of(name: str) -> pl.Expr:
    """The UTC hour of a moment."""
    return pl.col(name).dt.truncate("1h")
