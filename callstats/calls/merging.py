"""Calls of which some may be stored already: judged, and kept, changed or added as that says."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import polars as pl
from django.db.backends.utils import CursorWrapper

from callstats.calls import hours
from callstats.calls.batches import CARRIED, FACTS, FEW, LOCAL_MONTH, NO_IDS, Batch, Stored
from callstats.calls.copying import OnRows
from callstats.calls.staging import staged
from callstats.sources.few import FewCalls, frame_of
from legevakt.lib import prepared
from legevakt.lib.periods import OSLO

_Told = tuple[str, int, list[int] | None, list[datetime]]

REFUSED_AS = {
    "locked": "period_locked",
    "purged": "period_purged",
    "duplicate": "duplicate_in_file",
}
TYPES = {
    "position": "int",
    "told_before": "boolean",
    "external_id": "text",
    "arrived_text": "text",
    "version": "bigint",
    "line_id": "bigint",
    "arrived_at": "timestamptz",
    "time_quality": "text",
    "queue": "text",
    "outcome": "text",
    "answered_at": "timestamptz",
    "ended_at": "timestamptz",
    "wait_seconds": "numeric",
    "talk_seconds": "numeric",
    "announcement_seconds": "numeric",
    "forwarded_to": "text",
    "municipality": "text",
    "urgency": "text",
    "video": "boolean",
    "legs": "jsonb",
}
_STORED = ", ".join(f"c.{fact}" for fact in FACTS)
_SENT = ", ".join(f"i.{fact}" for fact in FACTS)
_KEPT = ", ".join(f"'{fact}', c.{fact}" for fact in ("arrived_text", "version", *FACTS))
_CHANGES = ", ".join(f"{name} = i.{name}" for name in CARRIED if name != "external_id")
# Looked up one by one: a plan made without statistics would read every call of the source.
_STORED_CALL = """
    SELECT c.*, c.ctid AS place FROM callstats_call c
    WHERE c.source_id = %(source)s::bigint AND c.external_id = i.external_id OFFSET 0"""
_TOLD_BEFORE = "(c.imported_by_id = %(import)s::uuid OR i.told_before)"
_IN_LOCKED = (
    f"{LOCAL_MONTH.format('i.arrived_at')} = ANY(%(locked)s::date[])"
    f" OR {LOCAL_MONTH.format('c.arrived_at')} = ANY(%(locked)s::date[])"
)
JUDGE = f"""
    SELECT * FROM (
    SELECT i.*, c.arrived_at AS moved_from, c.place,
        CASE
          WHEN ({_STORED}) IS NOT DISTINCT FROM ({_SENT}) AND c.external_id IS NOT NULL
            THEN CASE WHEN {_TOLD_BEFORE} THEN 'repeated'
                      WHEN i.version > coalesce(c.version, -1) THEN 'later'
                      ELSE 'unchanged' END
          WHEN {_TOLD_BEFORE} THEN 'duplicate'
          WHEN c.version IS NOT NULL AND coalesce(i.version, -1) < c.version THEN 'stale'
          WHEN i.arrived_at < %(purged_before)s::timestamptz THEN 'purged'
          WHEN cardinality(%(locked)s::date[]) > 0 AND ({_IN_LOCKED}) THEN 'locked'
          WHEN c.external_id IS NULL THEN 'created'
          ELSE 'updated' END AS status
    FROM ({{incoming}}) i LEFT JOIN LATERAL ({_STORED_CALL}) c ON true
    ) every WHERE status <> 'unchanged'
"""
_HOUR = "date_trunc('hour', {}, 'UTC')"
# Hours in which a stored call changed are summed again from their calls (`hours.redo`).
_NEW_HOURS = f"""
    SELECT hour_at, {hours.SUMMED}
    FROM (SELECT *, {_HOUR.format("arrived_at")} AS hour_at, {hours.RUNG_BACK}
          FROM judged WHERE status = 'created') calls
    WHERE hour_at NOT IN (
        SELECT {_HOUR.format("moment")}
        FROM judged CROSS JOIN LATERAL (VALUES (arrived_at), (moved_from)) AS x(moment)
        WHERE status = 'updated')
    GROUP BY hour_at, line_id, outcome, coalesce(municipality, '')
"""
# Each call has one status, and its place in the table stays while the central's lock is held;
# `kept` goes before `updated`, which moves it.
STEPS = {
    "later": """
        UPDATE callstats_call c SET version = i.version
        FROM judged i WHERE c.ctid = i.place AND i.status = 'later'""",
    "kept": f"""
        INSERT INTO callstats_callrevision
            (source_id, external_id, revision, facts, replaced_by_id)
        SELECT c.source_id, c.external_id, c.revision, jsonb_build_object({_KEPT}),
            %(import)s::uuid
        FROM judged i JOIN callstats_call c ON c.ctid = i.place WHERE i.status = 'updated'""",
    "updated": f"""
        UPDATE callstats_call c
        SET {_CHANGES}, revision = c.revision + 1, imported_by_id = %(import)s::uuid
        FROM judged i WHERE c.ctid = i.place AND i.status = 'updated'""",
    "created": f"""
        INSERT INTO callstats_call
            (source_id, central_id, imported_by_id, revision, {", ".join(CARRIED)})
        SELECT %(source)s::bigint, %(central)s::bigint, %(import)s::uuid, 1, {", ".join(CARRIED)}
        FROM judged WHERE status = 'created' ORDER BY arrived_at""",
    "summed": hours.ADD_SQL.format(incoming=_NEW_HOURS),
}
DONE_FOR = {"later": "later", "kept": "updated", "updated": "updated"}  # else for the created
TOLD = f"""
    SELECT status, count(*),
        array_agg(position) FILTER (WHERE status <> 'later'),
        array_remove(array_agg(DISTINCT {_HOUR.format("arrived_at")})
                     || array_agg(DISTINCT {_HOUR.format("moved_from")}), NULL)
    FROM judged GROUP BY status
