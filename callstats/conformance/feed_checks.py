"""Checks of how calls come in: order, corrections, quiet hours, and what must not come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from callstats.conformance.call_checks import outcome_differs
from callstats.conformance.deliveries import EXPECTED, QUIET
from callstats.conformance.findings import Finding, unseen, wrong
from callstats.conformance.found import Found, FoundRefusal
from legevakt.lib.periods import HOUR

LATER, EARLIER = "order-2", "order-1"
CORRECTED, STALE, OPEN = "correction-1", "stale-1", "open-1"
WITHOUT_OFFSET = "invalid_time"


def order(found: Found) -> Iterator[Finding]:
    """Calls may come in any order: the later one is sent first."""
    calls = [found.calls.get(id) for id in (LATER, EARLIER)]
    for id, call in zip((LATER, EARLIER), calls, strict=True):
        if call is None:
            yield unseen("not_come", call=id)
    later, earlier = calls
    if later and earlier and later.came_at > earlier.came_at:
        yield unseen("came_in_order")


def correction(found: Found) -> Iterator[Finding]:
    """A higher version of a call replaces it, and what it was is kept."""
    call = found.calls.get(CORRECTED)
    if call is None:
        yield unseen("not_come", call=CORRECTED)
        return
    expected = EXPECTED[CORRECTED]
    if call.version is None and found.may_version:
        yield wrong("lacks_version", call=CORRECTED)
    if call.outcome == expected.outcome:
        if not found.outcomes_before(CORRECTED):
            yield unseen("told_corrected", call=CORRECTED)
    elif call.outcome == "abandoned" and not found.outcomes_before(CORRECTED):
        yield unseen("not_corrected", call=CORRECTED)
    else:
        yield outcome_differs(expected, call)


def stale(found: Found) -> Iterator[Finding]:
    """A lower version that comes late changes nothing."""
    call = found.calls.get(STALE)
    if call is None:
        yield unseen("not_come", call=STALE)
        return
    newest, before = EXPECTED[STALE].outcome, found.outcomes_before(STALE)
    if call.outcome != newest and newest in before:
        yield wrong("overwritten", call=STALE)
    elif call.outcome != newest:
        yield unseen("told_stale_only", call=STALE)
    elif before or found.stale == 0:
        yield unseen("stale_not_sent", call=STALE)


def open_call(found: Found) -> Iterator[Finding]:
    """A call told while it goes on is completed under the same id."""
    call = found.calls.get(OPEN)
    if call is None:
        yield unseen("not_come", call=OPEN)
        return
    if call.outcome == "incomplete":
        yield unseen("still_open", call=OPEN)
    elif call.outcome != EXPECTED[OPEN].outcome:
        yield outcome_differs(EXPECTED[OPEN], call)
    elif "incomplete" not in found.outcomes_before(OPEN):
        yield unseen("never_open", call=OPEN)


def quiet_hours(found: Found) -> Iterator[Finding]:
    """Hours in which nobody rang are told to be so."""
    missing = [hour for hour in quiet_hours_told() if hour not in found.hours]
    if missing:
        yield unseen("hours_missing", hours=missing)


def offsets(found: Found) -> Iterator[Finding]:
    """No moment without its offset from UTC."""
    for row in found.refused:
        if row.code == WITHOUT_OFFSET:
            yield wrong("lacks_offset", call=row.id, value=row.value, field=row.field)


def no_callers(found: Found) -> Iterator[Finding]:
    """No caller's number in any field."""
    for name in found.with_callers:
        yield wrong("caller_told", where=name)


def nothing_refused(found: Found) -> Iterator[Finding]:
    """Every row is one that can be stored."""
    for row in found.refused:
        if row.code != WITHOUT_OFFSET:
            yield _refused(row)
    told = {(each.name, each.code, str(each.params)): each for each in found.failed}
    for each in told.values():  # the same reason for many requests is one thing to mend
        yield wrong("import_failed", name=each.name, reason=each.code, params=each.params)


def idempotency_key(found: Found) -> Iterator[Finding]:
    """Requests have a key, so that the answer of a lost connection can be asked for again."""
    if not found.keyed:
        yield unseen("no_key")


def quiet_hours_told() -> list[datetime]:
    """The UTC hours of the scenario in which nobody rang."""
    first, end = QUIET
    return [first + n * HOUR for n in range(int((end - first) / HOUR))]


def _refused(row: FoundRefusal) -> Finding:
    return wrong("row_refused", call=row.id, field=row.field, reason=row.code)
