"""A small request in one transaction: the import, its calls and its hours appear together.

There is no half of it to resume: whoever gets no answer sends again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from callstats.feeds.models import Source
from callstats.imports import operations, reading, storing
from callstats.imports.models import CallImport, ImportState
from callstats.imports.refusals import keep_refusals
from callstats.imports.turns import CentralIsBusy, take_turn


def take(
    *,
    source: Source,
    data: bytes,
    calls: list[Any] | None = None,
    at: datetime,
    covers: tuple[datetime, datetime] | None,
    wait: timedelta,
    **facts: Any,
) -> CallImport:
    """Receive and store the request; queued where another import of the central takes longer.

    `calls` are the rows of `data`, where they are read already; `facts` are fields of the
    import. Raises KeyIsUsed.
    """
    call_import = operations.new_import(
        source=source, covers=covers, created_at=at, started_at=at, attempts=1, **facts
    )
    operations.keep_file(call_import=call_import, chunks=[data])
    try:
        _store(call_import, calls, at, wait)
    except CentralIsBusy:
        call_import.attempts = 0
        _insert(call_import, ImportState.QUEUED)
    except storing.RowsRefused as refusal:
        call_import.received, call_import.rejected = refusal.told.received, refusal.told.rejected
        _fail(call_import, refusal, at, refused=refusal.refused)
    except operations.Refusal as refusal:
        _fail(call_import, refusal, at)
    except operations.KeyIsUsed:
        raise  # its file is gone already
    except BaseException:
        call_import.path.unlink(missing_ok=True)
        raise
    return call_import


def _store(call_import: CallImport, calls: list[Any] | None, at: datetime, wait: timedelta) -> None:
    if calls is None:
        parts = reading.parts_of(call_import=call_import, now=at)
    else:
        parts = reading.parts_in(calls, call_import=call_import, now=at)
    with transaction.atomic():
        take_turn(central_id=call_import.source.central_id, wait=wait)
        storing.complete(call_import=call_import, parts=parts, at=at, step=_nobody_looks)
        operations.insert(call_import)


def _nobody_looks(stage: str, done: int) -> None:
    pass


def _insert(call_import: CallImport, state: ImportState) -> None:
    call_import.state = state
    operations.insert(call_import)


@transaction.atomic
def _fail(call_import: CallImport, refusal: Any, at: datetime, *, refused: Any = None) -> None:
    call_import.error_code, call_import.error_params = refusal.code, refusal.params
    call_import.finished_at = at
    _insert(call_import, ImportState.FAILED)
    if refused is not None:
        keep_refusals(call_import=call_import, refused=refused)
