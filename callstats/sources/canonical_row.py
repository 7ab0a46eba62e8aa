"""One call in canonical names → the values of CALLS. Plain Python; no rounding, no guessing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import ROUND_DOWN, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from callstats.sources.frames import CALLS, FORWARDED_TO, LONGEST_TALK, LONGEST_WAIT, OUTCOMES
from callstats.sources.telling import name_told, told
from callstats.sources.times import EARLIEST

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
_NOTHING: dict[str, Any] = dict.fromkeys(CALLS)
_NO_TEXT = (bool, dict, list, float)
_NUMERIC = (int, float, str, Decimal)
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


def call_from(row: Any, *, latest: datetime) -> _Row:
    """The columns of CALLS but `line`. Raises Refusal naming the first field that is wrong.

    No moment of the call may be after `latest` (aware).
    """
    if not isinstance(row, dict):
        raise Refusal("id", "missing_field")
    if not row.keys() <= NAMES:
        unknown = next(name for name in row if name not in NAMES)
        raise Refusal(name_told(str(unknown)), "unknown_field")
    call = _NOTHING | {
        "external_id": _needed(row, "id"),
        "arrived_text": _needed(row, "arrived_at"),
        "time_quality": "exact",
        "queue": _text("queue", row.get("queue")),
        "number": _text("number", row.get("number")),
    }
    if call["queue"] is None and call["number"] is None:
        raise Refusal("queue", "missing_field")
    call["arrived_at"] = _moment("arrived_at", row["arrived_at"], latest)
    call["outcome"] = _outcome("outcome", _needed(row, "outcome"))
    for name, read in _OPTIONAL.items():
        if name in row and row[name] is not None:
            call[name] = read(name, row[name], latest)
    return _judged(call)


def _judged(call: _Row) -> _Row:
    """The call with its wait, when its moments follow each other."""
    _check_order(call)
    if call["wait_seconds"] is None:
        call["wait_seconds"] = _stamped(call)
        if call["wait_seconds"] is not None and call["wait_seconds"] > LONGEST_WAIT:
            raise Refusal("wait_seconds", "implausible_duration")
    return call


def _text(name: str, value: Any, _latest: datetime | None = None) -> str | None:
    if value is None:
        return None
    if isinstance(value, _NO_TEXT):
        raise Refusal(name, "unknown_value")
    return str(value).strip() or None


def _needed(row: _Row, name: str) -> str:
    value = _text(name, row.get(name))
    if value is None:
        raise Refusal(name, "missing_field")
    return value


def _moment(name: str, text: Any, latest: datetime) -> datetime | None:
    if text == "":
        return None
    if not isinstance(text, str) or not _MOMENT.fullmatch(clock := text.strip()):
        raise Refusal(name, "invalid_time", text)
    try:
        moment = datetime.fromisoformat(clock.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refusal(name, "invalid_time", text) from None
    if moment < EARLIEST or moment > latest:
        raise Refusal(name, "implausible_time", text)
    return moment


def _length(name: str, value: Any, _latest: datetime) -> Decimal | None:
    if value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, _NUMERIC):
        raise Refusal(name, "invalid_duration", value)
    text = str(value).strip()
    return (remembered_seconds if len(text) <= _USUAL else _seconds)(name, text)


def _seconds(name: str, value: str) -> Decimal:
    try:
        seconds = Decimal(value)
    except InvalidOperation:
        raise Refusal(name, "invalid_duration", value) from None
    if not seconds.is_finite():
        raise Refusal(name, "invalid_duration", value)
    if seconds < 0:
        raise Refusal(name, "negative_duration", value)
    if seconds > _LONGEST[name]:
        raise Refusal(name, "implausible_duration", value)
    return seconds.quantize(_MILLI, rounding=ROUND_DOWN)


# Most calls wait for some whole number of seconds; one of a million digits is not kept.
_USUAL = 12
remembered_seconds = lru_cache(maxsize=4096)(_seconds)


def _outcome(name: str, value: str, _latest: datetime | None = None) -> str:
    if value not in OUTCOMES:
        raise Refusal(name, "unknown_outcome", value)
    return value


def _forwarded_to(name: str, value: Any, _latest: datetime) -> str | None:
    place = _text(name, value)
    if place is not None and place not in FORWARDED_TO:
        raise Refusal(name, "unknown_value")
    return place


def _yes_or_no(name: str, value: Any, _latest: datetime) -> bool:
    if isinstance(value, str):
        value = _STAND_INS.get(value.strip().lower(), value)
    if isinstance(value, bool):
        return value
    raise Refusal(name, "unknown_value")


def _called(name: str, value: Any, _latest: datetime) -> str | None:
    text = _text(name, value)
    if text is None:
        return None
    number = re.sub(r"\s", "", text)
    if not _NUMBER.fullmatch(number):
        raise Refusal(name, "invalid_number")  # it may be a caller's
    return number


def _whole(name: str, value: Any, _latest: datetime) -> int:
    if isinstance(value, (bool, float)) or not re.fullmatch(r"[0-9]{1,18}", str(value)):
        raise Refusal(name, "invalid_number", value)
    return int(value)


def _legs(name: str, legs: Any, latest: datetime) -> str | None:
    """Kept as JSON when there are several. Every leg is checked like a call of its own."""
    if not isinstance(legs, list):
        raise Refusal(name, "unknown_value")
    for leg in legs:
        _check_leg(leg, latest)
    kept = json.dumps(legs, ensure_ascii=False, separators=(",", ":"))
    if _NUL in kept:
        raise Refusal(name, "unknown_value")
    return kept if len(legs) > 1 else None


def _check_leg(leg: Any, latest: datetime) -> None:
    if not isinstance(leg, dict):
        raise Refusal("legs", "unknown_value")
    if unknown := [name for name in leg if name not in _LEG_NAMES]:
        raise Refusal(f"legs.{name_told(str(unknown[0]))}", "unknown_field")
    _needed(leg, "queue")
    if (outcome := _text("outcome", leg.get("outcome"))) is not None:
        _outcome("outcome", outcome)
    entered, left = (
        None if leg.get(name) is None else _moment(name, leg[name], latest)
        for name in ("entered_at", "left_at")
    )
    if entered and left and left < entered:
        raise Refusal("legs", "impossible_order")


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


# In the order in which they are judged.
_OPTIONAL: dict[str, Callable[[str, Any, datetime], Any]] = {
    "answered_at": _moment,
    "ended_at": _moment,
    "wait_seconds": _length,
    "talk_seconds": _length,
    "announcement_seconds": _length,
    "forwarded_to": _forwarded_to,
    "video": _yes_or_no,
    "number": _called,
    "version": _whole,
    "municipality": _text,
    "urgency": _text,
    "legs": _legs,
}
