"""From the file of an import to calls, whatever the profile of its source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import polars as pl
from django.db import connection

from callstats.calls.copying import copy_frame
from callstats.imports.models import CallImport, CallTrace, Source
from callstats.sources import asterisk_queue_log, canonical, table
from callstats.sources.frames import ParsedCalls, SourceSettings, Unreadable

NO_TRACES = pl.DataFrame(schema={"external_id": pl.String, "trace": pl.String})


@dataclass(frozen=True)
class Reading:
    """What the file told. `traces` are kept for event logs, to unite with other files."""

    parsed: ParsedCalls
    traces: pl.DataFrame | None = None


def reader_of(*, call_import: CallImport, now: datetime) -> Callable[[], Reading]:
    """Read the file now; the returned function finishes with what is stored already.

    The first part is slow and needs no lock; the second runs under the central's lock.
    Raises Unreadable for a file that gives no calls.
    """
    source = call_import.source
    settings = SourceSettings(
        profile=source.profile, now=now, zone=source.zone, mapping=source.mapping or None
    )
    if source.profile == "asterisk-queue-log" and call_import.file_format == "file":
        return _event_reader(call_import, source, settings)
    parsed = _read_rows(call_import, settings)
    return lambda: Reading(parsed)


def _event_reader(call_import, source: Source, settings) -> Callable[[], Reading]:
    events = asterisk_queue_log.read_events(call_import.path, settings=settings)

    def finish() -> Reading:
        stored = asterisk_queue_log.expand(_stored_traces(source, events.frame))
        united = replace(events, frame=asterisk_queue_log.unite(stored, events.frame))
        return Reading(
            asterisk_queue_log.calls_from(united, settings=settings),
            asterisk_queue_log.compact(united.frame),
        )

    return finish


def _read_rows(call_import: CallImport, settings: SourceSettings) -> ParsedCalls:
    path = call_import.path
    if call_import.file_format != "file" or settings.profile == "canonical":
        return canonical.read(path, file_format=call_import.file_format, settings=settings)
    if settings.profile == "table":
        return table.read(path, settings=settings)
    raise Unreadable("unknown_profile", profile=settings.profile)


def _stored_traces(source: Source, events: pl.DataFrame) -> pl.DataFrame:
    rows = []
    ids = events["external_id"].unique().to_list()
    for start in range(0, len(ids), 10_000):
        rows += CallTrace.objects.filter(
            source=source, external_id__in=ids[start : start + 10_000]
        ).values_list("external_id", "trace")
    return pl.DataFrame(rows, schema=NO_TRACES.schema, orient="row")


def keep_traces(*, source: Source, traces: pl.DataFrame) -> None:
    """Store the event lines of each call, replacing shorter ones."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE incoming_traces (external_id text, trace text) ON COMMIT DROP"
        )
        copy_frame(frame=traces, table="incoming_traces")
        cursor.execute(
            "INSERT INTO callstats_calltrace AS kept (source_id, external_id, trace)"
            " SELECT %s, external_id, trace FROM incoming_traces"
            " ON CONFLICT (source_id, external_id) DO UPDATE SET trace = EXCLUDED.trace"
            " WHERE kept.trace <> EXCLUDED.trace",
            [source.pk],
        )
        cursor.execute("DROP TABLE incoming_traces")
