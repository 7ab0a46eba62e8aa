"""One call in canonical names → the values of CALLS. Plain Python; no rounding, no guessing."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from decimal import ROUND_DOWN, Decimal, InvalidOperation
from typing import Any

from callstats.sources.frames import CALLS, FORWARDED_TO, LONGEST_TALK, LONGEST_WAIT, OUTCOMES
from callstats.sources.telling import name_told, told
from callstats.sources.times import EARLIEST, FURTHEST_AHEAD

NAMES = frozenset(
    {
        "id",
        "arrived_at",
        "number",
        "queue",
        "outcome",
        "answered_at",
        "wait_seconds",
        "talk_seconds",
        "announcement_seconds",
        "ended_at",
        "forwarded_to",
        "municipality",
        "urgency",
        "video",
        "version",
        "legs",
    }
)
_LEG_NAMES = {"queue", "entered_at", "left_at", "outcome"}
_LONGEST = {
    "wait_seconds": LONGEST_WAIT,
    "talk_seconds": LONGEST_TALK,
    "announcement_seconds": LONGEST_TALK,
}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_NUMBER = re.compile(r"\+?[0-9]{3,15}")
_STAND_INS = {"true": True, "false": False}
# As JSON writes it; PostgreSQL's jsonb holds every character but this one.
_NUL = "\\u0000"
_MILLI = Decimal("0.001")
_Row = dict[str, Any]


class Refusal(Exception):
    """Why a row is no call. `value` is kept only for times, lengths, outcomes and numbers."""

    def __init__(self, field: str, code: str, value: Any = None) -> None:
        super().__init__(field, code)
        self.field = field
        self.code = code
        self.value = None if value is None else told(field, str(value))


def call_from(row: Any, *, now: datetime) -> _Row:
    """The columns of CALLS but `line`. Raises Refusal naming the first field that is wrong."""
    if not isinstance(row, dict):
        raise Refusal("id", "missing_field")
    if unknown := [name for name in row if name not in NAMES]:
        raise Refusal(name_told(str(unknown[0])), "unknown_field")
    call = dict.fromkeys(CALLS)
    call["external_id"] = _needed(row, "id")
    call["arrived_text"] = _needed(row, "arrived_at")
    call["queue"], call["number"] = _text(row, "queue"), _text(row, "number")
    if call["queue"] is None and call["number"] is None:
        raise Refusal("queue", "missing_field")
    call["time_quality"] = "exact"
    call["arrived_at"] = _moment(row, "arrived_at", now)
    call["outcome"] = _one_of(row, "outcome", OUTCOMES, "unknown_outcome", needed=True)
    for name in ("answered_at", "ended_at"):
        call[name] = _moment(row, name, now)
    for name in _LONGEST:
        call[name] = _length(row, name)
    return _rest(call, row, now)


def _rest(call: _Row, row: _Row, now: datetime) -> _Row:
    call["forwarded_to"] = _one_of(row, "forwarded_to", FORWARDED_TO, "unknown_value")
    call["video"] = _yes_or_no(row)
    call["number"] = _called(call["number"])
    call["version"] = _whole(row)
    call["municipality"], call["urgency"] = _text(row, "municipality"), _text(row, "urgency")
    _check_order(call)
    if call["wait_seconds"] is None:
        call["wait_seconds"] = _stamped(call)
    if call["wait_seconds"] is not None and call["wait_seconds"] > LONGEST_WAIT:
        raise Refusal("wait_seconds", "implausible_duration")
    call["legs"] = _legs(row.get("legs"), now)
    return call


def _text(row: _Row, name: str) -> str | None:
    value = row.get(name)
    if value is None:
        return None
    if isinstance(value, bool | dict | list | float):
        raise Refusal(name, "unknown_value")
    return str(value).strip() or None


def _needed(row: _Row, name: str) -> str:
    value = _text(row, name)
    if value is None:
        raise Refusal(name, "missing_field")
    return value


def _moment(row: _Row, name: str, now: datetime) -> datetime | None:
    text = row.get(name)
    if text is None or text == "":
        return None
    if not isinstance(text, str) or not _MOMENT.fullmatch(text.strip()):
        raise Refusal(name, "invalid_time", text)
    try:
        moment = datetime.fromisoformat(text.strip().upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refusal(name, "invalid_time", text) from None
    if moment < EARLIEST or moment > now + FURTHEST_AHEAD:
        raise Refusal(name, "implausible_time", text)
    return moment


def _length(row: _Row, name: str) -> Decimal | None:
    value = row.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise Refusal(name, "invalid_duration", value)
    try:
        seconds = Decimal(str(value).strip())
    except InvalidOperation:
        raise Refusal(name, "invalid_duration", value) from None
    if not seconds.is_finite():
        raise Refusal(name, "invalid_duration", value)
    if seconds < 0:
        raise Refusal(name, "negative_duration", value)
    if seconds > _LONGEST[name]:
        raise Refusal(name, "implausible_duration", value)
    return seconds.quantize(_MILLI, rounding=ROUND_DOWN)


def _one_of(
    row: _Row, name: str, allowed: frozenset[str], code: str, *, needed: bool = False
) -> str | None:
    value = _needed(row, name) if needed else _text(row, name)
    if value is not None and value not in allowed:
        raise Refusal(name, code, value if name == "outcome" else None)
    return value


def _yes_or_no(row: _Row) -> bool | None:
    value = row.get("video")
    if isinstance(value, str):
        value = _STAND_INS.get(value.strip().lower(), value)
    if value is None or isinstance(value, bool):
        return value
    raise Refusal("video", "unknown_value")


def _called(value: str | None) -> str | None:
    if value is None:
        return None
    number = re.sub(r"\s", "", value)
    if not _NUMBER.fullmatch(number):
        raise Refusal("number", "invalid_number")  # it may be a caller's
    return number


def _whole(row: _Row) -> int | None:
    value = row.get("version")
    if value is None:
        return None
    if isinstance(value, bool | float) or not re.fullmatch(r"[0-9]{1,18}", str(value)):
        raise Refusal("version", "invalid_number", value)
    return int(value)


def _check_order(call: _Row) -> None:
    arrived, answered, ended = call["arrived_at"], call["answered_at"], call["ended_at"]
    if answered and answered < arrived:
        raise Refusal("answered_at", "impossible_order", answered.isoformat())
    if ended and ended < max(arrived, answered or arrived):
        raise Refusal("ended_at", "impossible_order", ended.isoformat())


def _stamped(call: _Row) -> Decimal | None:
    until = call["answered_at"] if call["outcome"] == "answered" else None
    if call["outcome"] in ("abandoned", "timeout", "no_agents"):
        until = call["ended_at"]
    if until is None:
        return None
    taken = until - call["arrived_at"]
    milliseconds = (taken.days * 86_400 + taken.seconds) * 1000 + taken.microseconds // 1000
    return (Decimal(milliseconds) / 1000).quantize(_MILLI)


def _legs(legs: Any, now: datetime) -> str | None:
    """Kept as JSON when there are several. Every leg is checked like a call of its own."""
    if legs is None:
        return None
    if not isinstance(legs, list):
        raise Refusal("legs", "unknown_value")
    for leg in legs:
        _check_leg(leg, now)
    kept = json.dumps(legs, ensure_ascii=False, separators=(",", ":"))
    if _NUL in kept:
        raise Refusal("legs", "unknown_value")
    return kept if len(legs) > 1 else None


def _check_leg(leg: Any, now: datetime) -> None:
    if not isinstance(leg, dict):
        raise Refusal("legs", "unknown_value")
    if unknown := [name for name in leg if name not in _LEG_NAMES]:
        raise Refusal(f"legs.{name_told(str(unknown[0]))}", "unknown_field")
    _needed(leg, "queue")
    _one_of(leg, "outcome", OUTCOMES, "unknown_outcome")
    entered, left = _moment(leg, "entered_at", now), _moment(leg, "left_at", now)
    if entered and left and left < entered:
        raise Refusal("legs", "impossible_order")
