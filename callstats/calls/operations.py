"""Storing calls and keeping the hourly sums true. One transaction, given by the caller."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection

from callstats.calls import adding, merging
from callstats.calls.batches import LOCAL_MONTH, Batch, Stored
from callstats.calls.copying import OnRows
from legevakt.lib import prepared


def store(*, batch: Batch, on_rows: OnRows | None = None) -> Stored:
    """Store the batch and bring the hours it touches up to date.

    Run it inside a transaction that holds the central's lock.
    """
    with connection.cursor() as cursor:
        added = adding.add(cursor, batch=batch, on_rows=on_rows)
        return added or merging.merge(cursor, batch=batch, on_rows=on_rows)


def look(*, batch: Batch) -> Stored:
    """What `store` would make of the batch, judged against what is stored now.

    Nothing is stored. Run it inside a transaction.
    """
    with connection.cursor() as cursor:
        return merging.look(cursor, batch=batch)


PURGE_SQL = """
    WITH gone AS (
        DELETE FROM callstats_call WHERE central_id = %(central)s AND arrived_at < %(before)s
        RETURNING source_id, external_id),
    with_them AS (
        DELETE FROM callstats_callrevision r USING gone
        WHERE (r.source_id, r.external_id) = (gone.source_id, gone.external_id))
    SELECT count(*) FROM gone
"""


def purge(*, central_id: int, before_at: datetime) -> int:
    """Delete the central's calls from before then, and note it; the hours stay. Returns how many.

    Run it inside a transaction that holds the central's lock.
    """
    with connection.cursor() as cursor:
        cursor.execute(PURGE_SQL, {"central": central_id, "before": before_at})
        (deleted,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO callstats_callpurge AS p (central_id, before_at) VALUES (%s, %s)"
            " ON CONFLICT (central_id) DO UPDATE"
            " SET before_at = greatest(p.before_at, EXCLUDED.before_at)",
            [central_id, before_at],
        )
    return int(deleted)


NOTE_FEED_SQL = f"""
    INSERT INTO callstats_feedhour (source_id, hour_at)
    SELECT %(source)s::bigint, hour
    FROM generate_series(date_trunc('hour', %(first)s::timestamptz, 'UTC'),
                         %(last)s::timestamptz, '1 hour') hour
    WHERE {LOCAL_MONTH.format("hour")} <> ALL(%(locked)s::date[])
      AND hour >= coalesce(%(purged_before)s::timestamptz, '-infinity'::timestamptz)
    ON CONFLICT DO NOTHING
"""


def note_feed(
    *,
    source_id: int,
    first_at: datetime,
    last_at: datetime,
    locked: Iterable[date] = (),
    purged_before: datetime | None = None,
) -> None:
    """Note that the source told of every hour from `first_at` to `last_at`, both within.

    Not of months that are `locked`, nor of the time before a purge: their rows are refused, so
    the hours would look complete without them, and what is published would come out another.
    """
    prepared.rows(
        NOTE_FEED_SQL,
        {
            "source": source_id,
            "first": first_at,
            "last": last_at,
            "locked": list(locked),
            "purged_before": purged_before,
        },
    )
