"""The event lines of calls, kept so that lines in another file can be united with them."""

from __future__ import annotations

import polars as pl
from django.db import connection

from callstats.calls.copying import copy_frame
from callstats.feeds.models import Source
from callstats.imports.models import CallTrace

NO_TRACES = pl.DataFrame(schema={"external_id": pl.String, "trace": pl.String})


def stored(*, source: Source, events: pl.DataFrame) -> pl.DataFrame:
    """What is kept of the calls that the events are about (external_id, trace)."""
    rows: list[tuple[str, str]] = []
    ids = events["external_id"].unique().to_list()
    for start in range(0, len(ids), 10_000):
        rows += CallTrace.objects.filter(
            source=source, external_id__in=ids[start : start + 10_000]
        ).values_list("external_id", "trace")
    return pl.DataFrame(rows, schema=NO_TRACES.schema, orient="row")


def keep(*, source: Source, traces: pl.DataFrame) -> None:
    """Store the lines of each call (external_id, trace, last_event_at) over shorter ones."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE incoming_traces"
            " (external_id text, trace text, last_event_at timestamptz) ON COMMIT DROP"
        )
        copy_frame(frame=traces, table="incoming_traces")
        cursor.execute(
            "INSERT INTO callstats_calltrace AS kept (source_id, external_id, trace, last_event_at)"
            " SELECT %s, external_id, trace, last_event_at FROM incoming_traces"
            " ON CONFLICT (source_id, external_id) DO UPDATE"
            " SET trace = EXCLUDED.trace, last_event_at = EXCLUDED.last_event_at"
            " WHERE kept.trace <> EXCLUDED.trace",
            [source.pk],
        )
        cursor.execute("DROP TABLE incoming_traces")
