"""Beginning the test of a feed anew."""

from __future__ import annotations

from pathlib import Path

from django.db import connection, transaction

from callstats.calls.hours import redo
from callstats.calls.models import Call, CallPurge, CallRevision
from callstats.feeds.models import FeedCursor, Source
from callstats.imports.models import WAITING_FOR_WORKER, CallImport
from callstats.periods.models import IndicatorPeriod, PeriodState
from municipalities.models import Central


class NotASandbox(Exception):
    """The source's calls count; they are never deleted for a test."""


class StillImporting(Exception):
    """An import of the source has not ended."""


@transaction.atomic
def start_over(*, source: Source) -> int:
    """Delete all that came from a sandbox source; returns how many calls. Twice does no harm.

    Gone are its calls with their revisions, hours, traces, cursor and imports with their files,
    so that an Idempotency-Key may be used again. Queues, mapping and tokens stay. Raises
    NotASandbox, StillImporting.
    """
    central = Central.objects.select_for_update(no_key=True).get(pk=source.central_id)
    if not central.is_sandbox:
        raise NotASandbox(source.slug)
    imports = CallImport.objects.filter(source=source)
    if imports.filter(state__in=WAITING_FOR_WORKER).exists():
        raise StillImporting(source.slug)
    deleted = _delete_calls(source=source, central=central)
    _delete_imports([each.path for each in imports], source=source)
    return deleted


def _delete_calls(*, source: Source, central: Central) -> int:
    """The calls, and the sums they were in; other sources of the sandbox keep theirs."""
    calls = Call.objects.filter(source=source)
    moments = list(calls.values_list("arrived_at", flat=True))
    CallRevision.objects.filter(source=source).delete()
    calls.delete()
    with connection.cursor() as cursor:
        hours = {moment.replace(minute=0, second=0, microsecond=0) for moment in moments}
        redo(cursor, central_id=central.pk, hours=hours)
    # The scenario's dates grow old: what retention deleted here may come again.
    CallPurge.objects.filter(central=central).delete()
    IndicatorPeriod.objects.filter(central=central).exclude(state=PeriodState.PUBLISHED).delete()
    return len(moments)


def _delete_imports(paths: list[Path], *, source: Source) -> None:
    source.feed_hours.all().delete()
    source.traces.all().delete()
    FeedCursor.objects.filter(source=source).delete()
    CallImport.objects.filter(source=source).delete()
    transaction.on_commit(lambda: _delete_files(paths))


def _delete_files(paths: list[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
