"""What is stored of a sandbox source, gathered for the checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain

from django.db.models import Max, QuerySet, Sum

from callstats.calls.models import Call, CallRevision
from callstats.conformance import bodies
from callstats.conformance.deliveries import EXPECTED, QUIET, ids_of
from callstats.conformance.findings import Report
from callstats.conformance.found import Found, FoundCall, FoundFailure, FoundRefusal, FoundRevision
from callstats.conformance.rules import judge
from callstats.conformance.scenario import CALLER_BEGINNING, MAIN, SECOND
from callstats.feeds.lines import ANY_QUEUE
from callstats.feeds.models import Source
from callstats.imports.models import CallImport, Channel, ImportState, RefusedRow

# More than a slip; what is beyond them need not be listed.
MOST_STRANGERS, MOST_REFUSED = 100, 100
OWN_PROFILES = ("canonical", "table")
OWN_FORMATS = ("json", "ndjson", "csv")
STORED = (ImportState.COMPLETED, ImportState.COMPLETED_WITH_ERRORS)
STALE = "stale_version"
TEXTS = ("external_id", "queue", "arrived_text", "municipality", "urgency", "legs")


def report_of(source: Source) -> Report:
    """How the feed of the source did so far."""
    return judge(found_of(source))


def scenario_queues_lacking(source: Source) -> list[str]:
    """The scenario's own queues that have no number yet; none where `*` gives every queue one."""
    mapped = set(source.queue_lines.values_list("queue", flat=True))
    return [] if ANY_QUEUE in mapped else [name for name in (MAIN, SECOND) if name not in mapped]


def found_of(source: Source) -> Found:
    """The calls, revisions, refused rows and requests of the source; about ten queries."""
    imports = CallImport.objects.filter(source=source, is_dry_run=False)
    by_api = imports.filter(channel=Channel.API, file_format__in=OWN_FORMATS)
    told = imports.aggregate(unchanged=Sum("unchanged"), ignored=Sum("ignored"))
    stale, is_api = _stale(imports), by_api.exists()
    calls = _calls(source)
    return Found(
        calls={call.external_id: _found(call) for call in calls},
        revisions=tuple(_revisions(source)),
        refused=tuple(_refused(imports)),
        failed=tuple(_failed(imports)),
        hours=_quiet_hours(source),
        # A call in an older version is counted as unchanged as well.
        repeated=(told["unchanged"] or 0) + (told["ignored"] or 0) - stale,
        stale=stale,
        times_told=bodies.times_told(imports.filter(state__in=STORED), ids=ids_of("twice")),
        with_callers=tuple(_with_callers(calls, by_api)),
        keyed=imports.filter(idempotency_key__isnull=False).count(),
        may_version=is_api or source.profile in OWN_PROFILES,
        is_api=is_api,
        newest_at=imports.aggregate(at=Max("finished_at"))["at"],
    )


def _calls(source: Source) -> list[Call]:
    """Those of the scenario, and the first of those that are not."""
    stored = Call.objects.filter(source=source).select_related("imported_by")
    known = stored.filter(external_id__in=list(EXPECTED))
    strangers = stored.exclude(external_id__in=list(EXPECTED))
    return [*known, *strangers.order_by("arrived_at", "external_id")[:MOST_STRANGERS]]


def _found(call: Call) -> FoundCall:
    return FoundCall(
        id=call.external_id,
        arrived_at=call.arrived_at,
        time_quality=call.time_quality,
        outcome=call.outcome,
        answered_at=call.answered_at,
        wait_seconds=call.wait_seconds,
        version=call.version,
        came_at=call.imported_by.created_at,
    )


def _revisions(source: Source) -> Iterator[FoundRevision]:
    kept = CallRevision.objects.filter(source=source, external_id__in=list(EXPECTED))
    for revision in kept.order_by("external_id", "revision"):
        yield FoundRevision(id=revision.external_id, outcome=revision.facts["outcome"])


def _refused(imports: QuerySet[CallImport]) -> Iterator[FoundRefusal]:
    rows = RefusedRow.objects.filter(call_import__in=imports)
    for row in rows.order_by("call_import__created_at", "line", "pk")[:MOST_REFUSED]:
        yield FoundRefusal(
            id=row.external_id or "", field=row.field or "", code=row.code, value=row.value or ""
        )


def _failed(imports: QuerySet[CallImport]) -> Iterator[FoundFailure]:
    failed = imports.filter(state=ImportState.FAILED).order_by("created_at", "pk")
    for each in failed[:MOST_REFUSED]:
        yield FoundFailure(name=each.file_name, code=each.error_code, params=each.error_params)


def _stale(imports: QuerySet[CallImport]) -> int:
    told = imports.filter(warnings__contains=[{"code": STALE}]).values_list("warnings", flat=True)
    return sum(
        warning["count"] for warning in chain.from_iterable(told) if warning["code"] == STALE
    )


def _quiet_hours(source: Source) -> frozenset[datetime]:
    first, end = QUIET
    hours = source.feed_hours.filter(hour_at__gte=first, hour_at__lt=end)
    return frozenset(hours.values_list("hour_at", flat=True))


def _with_callers(calls: list[Call], requests: QuerySet[CallImport]) -> Iterator[str]:
    """Calls with a caller's number in what is stored, and requests that had one in the body."""
    for call in calls:
        if _tells_caller(getattr(call, name) for name in TEXTS):
            yield call.external_id
    yield from bodies.with_callers(requests)


def _tells_caller(texts: Iterable[object]) -> bool:
    return any(CALLER_BEGINNING in str(text) for text in texts if text is not None)
