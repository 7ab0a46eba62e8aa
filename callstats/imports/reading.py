"""From the file of an import to calls, whatever the profile of its source."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from types import ModuleType
from typing import Any

import polars as pl

from callstats.imports import traces
from callstats.imports.ahead import one_ahead
from callstats.imports.fitting import each_fits, fitting, keepable
from callstats.imports.models import CallImport
from callstats.sources import canonical
from callstats.sources.few import FewCalls, in_frame
from callstats.sources.files import read_bytes
from callstats.sources.frames import Parsed, ParsedCalls, SourceSettings, Unreadable
from callstats.sources.parts import is_large
from callstats.sources.registry import PROFILES, Profile

FILE, EVENT_LINES = "file", "queue_log"


@dataclass(frozen=True)
class Reading:
    """What a part of the file told.

    `traces` (external_id, trace, last_event_at) are kept for event logs, to unite with other
    files.
    """

    parsed: ParsedCalls | Parsed[FewCalls]
    traces: pl.DataFrame | None = None


Finish = Callable[[], Reading]


def parts_of(*, call_import: CallImport, now: datetime) -> Iterator[Finish]:
    """Read the file part by part; each returned function finishes with what is stored already.

    The reading is slow and needs no lock; the functions run under the central's lock. Raises
    Unreadable for a file that gives no calls.
    """
    settings = _settings(call_import, now)
    profile = PROFILES[call_import.source.profile]
    if profile.kind == "events" and call_import.file_format in (FILE, EVENT_LINES):
        return iter([_event_reader(call_import, profile.module, settings)])
    return (_done(parsed) for parsed in _row_parts(call_import, profile, settings))


def parts_in(calls: list[Any], *, call_import: CallImport, now: datetime) -> Iterator[Finish]:
    """The same for canonical rows that are read already, as JSON has them."""
    parsed = canonical.few_from_rows(calls, settings=_settings(call_import, now))
    return iter([_done(parsed if each_fits(parsed.calls) else fitting(in_frame(parsed)))])


def _settings(call_import: CallImport, now: datetime) -> SourceSettings:
    source, version = call_import.source, call_import.mapping_version
    return SourceSettings(
        profile=source.profile,
        now=now,
        zone=source.zone,
        mapping=version.mapping if version else None,
    )


def calls_expected(call_import: CallImport) -> int:
    """About how many calls the file has, one a line, to show how far its storing is.

    Counted in its first part, and taken to go on like that.
    """
    if not call_import.path.is_file():
        return 0
    with call_import.path.open("rb") as file:
        start = file.read(1 << 20)
    size = call_import.path.stat().st_size
    return start.count(b"\n") * size // max(len(start), 1)


def _done(parsed: ParsedCalls | Parsed[FewCalls]) -> Finish:
    return lambda: Reading(parsed)


def _event_reader(call_import: CallImport, log: ModuleType, settings: SourceSettings) -> Finish:
    events = log.read_events(call_import.path, settings=settings)

    def finish() -> Reading:
        stored = log.expand(traces.stored(source=call_import.source, events=events.frame))
        united = replace(events, frame=log.unite(stored, events.frame))
        parsed = fitting(log.calls_from(united, settings=settings))
        kept = log.compact(united.frame).join(_last(united.frame), on="external_id")
        return Reading(parsed, keepable(kept))

    return finish


def _last(events: pl.DataFrame) -> pl.DataFrame:
    at = pl.from_epoch(pl.col("at").max(), time_unit="s").dt.replace_time_zone("UTC")
    return events.group_by("external_id").agg(last_event_at=at)


def _row_parts(
    call_import: CallImport, profile: Profile, settings: SourceSettings
) -> Iterator[ParsedCalls]:
    """A request is canonical in the format it declares, which its rows were counted by;

    a file is read by the source's profile, a large one while the part before it is stored.
    """
    try:
        if call_import.file_format in canonical.READERS:
            read = canonical.READERS[call_import.file_format]
            return iter([fitting(read(read_bytes(call_import.path), settings=settings))])
        if not (hasattr(profile.module, "read_parts") and is_large(call_import.path)):
            return iter([fitting(profile.module.read_calls(call_import.path, settings=settings))])
    except UnicodeEncodeError as error:
        raise Unreadable("invalid_json") from error  # half of a surrogate pair is no character
    parts = profile.module.read_parts(call_import.path, settings=settings)
    return one_ahead(map(fitting, parts))
