"""The flow of an import: check or run, then compute the months it touched."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import structlog
from celery import shared_task
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from callstats.imports import idempotency, operations, progress, raw_files, retention
from callstats.imports.models import WAITING_FOR_WORKER, CallImport, ImportState
from callstats.imports.queries import months_not_computed
from callstats.periods.tasks import compute_month
from legevakt.lib import locks
from legevakt.lib.nudging import nudge

# So long a worker waits for another import of the same central; others have work too.
LOCK_WAIT = timedelta(seconds=10)
COMPUTED_WITHIN = timedelta(seconds=5)
log = structlog.get_logger(__name__)


@shared_task
def check(*, import_id: str) -> None:
    """Read the file for the preview."""
    call_import = CallImport.objects.select_related("source").get(pk=import_id)
    with _ends_visibly(call_import):
        operations.check(call_import=call_import, at=timezone.now())


@shared_task
def run(*, import_id: str) -> None:
    """Store the calls, then have the touched months computed."""
    call_import = CallImport.objects.select_related("source").get(pk=import_id)
    with _ends_visibly(call_import):
        has_run = operations.run(call_import=call_import, at=timezone.now(), lock_wait=LOCK_WAIT)
        if not has_run:
            nudge(run, after=LOCK_WAIT, import_id=import_id)
    compute_touched(call_import)


@shared_task
def resume_stalled() -> None:
    """Queue again each import that waits and that no worker holds.

    The same for months that an import touched and nobody computed.
    """
    for call_import in CallImport.objects.filter(state__in=WAITING_FOR_WORKER).order_by(
        "created_at", "pk"
    ):
        if _is_free(call_import):
            task = check if call_import.state == ImportState.CHECKING else run
            nudge(task, import_id=str(call_import.pk))
    for central_id, year, month in months_not_computed(at=timezone.now()):
        nudge(compute_month, central_id=central_id, year=year, month=month)


@shared_task
def delete_expired_files() -> None:
    """Delete raw files past their retention."""
    deleted = raw_files.delete_expired(at=timezone.now())
    log.info("raw files deleted", files=deleted)


@shared_task
def purge_calls() -> None:
    """Delete calls past their retention; their hourly sums stay."""
    deleted = retention.purge_calls(at=timezone.now())
    log.info("calls deleted", calls=deleted)


@shared_task
def forget_old_keys() -> None:
    """Idempotency keys past their time may be used again."""
    idempotency.forget_old_keys(at=timezone.now())


def compute_touched(call_import: CallImport) -> None:
    """Queue the computing of every month that the import touched."""
    for name in call_import.affected_months:
        year, month = map(int, name.split("-"))
        nudge(compute_month, central_id=call_import.source.central_id, year=year, month=month)


def compute_touched_soon(call_import: CallImport) -> None:
    """The same for one of many small requests: a month is computed once for all of a few seconds.

    Whoever finds the mark has stored its calls before the month is computed.
    """
    for name in call_import.affected_months:
        year, month = map(int, name.split("-"))
        central_id = call_import.source.central_id
        if progress.is_first(f"compute-{central_id}-{name}", within=COMPUTED_WITHIN):
            nudge(
                compute_month,
                after=COMPUTED_WITHIN,
                central_id=central_id,
                year=year,
                month=month,
            )


def _is_free(call_import: CallImport) -> bool:
    """Whether no worker holds the import at this moment."""
    with locks.only_one(operations.lock_name(call_import)) as got:
        return got


@contextmanager
def _ends_visibly(call_import: CallImport) -> Iterator[None]:
    """An unexpected error ends the import where people see it; a lost database does not."""
    try:
        yield
    except (OperationalError, InterfaceError):
        raise  # nothing is stored; resume_stalled runs the import again
    except Exception:
        operations.fail_unexpectedly(call_import=call_import, at=timezone.now())
        raise
