"""Calls of which some may be stored already: judged, kept, changed and added by one statement."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.db.backends.utils import CursorWrapper

from callstats.calls.batches import CARRIED, FACTS, LOCAL_MONTH, Batch, Judged
from callstats.calls.copying import OnRows
from callstats.calls.staging import staged

REFUSED_AS = {
    "locked": "period_locked",
    "purged": "period_purged",
    "duplicate": "duplicate_in_file",
}
TYPES = {
    "position": "int",
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
_SAME_CALL = "c.source_id = %(source)s::bigint AND c.external_id = i.external_id"
_IN_LOCKED = (
    f"{LOCAL_MONTH.format('i.arrived_at')} = ANY(%(locked)s::date[])"
    f" OR {LOCAL_MONTH.format('c.arrived_at')} = ANY(%(locked)s::date[])"
)
MERGE_SQL = f"""
    WITH incoming AS ({{incoming}}),
    judged AS MATERIALIZED (
        SELECT i.*, c.arrived_at AS moved_from,
            CASE
              WHEN ({_STORED}) IS NOT DISTINCT FROM ({_SENT}) AND c.external_id IS NOT NULL
                THEN CASE WHEN c.imported_by_id = %(import)s::uuid THEN 'repeated' ELSE 'unchanged' END
              WHEN c.imported_by_id = %(import)s::uuid THEN 'duplicate'
              WHEN c.version IS NOT NULL AND coalesce(i.version, -1) < c.version THEN 'stale'
              WHEN i.arrived_at < %(purged_before)s::timestamptz THEN 'purged'
              WHEN cardinality(%(locked)s::date[]) > 0 AND ({_IN_LOCKED}) THEN 'locked'
              WHEN c.external_id IS NULL THEN 'created'
              ELSE 'updated' END AS status
        FROM incoming i LEFT JOIN callstats_call c ON {_SAME_CALL}),
    later_version AS (
        UPDATE callstats_call c SET version = i.version FROM judged i
        WHERE {_SAME_CALL} AND i.status = 'unchanged' AND i.version > coalesce(c.version, -1)),
    kept AS (
        INSERT INTO callstats_callrevision
            (source_id, external_id, revision, facts, replaced_by_id)
        SELECT c.source_id, c.external_id, c.revision, jsonb_build_object({_KEPT}), %(import)s::uuid
        FROM judged i JOIN callstats_call c ON {_SAME_CALL} WHERE i.status = 'updated'),
    updated AS (
        UPDATE callstats_call c
        SET {_CHANGES}, revision = c.revision + 1, imported_by_id = %(import)s::uuid
        FROM judged i WHERE {_SAME_CALL} AND i.status = 'updated'),
    created AS (
        INSERT INTO callstats_call
            (source_id, central_id, imported_by_id, revision, {", ".join(CARRIED)})
        SELECT %(source)s::bigint, %(central)s::bigint, %(import)s::uuid, 1, {", ".join(CARRIED)}
        FROM judged WHERE status = 'created' ORDER BY arrived_at)
    SELECT status, count(*),
        array_agg(position) FILTER (WHERE status <> 'unchanged'),
        array_agg(moved_from) FILTER (WHERE status = 'updated')
    FROM judged GROUP BY status
"""


def merge(cursor: CursorWrapper, *, batch: Batch, on_rows: OnRows | None = None) -> Judged:
    """Store the batch whatever is stored of it already.

    Same content is unchanged, other content a new revision with the old one kept; other
    content with a lower version than the stored, or with none where one is stored, is stale.
    Refused: what would change a published month (period_locked) or one whose calls are deleted
    (period_purged), and a call told twice in different words by one import.
    """
    incoming, rows = staged(
        cursor,
        frame=batch.calls.with_row_index("position"),
        types=TYPES,
        on_rows=on_rows,
    )
    cursor.execute(
        MERGE_SQL.format(incoming=incoming),
        {
            "rows": rows,
            "source": batch.source_id,
            "central": batch.central_id,
            "import": batch.import_id,
            "locked": list(batch.locked),
            "purged_before": batch.purged_before,
        },
    )
    return _judged(batch.calls, cursor.fetchall())


def _judged(calls: pl.DataFrame, found: list[tuple[str, int, Any, Any]]) -> Judged:
    counts = {status: count for status, count, _, _ in found}
    at = {status: calls[sorted(where)] for status, _, where, _ in found if where}
    moved = next((tuple(moments) for status, _, _, moments in found if status == "updated"), ())
    return Judged(
        created=at.get("created", calls.clear()),
        updated=at.get("updated", calls.clear()),
        unchanged=counts.get("unchanged", 0),
        stale=counts.get("stale", 0),
        repeated=counts.get("repeated", 0),
        refused={code: at[status] for status, code in REFUSED_AS.items() if status in at},
        moved_from=moved,
    )
