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
    "municipality": "text",
    "calls": "int",
    "ambiguous_calls": "int",
    "waits_ms": "int[]",
    "rung_back_ms": "int[]",
    "talk_seconds": "numeric",
}
KEY = "central_id, hour_at, line_id, outcome, municipality"
COLUMNS = ", ".join(TYPES)
ADD_SQL = f"""
    INSERT INTO callstats_callhour AS h
        (central_id, {COLUMNS})
    SELECT %(central)s, {COLUMNS} FROM ({{incoming}}) added
    ON CONFLICT ({KEY}) DO UPDATE SET
        calls = h.calls + EXCLUDED.calls,
        ambiguous_calls = h.ambiguous_calls + EXCLUDED.ambiguous_calls,
        waits_ms = ARRAY(SELECT wait FROM unnest(h.waits_ms || EXCLUDED.waits_ms) wait
                         ORDER BY wait),
        rung_back_ms = ARRAY(SELECT wait FROM unnest(h.rung_back_ms || EXCLUDED.rung_back_ms) wait
                             ORDER BY wait),
        talk_seconds = h.talk_seconds + EXCLUDED.talk_seconds
"""
# What the calls of `callstats_call` come to, grouped by these; `sums_of` is the same in columns.
SUMMED = """
    line_id, outcome, coalesce(municipality, '') AS municipality,
    count(*) AS calls,
    count(*) FILTER (WHERE time_quality = 'ambiguous') AS ambiguous_calls,
    coalesce(array_agg((wait_seconds * 1000)::int ORDER BY wait_seconds)
             FILTER (WHERE wait_seconds IS NOT NULL), '{}') AS waits_ms,
    coalesce(array_agg(rung_back_ms ORDER BY rung_back_ms)
             FILTER (WHERE rung_back_ms IS NOT NULL), '{}') AS rung_back_ms,
    coalesce(sum(talk_seconds), 0) AS talk_seconds
"""
RUNG_BACK = """
    CASE WHEN outcome = 'callback_requested' AND answered_at - arrived_at < interval '1 day'
         THEN floor(extract(epoch FROM answered_at - arrived_at) * 1000)::int END AS rung_back_ms
"""
REDO_SQL = f"""
    WITH touched AS (SELECT unnest(%(hours)s::timestamptz[]) AS hour_at),
    gone AS (
        DELETE FROM callstats_callhour h USING touched t
        WHERE h.central_id = %(central)s AND h.hour_at = t.hour_at AND NOT EXISTS (
            SELECT FROM callstats_call c
            WHERE c.central_id = %(central)s AND c.line_id = h.line_id AND c.outcome = h.outcome
              AND coalesce(c.municipality, '') = h.municipality
              AND c.arrived_at >= t.hour_at AND c.arrived_at < t.hour_at + interval '1 hour'))
    INSERT INTO callstats_callhour (central_id, {COLUMNS})
    SELECT %(central)s, {COLUMNS}
    FROM touched CROSS JOIN LATERAL (
        SELECT {SUMMED}
        FROM (SELECT *, {RUNG_BACK} FROM callstats_call
              WHERE central_id = %(central)s AND arrived_at >= touched.hour_at
                AND arrived_at < touched.hour_at + interval '1 hour') calls
        GROUP BY line_id, outcome, coalesce(municipality, '')) summed
    ON CONFLICT ({KEY}) DO UPDATE SET
        calls = EXCLUDED.calls, ambiguous_calls = EXCLUDED.ambiguous_calls,
        waits_ms = EXCLUDED.waits_ms, rung_back_ms = EXCLUDED.rung_back_ms,
        talk_seconds = EXCLUDED.talk_seconds
"""


def add(cursor: CursorWrapper, *, central_id: int, sums: pl.DataFrame) -> None:
    """Add the sums of new calls (`sums_of`) to their hours."""
    if sums.is_empty():
        return
    incoming, rows = staged(cursor, frame=sums, types=TYPES)
    cursor.execute(ADD_SQL.format(incoming=incoming), {"central": central_id, **rows})


def redo(cursor: CursorWrapper, *, central_id: int, hours: Iterable[datetime]) -> None:
    """Sum the hours again from their calls; each by itself, so that two that lie far apart

    do not read the years between.
    """
    touched = sorted(set(hours))
    if touched:
        cursor.execute(REDO_SQL, {"central": central_id, "hours": touched})


def sums_of(calls: pl.DataFrame) -> pl.DataFrame:
    """One row a line, UTC hour, outcome and municipality, columns TYPES.

    Waits in milliseconds, rising, as PostgreSQL writes an array.
    """
    wait = (pl.col("wait_seconds") * 1000).cast(pl.Int64)
    grouped = calls.group_by(
        "line_id",
        "outcome",
        hour_at=pl.col("arrived_at").dt.truncate("1h"),
        municipality=pl.col("municipality").fill_null(""),
    ).agg(
        calls=pl.len(),
        ambiguous_calls=(pl.col("time_quality") == "ambiguous").sum(),
        waits_ms=wait.drop_nulls().sort(),
        rung_back_ms=_rung_back_ms().drop_nulls().sort(),
        talk_seconds=pl.col("talk_seconds").cast(pl.Decimal(16, 3)).sum(),
    )
    return grouped.with_columns(_array("waits_ms"), _array("rung_back_ms"))


def _rung_back_ms() -> pl.Expr:
    """From arrival until whoever asked to be called back was reached, within a day; else null."""
    took = pl.col("answered_at") - pl.col("arrived_at")
    is_rung_back = (pl.col("outcome") == "callback_requested") & (took < pl.duration(days=1))
    return pl.when(is_rung_back).then(took.dt.total_milliseconds())


def _array(name: str) -> pl.Expr:
    """A list as PostgreSQL writes it."""
    texts = pl.col(name).cast(pl.List(pl.String)).list.join(",")
    return ("{" + texts + "}").alias(name)