"""
AT_ONCE = "WITH judged AS MATERIALIZED ({judge}), {steps} {told}"


def merge(cursor: CursorWrapper, *, batch: Batch, on_rows: OnRows | None = None) -> Stored:
    """Store the batch and its hours, whatever is stored of it already.

    Same content is unchanged, other content a new revision with the old one kept; other
    content with a lower version than the stored, or with none where one is stored, is stale.
    Refused: what would change a published month (period_locked) or one whose calls are deleted
    (period_purged), and a call told twice in different words by one import.
    """
    judge, values = _judging(cursor, batch, on_rows)
    is_few = batch.calls.height <= FEW
    found = _at_once(judge, values) if is_few else _step_by_step(cursor, judge, values)
    hours.redo(cursor, central_id=batch.central_id, hours=_hours(found, "updated"))
    return _stored(batch.calls, found)


def look(cursor: CursorWrapper, *, batch: Batch) -> Stored:
    """What `merge` would make of the batch; nothing is stored."""
    judge, values = _judging(cursor, batch, None)
    cursor.execute(f"WITH judged AS MATERIALIZED ({judge}) {TOLD}", values)
    return _stored(batch.calls, cursor.fetchall())


def _judging(
    cursor: CursorWrapper, batch: Batch, on_rows: OnRows | None
) -> tuple[str, dict[str, Any]]:
    """The judging statement, and the values it takes."""
    incoming, rows = staged(
        cursor,
        frame=_positioned(batch),
        types=TYPES,
        on_rows=on_rows,
    )
    values = rows | {
        "source": batch.source_id,
        "central": batch.central_id,
        "import": batch.import_id,
        "locked": list(batch.locked),
        "purged_before": batch.purged_before,
    }
    return JUDGE.format(incoming=incoming), values


def _positioned(batch: Batch) -> pl.DataFrame | FewCalls:
    """The calls with their position, and whether earlier parts of the import told of them."""
    calls = batch.calls
    if isinstance(calls, FewCalls) and calls.height <= FEW:  # there are no earlier parts
        return FewCalls({**calls.columns, "position": range(calls.height)})
    calls = frame_of(calls)
    if not batch.told_before.is_empty():
        told = pl.col("external_id").is_in(batch.told_before.implode())
        calls = calls.with_columns(told_before=told)
    return calls.with_row_index("position")


def _at_once(judge: str, values: dict[str, Any]) -> list[_Told]:
    """One statement: a request of a few calls is one way to the database and back."""
    steps = ", ".join(f"{name} AS ({step})" for name, step in STEPS.items())
    return prepared.rows(AT_ONCE.format(judge=judge, steps=steps, told=TOLD), values)


def _step_by_step(cursor: CursorWrapper, judge: str, values: dict[str, Any]) -> list[_Told]:
    """Many calls: the database counts before it plans, and what has nothing to do is left out."""
    cursor.execute("DROP TABLE IF EXISTS judged")
    cursor.execute(f"CREATE TEMP TABLE judged ON COMMIT DROP AS {judge}", values)
    cursor.execute("ANALYZE judged")
    cursor.execute(TOLD)
    told = cursor.fetchall()
    statuses = {status for status, *_ in told}
    for name, step in STEPS.items():
        if DONE_FOR.get(name, "created") in statuses:
            cursor.execute(step, values)
    return told


def _stored(calls: pl.DataFrame | FewCalls, found: list[_Told]) -> Stored:
    counts = {status: count for status, count, _, _ in found}
    places = {status: where for status, _, where, _ in found if where and status in REFUSED_AS}
    at = {status: frame_of(calls)[sorted(where)] for status, where in places.items()}
    return Stored(
        created=counts.get("created", 0),
        updated=counts.get("updated", 0),
        unchanged=calls.height - sum(counts.values()) + counts.get("later", 0),
        stale=counts.get("stale", 0),
        repeated=counts.get("repeated", 0),
        refused={code: at[status] for status, code in REFUSED_AS.items() if status in at},
        months=sorted({_month(hour) for hour in _hours(found, "created", "updated")}),
        left_alone=_others(calls, found),
    )


def _hours(found: list[_Told], *statuses: str) -> list[datetime]:
    """The UTC hours that calls of these statuses are in or were in."""
    return [hour for status, _, _, touched in found if status in statuses for hour in touched]


def _month(hour: datetime) -> date:
    return hour.astimezone(OSLO).date().replace(day=1)


def _others(calls: pl.DataFrame | FewCalls, found: list[_Told]) -> pl.Series:
    """The ids that no status names, and those of calls that got a later version only."""
    if isinstance(calls, FewCalls):  # no later part asks for them
        return NO_IDS
    ids = calls["external_id"]
    named = [place for status, _, where, _ in found if status != "stale" for place in where or ()]
    if not named:
        return ids
    return ids.to_frame().with_row_index().filter(~pl.col("index").is_in(named))["external_id"]
