"""Storing calls and keeping the hourly sums true. One transaction, given by the caller."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from django.db import connection
from django.db.backends.utils import CursorWrapper

from callstats.calls.copying import OnRows, copy_frame

# What two deliveries of one call are compared by; anything else is about the delivery.
FACTS = (
    "line_id",
    "arrived_at",
    "time_quality",
    "queue",
    "outcome",
    "answered_at",
    "ended_at",
    "wait_seconds",
    "talk_seconds",
    "announcement_seconds",
    "forwarded_to",
    "municipality",
    "urgency",
    "video",
    "legs",
)
CARRIED = ("external_id", "arrived_text", "version", *FACTS)


@dataclass(frozen=True)
class Stored:
    """How many calls were created, updated and unchanged, and the local months touched."""

    created: int
    updated: int
    unchanged: int
    stale: int
    months: list[date]


def store(
    *,
    calls: pl.DataFrame,
    source_id: int,
    central_id: int,
    import_id: str,
    on_rows: OnRows | None = None,
) -> Stored:
    """Store the calls (columns CARRIED) and sum the touched hours again.

    Same content is unchanged, other content a new revision with the old one kept. Other
    content with a lower version than the stored, or with none where one is stored, is
    unchanged (stale). Run it inside a transaction that holds the central's lock.
    """
    with connection.cursor() as cursor:
        _stage(cursor, calls.select(CARRIED), on_rows)
        _classify(cursor, source_id)
        _note_versions(cursor)
        _keep_old_revisions(cursor, import_id)
        _update(cursor, import_id)
        _insert(cursor, source_id, central_id, import_id)
        _sum_touched_hours(cursor, central_id)
        return Stored(**_counts(cursor), months=_touched_months(cursor))


def note_feed(*, source_id: int, first_at: datetime, last_at: datetime) -> None:
    """Note that the source told of every hour from `first_at` to `last_at`, both within."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO callstats_feedhour (source_id, hour_at) SELECT %s, hour"
            " FROM generate_series(date_trunc('hour', %s::timestamptz, 'UTC'), %s, '1 hour') hour"
            " ON CONFLICT DO NOTHING",
            [source_id, first_at, last_at],
        )


def _stage(cursor: CursorWrapper, calls: pl.DataFrame, on_rows: OnRows | None) -> None:
    cursor.execute("DROP TABLE IF EXISTS incoming, classified, touched")
    cursor.execute(
        f"CREATE TEMP TABLE incoming ON COMMIT DROP AS SELECT {', '.join(CARRIED)}"
        " FROM callstats_call WITH NO DATA"
    )
    copy_frame(frame=calls, table="incoming", on_rows=on_rows)
    cursor.execute("ANALYZE incoming")


def _classify(cursor: CursorWrapper, source_id: int) -> None:
    stored = ", ".join(f"c.{fact}" for fact in FACTS)
    sent = ", ".join(f"i.{fact}" for fact in FACTS)
    cursor.execute(
        f"""CREATE TEMP TABLE classified ON COMMIT DROP AS
        SELECT i.*, c.id AS call_id, c.arrived_at AS old_arrived_at,
            CASE WHEN c.id IS NULL THEN 'created'
                 WHEN ({stored}) IS NOT DISTINCT FROM ({sent}) THEN 'unchanged'
                 WHEN c.version IS NOT NULL AND coalesce(i.version, -1) < c.version THEN 'stale'
                 ELSE 'updated' END AS status
        FROM incoming i
        LEFT JOIN callstats_call c ON c.source_id = %s AND c.external_id = i.external_id""",
        [source_id],
    )
    cursor.execute(
        """CREATE TEMP TABLE touched ON COMMIT DROP AS
        SELECT date_trunc('hour', arrived_at, 'UTC') AS hour_at FROM classified
        WHERE status IN ('created', 'updated')
        UNION SELECT date_trunc('hour', old_arrived_at, 'UTC') FROM classified
        WHERE status = 'updated'"""
    )


def _note_versions(cursor: CursorWrapper) -> None:
    """The same facts under a later version: what lies between the two is stale from now on."""
    cursor.execute(
        """UPDATE callstats_call c SET version = i.version
        FROM classified i WHERE i.call_id = c.id AND i.status = 'unchanged'
          AND i.version > coalesce(c.version, -1)"""
    )


def _keep_old_revisions(cursor: CursorWrapper, import_id: str) -> None:
    facts = ", ".join(f"'{fact}', c.{fact}" for fact in ("arrived_text", "version", *FACTS))
    cursor.execute(
        f"""INSERT INTO callstats_callrevision (call_id, revision, facts, replaced_by_id)
        SELECT c.id, c.revision, jsonb_build_object({facts}), %s
        FROM classified i JOIN callstats_call c ON c.id = i.call_id WHERE i.status = 'updated'""",
        [import_id],
    )


def _update(cursor: CursorWrapper, import_id: str) -> None:
    changes = ", ".join(f"{name} = i.{name}" for name in CARRIED if name != "external_id")
    cursor.execute(
        f"""UPDATE callstats_call c
        SET {changes}, revision = c.revision + 1, imported_by_id = %s
        FROM classified i WHERE i.call_id = c.id AND i.status = 'updated'""",
        [import_id],
    )


def _insert(cursor: CursorWrapper, source_id: int, central_id: int, import_id: str) -> None:
    columns = ", ".join(CARRIED)
    cursor.execute(
        f"""INSERT INTO callstats_call
            (source_id, central_id, imported_by_id, revision, {columns})
        SELECT %s, %s, %s, 1, {columns} FROM classified WHERE status = 'created'
        ORDER BY arrived_at""",
        [source_id, central_id, import_id],
    )


def _sum_touched_hours(cursor: CursorWrapper, central_id: int) -> None:
    """Each hour by itself from the index, so two far corrections do not read the years between."""
    cursor.execute(
        "DELETE FROM callstats_callhour h USING touched t"
        " WHERE h.central_id = %s AND h.hour_at = t.hour_at",
        [central_id],
    )
    cursor.execute(
        """INSERT INTO callstats_callhour
            (central_id, line_id, hour_at, outcome, calls, ambiguous_calls, waits_ms, talk_seconds)
        SELECT %s, summed.line_id, touched.hour_at, summed.outcome, calls, ambiguous, waits, talk
        FROM touched CROSS JOIN LATERAL (
            SELECT line_id, outcome,
                count(*) AS calls,
                count(*) FILTER (WHERE time_quality = 'ambiguous') AS ambiguous,
                coalesce(array_agg((wait_seconds * 1000)::int ORDER BY wait_seconds)
                         FILTER (WHERE wait_seconds IS NOT NULL), '{}') AS waits,
                coalesce(sum(talk_seconds), 0) AS talk
            FROM callstats_call
            WHERE central_id = %s AND arrived_at >= touched.hour_at
              AND arrived_at < touched.hour_at + interval '1 hour'
            GROUP BY line_id, outcome) summed""",
        [central_id, central_id],
    )


def _counts(cursor: CursorWrapper) -> dict[str, int]:
    cursor.execute("SELECT status, count(*) FROM classified GROUP BY status")
    found = dict(cursor.fetchall())
    return {name: found.get(name, 0) for name in ("created", "updated", "unchanged", "stale")}


def _touched_months(cursor: CursorWrapper) -> list[date]:
    cursor.execute(
        "SELECT DISTINCT date_trunc('month', hour_at AT TIME ZONE 'Europe/Oslo')::date"
        " FROM touched ORDER BY 1"
    )
    return [row[0] for row in cursor.fetchall()]
