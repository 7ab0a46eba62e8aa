"""Checks of calls by themselves: their moments, waits, outcomes, and that each is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from callstats.conformance.causes import A_MILLISECOND, A_SECOND, is_near, of_moment, of_wait
from callstats.conformance.deliveries import EXPECTED, ids_of
from callstats.conformance.findings import Finding, unseen, wrong
from callstats.conformance.found import Found, FoundCall
from callstats.conformance.scenario import Telling, utc

BY_CLOCK = ("dst-spring", "dst-autumn", "midnight")
LIFECYCLE = ("first-known", "known-later")
ALWAYS_WAITED = ("answered", "abandoned", "timeout")


def moments(found: Found) -> Iterator[Finding]:
    """Every call arrived when it did; those of the two nights and of midnight by themselves."""
    yield from _missing(found, ids_of("ordinary"))
    apart = ids_of(*BY_CLOCK)
    for told, call in _pairs(found, [id for id in EXPECTED if id not in apart]):
        yield from _moment_findings(told, call)


def dst_spring(found: Found) -> Iterator[Finding]:
    return _by_clock(found, "dst-spring")


def dst_autumn(found: Found) -> Iterator[Finding]:
    return _by_clock(found, "dst-autumn")


def midnight(found: Found) -> Iterator[Finding]:
    return _by_clock(found, "midnight")


def outcomes(found: Found) -> Iterator[Finding]:
    """Every call ended as it did; corrected ones have checks of their own."""
    yield from _missing(found, ids_of("outcomes"))
    apart = ids_of(*LIFECYCLE)
    for told, call in _pairs(found, [id for id in EXPECTED if id not in apart]):
        if call.outcome != told.outcome:
            yield outcome_differs(told, call)


def waits(found: Found) -> Iterator[Finding]:
    """Waits are exact: 120.4 s is not within 120 s."""
    yield from _missing(found, ids_of("waits"))
    apart = ids_of(*BY_CLOCK, *LIFECYCLE, "transfers")
    for told, call in _pairs(found, [id for id in EXPECTED if id not in apart]):
        yield from _wait_findings(found, told, call)


def transfer(found: Found) -> Iterator[Finding]:
    """A call that meets two queues is one call, and waits until the first operator answers."""
    ids = ids_of("transfers")
    yield from _missing(found, ids)
    for told, call in _pairs(found, ids):
        yield from _wait_findings(found, told, call)
    for call in _strangers(found):
        if of := _leg_of(call):
            yield wrong("extra_leg", call=call.id, of=of)


def duplicate(found: Found) -> Iterator[Finding]:
    """What is told twice in the same words is one call, unchanged."""
    ids = ids_of("twice")
    yield from _missing(found, ids)
    for id in ids:
        if found.outcomes_before(id):
            yield wrong("changed_by_repeat", call=id)
    for call in _strangers(found):
        twin = _twin_of(call)
        if twin and not _leg_of(call):
            yield wrong("extra_twin", call=call.id, twin=twin)
    yield from _told_once(found, ids)


def only_these(found: Found) -> Iterator[Finding]:
    """No call that never was."""
    for call in _strangers(found):
        if not _leg_of(call) and not _twin_of(call):
            yield wrong("extra", call=call.id, found=utc(call.arrived_at))


def outcome_differs(told: Telling, call: FoundCall) -> Finding:
    return wrong("outcome_differs", call=told.id, found=call.outcome, expected=told.outcome)


def _by_clock(found: Found, name: str) -> Iterator[Finding]:
    ids = ids_of(name)
    yield from _missing(found, ids)
    for told, call in _pairs(found, ids):
        yield from _moment_findings(told, call)
        yield from _wait_findings(found, told, call)


def _moment_findings(told: Telling, call: FoundCall) -> Iterator[Finding]:
    if call.time_quality == "ambiguous":
        yield wrong("ambiguous", call=told.id)
    if not is_near(call.arrived_at, told.arrived_at):
        shown = {"found": utc(call.arrived_at), "expected": utc(told.arrived_at)}
        code = of_moment(found=call.arrived_at, expected=told.arrived_at)
        yield wrong(code, call=told.id, **shown)
    elif call.answered_at and told.answered_at and not is_near(call.answered_at, told.answered_at):
        shown = {"found": utc(call.answered_at), "expected": utc(told.answered_at)}
        yield wrong("answered_differs", call=told.id, **shown)


def _wait_findings(found: Found, told: Telling, call: FoundCall) -> Iterator[Finding]:
    expected = told.wait_seconds
    if expected is None or told.outcome not in ALWAYS_WAITED:
        return
    if call.wait_seconds is None:
        yield wrong("wait_unknown", call=told.id)
        return
    off = abs(call.wait_seconds - expected)
    if off > A_MILLISECOND and (found.may_version or off >= A_SECOND.seconds):
        shown = {"found": call.wait_seconds, "expected": expected}
        yield wrong(of_wait(found=call.wait_seconds, told=told), call=told.id, **shown)


def _missing(found: Found, ids: Iterable[str]) -> Iterator[Finding]:
    for id in ids:
        if id not in found.calls:
            yield unseen("not_come", call=id)


def _pairs(found: Found, ids: Iterable[str]) -> Iterator[tuple[Telling, FoundCall]]:
    """Those that came, with how they should be."""
    for id in ids:
        if id in found.calls:
            yield EXPECTED[id], found.calls[id]


def _told_once(found: Found, ids: tuple[str, ...]) -> Iterator[Finding]:
    """That nothing came twice, or which calls did not."""
    once = [id for id in ids if id in found.calls and found.times_told.get(id) == 1]
    if all(id in found.calls for id in ids) and (found.repeated == 0 or len(once) == len(ids)):
        yield unseen("told_once")
        return
    for id in once:
        yield unseen("call_told_once", call=id)


def _strangers(found: Found) -> list[FoundCall]:
    return [call for id, call in found.calls.items() if id not in EXPECTED]


def _leg_of(call: FoundCall) -> str:
    """The call of which this is a stay in one queue, told as a call of its own."""
    for told in EXPECTED.values():
        entries = [leg.entered_at for leg in told.legs]
        if entries and (call.id.startswith(told.id) or _is_at_one(call, entries)):
            return told.id
    return ""


def _twin_of(call: FoundCall) -> str:
    """The call that this is once more, under another id."""
    named = (told.id for told in EXPECTED.values() if _is_at_one(call, [told.arrived_at]))
    return next(named, "")


def _is_at_one(call: FoundCall, moments: Iterable[datetime]) -> bool:
    return any(is_near(call.arrived_at, moment) for moment in moments)
