"""The scenario itself: thirty-one calls of 2025 with what commonly goes wrong in a feed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from callstats.conformance.scenario import (
    CALLER_BEGINNING,
    MAIN,
    SECOND,
    Delivery,
    Leg,
    Telling,
    at,
    lasting,
)


def _call(
    id: str,
    arrived: str,
    *,
    wait: str = "60",
    talk: str = "120",
    outcome: str = "answered",
    version: int = 1,
) -> Telling:
    """A call that is answered after `wait` and ends after `talk`, unless told otherwise."""
    arrived_at, waited, talked = at(arrived), Decimal(wait), Decimal(talk)
    left_at = arrived_at + lasting(waited)
    is_answered = outcome == "answered"
    return Telling(
        id=id,
        version=version,
        queue=MAIN,
        outcome=outcome,
        arrived_at=arrived_at,
        answered_at=left_at if is_answered else None,
        ended_at=left_at + lasting(talked) if is_answered else left_at,
        wait_seconds=waited,
        talk_seconds=talked if is_answered else None,
        answered_by="operator 1" if is_answered else "",
        caller="",
    )


def _moved_on(call: Telling, *, first: str) -> Telling:
    """Nobody answered in the first queue; the second one answered."""
    between = call.arrived_at + lasting(Decimal(first))
    left_at = call.answered_at or between
    return replace(
        call,
        legs=(
            _leg(MAIN, call.arrived_at, between, "timeout"),
            _leg(SECOND, between, left_at, "answered"),
        ),
    )


def _handed_over(call: Telling, *, after: str, wait: str) -> Telling:
    """An operator answered, and then handed the caller over to the second queue."""
    answered_at = call.answered_at or call.arrived_at
    over_at = answered_at + lasting(Decimal(after))
    return replace(
        call,
        legs=(
            _leg(MAIN, call.arrived_at, answered_at, "answered"),
            _leg(SECOND, over_at, over_at + lasting(Decimal(wait)), "answered"),
        ),
    )


def _leg(queue: str, entered_at: datetime, left_at: datetime, outcome: str) -> Leg:
    return Leg(queue=queue, entered_at=entered_at, left_at=left_at, outcome=outcome)


def _still_open(call: Telling) -> Telling:
    """The call while it waits."""
    return replace(
        call,
        version=1,
        outcome="incomplete",
        answered_at=None,
        ended_at=None,
        wait_seconds=None,
        talk_seconds=None,
        answered_by="",
    )


_TWICE = (
    _call("duplicate-1", "2025-04-08 07:00:00"),
    _call("duplicate-2", "2025-04-08 07:03:00", outcome="abandoned"),
)
_OPEN = _call("open-1", "2025-04-10 08:00:00", version=2)
_CORRECTED_AT, _STALE_AT = "2025-04-10 07:00:00", "2025-04-10 07:30:00"
QUIET = (at("2025-06-24 00:00:00"), at("2025-06-24 04:00:00"))

_TOLD = (
    Delivery(
        name="ordinary",
        tellings=(
            _call("ordinary-1", "2025-01-15 10:00:00", talk="300"),
            _call("ordinary-2", "2025-07-15 10:00:00"),
            _call("ordinary-3", "2025-07-15 10:02:00", wait="0"),
            _call("ordinary-4", "2025-07-15 12:59:59", wait="180"),
        ),
    ),
    Delivery(
        name="dst-spring",
        tellings=(
            _call("dst-spring-1", "2025-03-30 00:58:30"),
            _call("dst-spring-2", "2025-03-30 01:00:30"),
            _call("dst-spring-3", "2025-03-30 00:59:00", wait="180"),
            _call("dst-spring-4", "2025-03-30 01:30:00"),
        ),
    ),
    Delivery(
        name="dst-autumn",
        tellings=(
            _call("dst-autumn-1", "2025-10-26 00:30:00"),
            _call("dst-autumn-3", "2025-10-26 00:59:00", wait="180"),
            _call("dst-autumn-2", "2025-10-26 01:30:00"),
            _call("dst-autumn-4", "2025-10-26 02:00:30"),
        ),
    ),
    Delivery(
        name="midnight",
        tellings=(
            _call("midnight-1", "2025-05-31 21:59:30"),
            _call("midnight-2", "2024-12-31 22:59:00", wait="120", talk="300"),
        ),
    ),
    Delivery(
        name="outcomes",
        tellings=(
            _call("abandoned-1", "2025-09-02 09:00:00", outcome="abandoned"),
            _call("abandoned-2", "2025-09-02 09:05:00", outcome="abandoned", wait="3"),
            _call("timeout-1", "2025-09-02 09:10:00", outcome="timeout", wait="300"),
            _call("no-agents-1", "2025-09-02 09:20:00", outcome="no_agents", wait="0"),
            _call("callback-1", "2025-09-02 09:30:00", outcome="callback_requested"),
        ),
    ),
    Delivery(
        name="waits",
        tellings=(
            _call("wait-600", "2025-09-03 09:00:00", wait="600"),
            _call("wait-120", "2025-09-03 09:20:00", wait="120"),
            _call("wait-120-4", "2025-09-03 09:30:00", wait="120.4"),
        ),
    ),
    Delivery(
        name="transfers",
        tellings=(
            _moved_on(_call("transfer-1", "2025-09-04 09:00:00", wait="180"), first="60"),
            _handed_over(
                _call("transfer-2", "2025-09-04 09:30:00", talk="600"), after="60", wait="120"
            ),
        ),
    ),
    Delivery(name="twice", tellings=_TWICE),
    Delivery(name="twice-again", tellings=_TWICE),
    Delivery(name="later-first", tellings=(_call("order-2", "2025-04-09 08:30:00"),)),
    Delivery(name="earlier-last", tellings=(_call("order-1", "2025-04-09 08:00:00"),)),
    Delivery(
        name="first-known",
        tellings=(
            _call("correction-1", _CORRECTED_AT, outcome="abandoned"),
            _call("stale-1", _STALE_AT, version=2),
            _still_open(_OPEN),
        ),
    ),
    Delivery(
        name="known-later",
        tellings=(
            _call("correction-1", _CORRECTED_AT, version=2),
            _call("stale-1", _STALE_AT, outcome="abandoned"),
            _OPEN,
        ),
    ),
    Delivery(name="quiet", covers=QUIET),
)


def _with_callers(deliveries: tuple[Delivery, ...]) -> tuple[Delivery, ...]:
    ids = list(dict.fromkeys(told.id for each in deliveries for told in each.tellings))
    callers = {id: f"+47{CALLER_BEGINNING}{ids.index(id) + 1:02}" for id in ids}
    return tuple(
        replace(
            each,
            tellings=tuple(replace(told, caller=callers[told.id]) for told in each.tellings),
        )
        for each in deliveries
    )


DELIVERIES = _with_callers(_TOLD)
# How each call is to be stored in the end: its highest version.
EXPECTED = {
    told.id: told
    for told in sorted(
        (told for each in DELIVERIES for told in each.tellings), key=lambda told: told.version
    )
}


def ids_of(*names: str) -> tuple[str, ...]:
    """The calls of the deliveries, in their order, each once."""
    told = [told.id for each in DELIVERIES if each.name in names for told in each.tellings]
    return tuple(dict.fromkeys(told))
