"""An import's life: received, checked, confirmed, run, cancelled.

Everything that is stored is stored in one transaction, so a killed worker leaves
nothing half done and the import can be run again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from callstats.feeds import lines
from callstats.feeds.models import Source
from callstats.imports import progress, raw_files, reading, storing
from callstats.imports.models import CallImport, Channel, ImportState, RefusedRow
from callstats.imports.progress import Progress
from callstats.imports.refusals import keep_refusals
from callstats.imports.storing import RowsRefused
from callstats.imports.told import Told
from callstats.imports.turns import CentralIsBusy, take_turn
from callstats.sources.frames import Unreadable
from callstats.sources.registry import PROFILES
from legevakt.lib import keyed, locks, prepared
from municipalities.models import User

Refusal = (Unreadable, lines.UnmappedQueues)
# A file that kills its worker (memory, time limit) is not tried for ever.
MOST_ATTEMPTS = 5


class WrongState(Exception):
    """The import is not in a state in which that can be done."""


class Cancelled(Exception):
    """Somebody asked to cancel while the import ran."""


class KeyIsUsed(Exception):
    """The source has used the idempotency key for another import."""


def receive(
    *,
    source: Source,
    chunks: Iterable[bytes],
    file_name: str,
    channel: Channel,
    at: datetime,
    by: User | None = None,
    file_format: str = "file",
    covers: tuple[datetime, datetime] | None = None,
    confirm_first: bool = False,
    is_atomic: bool = False,
    is_dry_run: bool = False,
    idempotency_key: str | None = None,
    request_sha256: str | None = None,
) -> CallImport:
    """Keep the file and queue it, or with `confirm_first` have it checked and shown first.

    `covers` (aware, half-open) is the time the sender says the file tells of; without it
    the file's own first and last moment are taken. Raises Unreadable("file_too_large"), and
    KeyIsUsed when the source has an import with that idempotency key.
    """
    call_import = new_import(
        source=source,
        channel=channel,
        file_name=os.path.basename(file_name)[:255],
        file_format=file_format,
        created_at=at,
        created_by=by,
        covers=covers,
        state=ImportState.CHECKING if confirm_first else ImportState.QUEUED,
        is_atomic=is_atomic,
        is_dry_run=is_dry_run,
        idempotency_key=idempotency_key,
        request_sha256=request_sha256,
    )
    keep_file(call_import=call_import, chunks=chunks)
    insert(call_import)
    return call_import


def new_import(
    *, source: Source, covers: tuple[datetime, datetime] | None, **facts: Any
) -> CallImport:
    """Not yet in the database."""
    return CallImport(
        source=source,
        mapping_version=source.mapping_version if PROFILES[source.profile].is_mapped else None,
        covers_from_at=covers[0] if covers else None,
        covers_to_at=covers[1] if covers else None,
        **facts,
    )


def keep_file(*, call_import: CallImport, chunks: Iterable[bytes]) -> None:
    """Keep the raw file; raises Unreadable("file_too_large").

    A file is known by its SHA-256, as its sender can compute it. A request may be one call, and
    the number in it be found again from that: its fingerprint is keyed.
    """
    sha256, call_import.size_bytes = raw_files.keep(path=call_import.path, chunks=chunks)
    is_request = call_import.channel == Channel.API
    call_import.sha256 = keyed.fingerprint(sha256, purpose="file") if is_request else sha256


def insert(call_import: CallImport) -> None:
    """Raises KeyIsUsed, and keeps no file, when another import has the idempotency key."""
    try:
        with transaction.atomic(savepoint=False):
            prepared.insert(call_import)
    except IntegrityError as error:
        call_import.path.unlink(missing_ok=True)
        if "idempotency_key_is_used_once" in str(error):
            raise KeyIsUsed(call_import.idempotency_key) from error
        raise


def check(*, call_import: CallImport, at: datetime) -> None:
    """Read the file and note what it would give, storing no call."""
    with locks.only_one(lock_name(call_import)) as got:
        if not got or not _is_in(call_import, ImportState.CHECKING):
            return
        try:
            _count_attempt(call_import)
            parts = reading.parts_of(call_import=call_import, now=at)
            with transaction.atomic():
                RefusedRow.objects.filter(call_import=call_import).delete()
                told, shown = storing.look_through(call_import=call_import, parts=parts)
                _show(call_import, told, shown, at)
        except Refusal as refusal:
            _fail(call_import, refusal, at)


@transaction.atomic
def confirm(*, call_import: CallImport) -> None:
    """A person has seen the preview and wants it stored; raises WrongState."""
    _move(call_import, ImportState.CHECKED, ImportState.QUEUED)


def cancel(*, call_import: CallImport, at: datetime) -> None:
    """Stop before anything is stored; a running import rolls back. Raises WrongState."""
    waiting = (ImportState.CHECKING, ImportState.CHECKED, ImportState.QUEUED)
    changed = CallImport.objects.filter(pk=call_import.pk, state__in=waiting).update(
        state=ImportState.CANCELLED, finished_at=at
    )
    if not changed:
        call_import.refresh_from_db()
        if call_import.is_finished:
            raise WrongState(call_import.state)
        progress.ask_to_cancel(call_import.pk)


def run(*, call_import: CallImport, at: datetime, lock_wait: timedelta | None = None) -> bool:
    """Read and store the file. Repeating it, or two workers at once, does no harm.

    With `lock_wait` it waits no longer than that for another import of the same central, and
    is queued again when that takes longer: False then, and somebody should run it again.
    """
    with locks.only_one(lock_name(call_import)) as got:
        if not got or not _is_in(call_import, ImportState.QUEUED, ImportState.IMPORTING):
            return True
        try:
            if not _begin(call_import, at):
                return True
            parts = reading.parts_of(call_import=call_import, now=at)
            with transaction.atomic():
                take_turn(central_id=call_import.source.central_id, wait=lock_wait)
                _store(call_import, parts, at)
        except CentralIsBusy:
            _put_back(call_import)
            return False
        except RowsRefused as refusal:
            _note_refused(call_import, refusal)
            _fail(call_import, refusal, at)
        except Refusal as refusal:
            _fail(call_import, refusal, at)
        except Cancelled:
            _end(call_import, ImportState.CANCELLED, at)
    return True


def fail_unexpectedly(*, call_import: CallImport, at: datetime) -> None:
    """Note that the import ended by an error that is ours; the log has the details."""
    call_import.refresh_from_db()  # what the rolled back transaction noted is not so
    if not call_import.is_finished:
        _fail(call_import, Unreadable("internal_error"), at)


def _store(call_import: CallImport, parts: Iterator[reading.Finish], at: datetime) -> None:
    total = reading.calls_expected(call_import)
    RefusedRow.objects.filter(call_import=call_import).delete()
    storing.complete(
        call_import=call_import,
        parts=parts,
        at=at,
        step=lambda stage, done: _step(call_import, stage, done, total),
    )
    call_import.save()


def _put_back(call_import: CallImport) -> None:
    """Nothing was tried, so it is no attempt."""
    call_import.state = ImportState.QUEUED
    call_import.attempts -= 1
    call_import.save(update_fields=["state", "attempts"])


def _show(call_import: CallImport, told: Told, shown: dict, at: datetime) -> None:
    """Note what the preview shows, unless somebody cancelled in the meantime."""
    CallImport.objects.select_for_update().get(pk=call_import.pk)
    if _is_in(call_import, ImportState.CHECKING):
        storing.note(call_import=call_import, told=told)
        call_import.preview = shown
        call_import.state = ImportState.CHECKED
        if call_import.is_dry_run:  # nobody may confirm it
            call_import.state, call_import.finished_at = ImportState.CANCELLED, at
        call_import.save()


@transaction.atomic
def _note_refused(call_import: CallImport, refusal: RowsRefused) -> None:
    """All that was stored is rolled back; what was refused, and why, is told."""
    call_import.refresh_from_db()
    call_import.received, call_import.rejected = refusal.told.received, refusal.told.rejected
    RefusedRow.objects.filter(call_import=call_import).delete()
    keep_refusals(call_import=call_import, refused=refusal.refused)


def _begin(call_import: CallImport, at: datetime) -> bool:
    """Claim the import; False when somebody cancelled it in the meantime."""
    waiting = (ImportState.QUEUED, ImportState.IMPORTING)
    claimed = CallImport.objects.filter(pk=call_import.pk, state__in=waiting).update(
        state=ImportState.IMPORTING, started_at=at
    )
    call_import.refresh_from_db()
    if claimed:
        _count_attempt(call_import)
        _step(call_import, "reading", 0, 0)
    return bool(claimed)


def _count_attempt(call_import: CallImport) -> None:
    """Raises Unreadable("gave_up") when the file has stopped its worker too often."""
    if call_import.attempts == MOST_ATTEMPTS:
        raise Unreadable("gave_up", attempts=MOST_ATTEMPTS)
    call_import.attempts += 1
    call_import.save(update_fields=["attempts"])


def _step(call_import: CallImport, stage: str, done: int, total: int) -> None:
    """`total` is about how many calls there are, 0 where nobody knows."""
    total = total and max(done, total)
    progress.report(import_id=call_import.pk, progress=Progress(stage, done, total))
    if progress.is_asked_to_cancel(call_import.pk):
        raise Cancelled


def _end(call_import: CallImport, state: ImportState, at: datetime) -> None:
    call_import.state = state
    call_import.finished_at = at
    call_import.save()


def _fail(
    call_import: CallImport,
    refusal: Unreadable | lines.UnmappedQueues | RowsRefused,
    at: datetime,
) -> None:
    call_import.error_code = refusal.code
    call_import.error_params = refusal.params
    _end(call_import, ImportState.FAILED, at)


def _is_in(call_import: CallImport, *states: ImportState) -> bool:
    call_import.refresh_from_db()
    return call_import.state in states


def _move(call_import: CallImport, before: ImportState, after: ImportState) -> None:
    if not CallImport.objects.filter(pk=call_import.pk, state=before).update(state=after):
        call_import.refresh_from_db()
        raise WrongState(call_import.state)
    call_import.state = after


def lock_name(call_import: CallImport) -> str:
    """The advisory lock that whoever works on the import holds."""
    return f"call import {call_import.pk}"
