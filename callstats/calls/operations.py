"""Storing calls and keeping the hourly sums true. One transaction, given by the caller."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from django.db import connection

from callstats.calls import adding, hours, merging
from callstats.calls.batches import LOCAL_MONTH, Batch, Judged
from callstats.calls.copying import OnRows
from callstats.calls.hours import hour_of
from callstats.sources.frames import MOMENT
from legevakt.lib.periods import OSLO


@dataclass(frozen=True)
class Stored:
    """How many calls were created, updated, unchanged; stale and repeated ones changed nothing.

    `refused`: code → the calls that may not be stored; `months`: the local months touched;
    `left_alone`: the ids of those that were stored before and changed nothing.
    """

    created: int
    updated: int
    unchanged: int
    stale: int
    repeated: int
    refused: dict[str, pl.DataFrame]
    months: list[date]
    left_alone: pl.Series


def store(*, batch: Batch, on_rows: OnRows | None = None) -> Stored:
    """Store the batch and bring the hours it touches up to date.

    Run it inside a transaction that holds the central's lock.
    """
    with connection.cursor() as cursor:
        judged = adding.add(cursor, batch=batch, on_rows=on_rows)
        judged = judged or merging.merge(cursor, batch=batch, on_rows=on_rows)
        changed = _hours_of(judged)
        hours.redo(cursor, central_id=batch.central_id, hours=changed)
        hours.add(
            cursor, central_id=batch.central_id, calls=_elsewhere(judged.created, hours=changed)
        )
    return _stored(judged)


def look(*, batch: Batch) -> Stored:
    """What `store` would make of the batch, judged against what is stored now.

    Nothing is stored. Run it inside a transaction.
    """
    with connection.cursor() as cursor:
        return _stored(merging.look(cursor, batch=batch))


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
    SELECT %(source)s, hour
    FROM generate_series(date_trunc('hour', %(first)s::timestamptz, 'UTC'), %(last)s, '1 hour') hour
    WHERE {LOCAL_MONTH.format("hour")} <> ALL(%(locked)s::date[])
      AND hour >= coalesce(%(purged_before)s, '-infinity'::timestamptz)
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
    with connection.cursor() as cursor:
        cursor.execute(
            NOTE_FEED_SQL,
            {
                "source": source_id,
                "first": first_at,
                "last": last_at,
                "locked": list(locked),
                "purged_before": purged_before,
            },
        )


def _stored(judged: Judged) -> Stored:
    moved = [moment.astimezone(OSLO).date().replace(day=1) for moment in judged.moved_from]
    touched = {*_months(judged.created), *_months(judged.updated), *moved}
    return Stored(
        created=judged.created.height,
        updated=judged.updated.height,
        unchanged=judged.unchanged,
        stale=judged.stale,
        repeated=judged.repeated,
        refused=judged.refused,
        months=sorted(touched),
        left_alone=judged.left_alone,
    )


def _hours_of(judged: Judged) -> pl.Series:
    """The hours that updated calls are in or were in."""
    moments = pl.Series([*judged.updated["arrived_at"], *judged.moved_from], dtype=MOMENT)
    return moments.dt.truncate("1h").unique()


def _elsewhere(calls: pl.DataFrame, *, hours: pl.Series) -> pl.DataFrame:
    """The calls of other hours than these."""
    if hours.is_empty():
        return calls
    return calls.filter(~hour_of("arrived_at").is_in(hours.implode()))


def _months(calls: pl.DataFrame) -> list[date]:
    if calls.is_empty():
        return []
    local = calls["arrived_at"].dt.convert_time_zone(OSLO.key)
    return local.dt.truncate("1mo").dt.date().unique().to_list()
