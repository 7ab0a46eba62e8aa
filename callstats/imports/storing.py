"""One import's way through its parts: looked through only, or stored in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import polars as pl
from django.utils import timezone

from callstats.calls import operations as calls
from callstats.calls.batches import NO_IDS, Batch, Stored
from callstats.exclusions.summing import resum
from callstats.feeds import lines
from callstats.imports import announcing, coverage, cursors, preview, traces
from callstats.imports.models import CallImport, ImportState
from callstats.imports.queries import Limits, limits_of
from callstats.imports.reading import EVENT_LINES, Finish, Reading
from callstats.imports.refusals import keep_refusals
from callstats.imports.told import Told, refused_by_store
from callstats.sources.few import FewCalls, frame_of
from legevakt.lib.periods import Period

INDEXED = ("json", "ndjson")
Step = Callable[[str, int], None]


class RowsRefused(Exception):
    """Some rows of an import that takes all or none are refused."""

    code = "rows_refused"

    def __init__(self, told: Told, refused: pl.DataFrame) -> None:
        super().__init__(told.rejected)
        self.told, self.refused = told, refused
        self.params = {"rejected": told.rejected}


@dataclass
class Mapper:
    """Gives calls their public number; what no queue maps is gathered over all parts."""

    call_import: CallImport
    unmapped: set[str] = field(default_factory=set)

    def mapped(self, read: Reading) -> pl.DataFrame | FewCalls:
        """The calls with `line_id`; none of a part that has an unmapped queue."""
        source, calls = self.call_import.source, read.parsed.calls
        try:
            return lines.with_lines(calls=calls, source=source)
        except lines.UnmappedQueues as error:
            self.unmapped |= set(error.queues)
            return frame_of(calls).clear().with_columns(line_id=pl.lit(None, pl.Int64))

    def check(self) -> None:
        """Raises UnmappedQueues with every queue that no part could map."""
        if self.unmapped:
            known = lines.own_numbers(self.call_import.source)
            raise lines.UnmappedQueues(sorted(self.unmapped), known=known)


def look_through(*, call_import: CallImport, parts: Iterator[Finish]) -> tuple[Told, dict]:
    """What the file would give, and the preview; refused rows are kept, no call is stored.

    Raises Unreadable, UnmappedQueues.
    """
    told, shown, mapper = Told(), preview.nothing(), Mapper(call_import)
    limits = limits_of(central_id=call_import.source.central_id)
    for finish in parts:
        read = finish()
        told.read(read.parsed)
        batch = _batch(call_import, mapper.mapped(read), limits, told)
        shown = preview.with_more(shown, frame_of(batch.calls))
        _judge(call_import, read, calls.look(batch=batch), told)
    mapper.check()
    return told, shown


def complete(*, call_import: CallImport, parts: Iterator[Finish], at: datetime, step: Step) -> None:
    """Store everything and bring the import to its end; saving it is the caller's.

    Run it inside a transaction that holds the central's lock. Raises as `store`.
    """
    told = store(call_import=call_import, parts=parts, step=step)
    note(call_import=call_import, told=told)
    if call_import.file_format == EVENT_LINES and told.last_at:
        cursors.note(source=call_import.source, path=call_import.path, event_at=told.last_at, at=at)
    call_import.state = (
        ImportState.COMPLETED_WITH_ERRORS if told.rejected else ImportState.COMPLETED
    )
    step("storing", told.received)  # the last moment to cancel it
    call_import.finished_at = timezone.now()
    announcing.completed(call_import=call_import, at=at)


def note(*, call_import: CallImport, told: Told) -> None:
    """Take over the counts, moments and warnings."""
    for name in announcing.COUNTS:
        setattr(call_import, name, getattr(told, name))
    call_import.first_at, call_import.last_at = told.first_at, told.last_at
    call_import.affected_months = sorted(told.months)
    call_import.warnings = [
        {"code": w.code, "count": w.count, "line": w.line, "params": w.params}
        for w in told.warnings.values()
    ]


def store(*, call_import: CallImport, parts: Iterator[Finish], step: Step) -> Told:
    """Store the calls, their hours, the refused rows and the time they cover.

    Run it inside a transaction that holds the central's lock; `step` hears of the stage and
    the calls done. Raises Unreadable, UnmappedQueues, RowsRefused.
    """
    told, mapper, refused = Told(), Mapper(call_import), []
    limits = limits_of(central_id=call_import.source.central_id)
    for finish in parts:
        read = finish()
        told.read(read.parsed)
        batch = _batch(call_import, mapper.mapped(read), limits, told)
        if not mapper.unmapped:
            refused.append(_store_part(call_import, read, batch, told, step))
    mapper.check()
    if call_import.is_atomic and told.rejected:
        raise RowsRefused(told, pl.concat(refused))
    if limits.leaves_out:
        _follow(told, central_id=call_import.source.central_id)
    return told


def _follow(told: Told, *, central_id: int) -> None:
    """Have what is left out follow the calls at once: figures are counted from both at any time."""
    months = [Period.month(*map(int, month.split("-"))) for month in sorted(told.months)]
    if months:
        resum(central_id=central_id, period=Period(months[0].starts_on, months[-1].ends_on))


def _batch(
    call_import: CallImport, mapped: pl.DataFrame | FewCalls, limits: Limits, told: Told
) -> Batch:
    return Batch(
        calls=mapped,
        source_id=call_import.source_id,
        central_id=call_import.source.central_id,
        import_id=str(call_import.pk),
        locked=limits.locked,
        purged_before=limits.purged_before,
        told_before=pl.concat([NO_IDS, *told.left_alone]),
    )


def _judge(call_import: CallImport, read: Reading, stored: Stored, told: Told) -> pl.DataFrame:
    """Note what became of the part's calls; keeps and returns every refused row of it."""
    told.stored(stored)
    refused = read.parsed.refused
    if stored.refused:
        late = refused_by_store(stored, are_indexed=call_import.file_format in INDEXED)
        refused = pl.concat([refused, late])
    keep_refusals(call_import=call_import, refused=refused)
    return refused


def _store_part(
    call_import: CallImport, read: Reading, batch: Batch, told: Told, step: Step
) -> pl.DataFrame:
    """Returns the refused rows of the part."""
    before = told.received - read.parsed.received
    step("storing", before)
    if read.traces is not None:
        traces.keep(source=call_import.source, traces=read.traces)
    stored = calls.store(batch=batch, on_rows=lambda done: step("storing", before + done))
    refused = _judge(call_import, read, stored, told)
    for first_at, last_at in coverage.spans(call_import=call_import, parsed=read.parsed):
        calls.note_feed(
            source_id=call_import.source_id,
            first_at=first_at,
            last_at=last_at,
            locked=batch.locked,
            purged_before=batch.purged_before,
        )
    return refused
