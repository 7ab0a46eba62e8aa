"""A mapping: which column of somebody's table is which fact of a call. Data, no code."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from callstats.sources.durations import UNITS
from callstats.sources.frames import FORWARDED_TO, OUTCOMES, Unreadable
from callstats.sources.times import swapped

DELIMITERS = (";", ",", "\t", "|")
FIELDS = frozenset(
    {
        "id",
        "arrived_at",
        "epoch",
        "number",
        "queue",
        "outcome",
        "answered_at",
        "ended_at",
        "wait_seconds",
        "talk_seconds",
        "announcement_seconds",
        "forwarded_to",
        "municipality",
        "urgency",
        "video",
        "version",
    }
)
# Used in time_formats: RFC 3339 with an offset.
WITH_OFFSET = "rfc3339"

_Check = Callable[[Any], bool]


def check_mapping(mapping: dict[str, Any] | None) -> dict[str, Any]:
    """The mapping itself. Raises Unreadable("bad_mapping", key=…) naming the first wrong key.

    Keys: columns {field: header, or a list of headers to be joined}, time_formats (strptime
    fields, or «rfc3339»), outcomes {text: outcome}; and optional: encoding, delimiter,
    header_line (1-based number or a pattern), footer_regex, decimal, zone, duration_unit,
    forwarded {text: forwarded_to}, number and queue (fixed values), id ({"weak": true}).
    """
    if not isinstance(mapping, dict):
        raise Unreadable("bad_mapping", key="mapping")
    for key, value in mapping.items():
        if key not in _CHECKS or not _passes(_CHECKS[key], value):
            raise Unreadable("bad_mapping", key=str(key))
    _check_whole(mapping)
    return mapping


def is_weak(mapping: dict[str, Any]) -> bool:
    """Calls are known by arrival, queue and wait, because the table has no id."""
    return (mapping.get("id") or {}).get("weak") is True


def headers(mapping: dict[str, Any]) -> list[str]:
    """Every header the mapping names, in order, once."""
    named = [_listed(value) for value in mapping["columns"].values()]
    return list(dict.fromkeys(name for names in named for name in names))


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _check_whole(mapping: dict[str, Any]) -> None:
    columns = mapping.get("columns") or {}
    if "arrived_at" not in columns:
        raise Unreadable("bad_mapping", key="columns.arrived_at")
    if "id" not in columns and not is_weak(mapping):
        raise Unreadable("bad_mapping", key="columns.id")
    if "outcome" not in columns and "answered_at" not in columns:
        raise Unreadable("bad_mapping", key="columns.outcome")
    if not {"queue", "number"} & (set(columns) | set(mapping)):
        raise Unreadable("bad_mapping", key="columns.queue")
    for key in ("time_formats", *(["outcomes"] if "outcome" in columns else [])):
        if not mapping.get(key):
            raise Unreadable("bad_mapping", key=key)


def _passes(check: _Check, value: Any) -> bool:
    try:
        return check(value)
    except (AttributeError, TypeError, ValueError, LookupError, re.error):
        return False


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_encoding(value: Any) -> bool:
    return value is None or (_is_text(value) and bool(codecs.lookup(value)))


def _is_zone(value: Any) -> bool:
    try:
        return _is_text(value) and bool(ZoneInfo(value))
    except (ZoneInfoNotFoundError, OSError):
        return False


def _is_header_line(value: Any) -> bool:
    if isinstance(value, int) and not isinstance(value, bool):
        return value >= 1
    return value is None or _is_pattern(value)


def _is_pattern(value: Any) -> bool:
    return _is_text(value) and bool(re.compile(value))


def _are_columns(value: Any) -> bool:
    names = [name for listed in value.values() for name in _listed(listed)]
    return set(value) <= FIELDS and bool(names) and all(map(_is_text, names))


def _are_formats(value: Any) -> bool:
    """One order of day and month only: both would be a guess for each row."""
    if not isinstance(value, list) or not value or not all(map(_is_text, value)):
        return False
    return not set(value) & set(swapped(value)) and all(f == WITH_OFFSET or "%" in f for f in value)


def _maps_to(allowed: frozenset[str]) -> _Check:
    return lambda value: all(isinstance(k, str) for k in value) and set(value.values()) <= allowed


_CHECKS: dict[str, _Check] = {
    "encoding": _is_encoding,
    "delimiter": lambda value: value is None or value in DELIMITERS,
    "header_line": _is_header_line,
    "footer_regex": lambda value: value is None or _is_pattern(value),
    "decimal": lambda value: value in (None, ",", "."),
    "columns": _are_columns,
    "time_formats": _are_formats,
    "zone": _is_zone,
    "duration_unit": lambda value: value in UNITS,
    "outcomes": _maps_to(OUTCOMES),
    "forwarded": _maps_to(FORWARDED_TO),
    "number": _is_text,
    "queue": _is_text,
    "id": lambda value: set(value) == {"weak"} and isinstance(value["weak"], bool),
}
