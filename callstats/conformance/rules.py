"""Whether a feed conforms: every check, on what is stored of it. Plain Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from callstats.conformance import call_checks, feed_checks
from callstats.conformance.findings import Check, Finding, Report, unseen
from callstats.conformance.found import Found

Asked = Callable[[Found], Iterable[Finding]]
CHECKS: dict[str, Asked] = {
    "moments": call_checks.moments,
    "dst-spring": call_checks.dst_spring,
    "dst-autumn": call_checks.dst_autumn,
    "midnight": call_checks.midnight,
    "outcomes": call_checks.outcomes,
    "waits": call_checks.waits,
    "transfer": call_checks.transfer,
    "duplicate": call_checks.duplicate,
    "order": feed_checks.order,
    "correction": feed_checks.correction,
    "stale": feed_checks.stale,
    "open-call": feed_checks.open_call,
    "quiet-hours": feed_checks.quiet_hours,
    "offsets": feed_checks.offsets,
    "no-callers": feed_checks.no_callers,
    "nothing-refused": feed_checks.nothing_refused,
    "only-these": call_checks.only_these,
    "idempotency-key": feed_checks.idempotency_key,
}
NEVER_REQUIRED = ("idempotency-key",)
NEED_VERSIONS = ("correction", "stale", "open-call")
NEED_API = ("quiet-hours",)


def judge(found: Found) -> Report:
    """Every check in order. What a format cannot tell is not required of it."""
    checks = tuple(
        Check(code=code, is_required=_is_required(code, found), findings=_asked(ask, found))
        for code, ask in CHECKS.items()
    )
    return Report(checks=checks, newest_at=found.newest_at)


def _asked(ask: Asked, found: Found) -> tuple[Finding, ...]:
    """That nothing wrong came is no merit where nothing came."""
    findings = tuple(ask(found))
    return findings or (() if found.calls else (unseen("nothing_came"),))


def _is_required(code: str, found: Found) -> bool:
    if code in NEED_VERSIONS:
        return found.may_version
    if code in NEED_API:
        return found.is_api
    return code not in NEVER_REQUIRED
