"""From the file of an import to calls, whatever the profile of its source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from types import ModuleType

import polars as pl
from django.db import connection

from callstats.calls.copying import copy_frame
from callstats.imports.fitting import fitting
from callstats.imports.models import CallImport, CallTrace, Source
from callstats.sources import canonical
from callstats.sources.files import read_bytes
from callstats.sources.frames import ParsedCalls, SourceSettings, Unreadable
from callstats.sources.registry import PROFILES

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
    profile = PROFILES[source.profile]
    if profile.kind == "events" and call_import.file_format == "file":
        return _event_reader(call_import, profile.module, settings)
    parsed = fitting(_read_rows(call_import, settings))
    return lambda: Reading(parsed)


def _event_reader(
    call_import: CallImport, log: ModuleType, settings: SourceSettings
) -> Callable[[], Reading]:
    events = log.read_events(call_import.path, settings=settings)

    def finish() -> Reading:
        stored = log.expand(_stored_traces(call_import.source, events.frame))
        united = replace(events, frame=log.unite(stored, events.frame))
        parsed = fitting(log.calls_from(united, settings=settings))
        return Reading(parsed, log.compact(united.frame))

    return finish


def _read_rows(call_import: CallImport, settings: SourceSettings) -> ParsedCalls:
    """A request is canonical in the format it declares, which its rows were counted by;

    a file is read by the source's profile.
    """
    try:
        if call_import.file_format in canonical.READERS:
            return canonical.READERS[call_import.file_format](
                read_bytes(call_import.path), settings=settings
            )
        return PROFILES[settings.profile].module.read_calls(call_import.path, settings=settings)
    except UnicodeEncodeError as error:
        raise Unreadable("invalid_json") from error  # half of a surrogate pair is no character


def _stored_traces(source: Source, events: pl.DataFrame) -> pl.DataFrame:
    rows: list[tuple[str, str]] = []
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
