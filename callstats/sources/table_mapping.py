"""A mapping: which column of somebody's table is which fact of a call. Data, no code."""

from __future__ import annotations

from typing import Any

from callstats.sources import mapping_checks as check
from callstats.sources.durations import HOURS_AND_MINUTES, UNITS
from callstats.sources.frames import FORWARDED_TO, OUTCOMES, Unreadable

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
# Used in time_formats: RFC 3339 with an offset, and seconds (or milliseconds) since 1970.
WITH_OFFSET = "rfc3339"
EPOCH = "epoch"
# Used as header_line: the file begins with its first row, and columns have numbers.
NO_HEADER = "none"

Column = str | int


def check_mapping(mapping: dict[str, Any] | None) -> dict[str, Any]:
    """The mapping itself. Raises Unreadable("bad_mapping", key=…) naming the first wrong key.

    Needed: columns {field: column, or a list of columns to be joined}, where a column is a
    header or a 1-based number; time_formats (strptime patterns, «rfc3339», «epoch»);
    outcomes {text: outcome}, where a star in the text stands for anything. Optional:
    - the file: format (table, json), encoding, delimiter, quote («"», «'», «none»),
      header_line (1-based number, a pattern, or «none»), footer_regex, sheet (name or 1-based
      number), records (JSON: the dotted path of the list; columns are dotted paths as well);
    - the rows: filters [{column, in | not_in | matches}]: what fails one is ignored; kind
      (row-per-call, row-per-leg); group (columns that make one call of legs); wait (column,
      stamps, sum_of_legs, unknown; by default the column, else the stamps); repeats: newest
      (of an id told twice, the highest version counts);
    - the values: decimal, zone, duration_unit, short_clock (hm: «1:30» is hours and minutes),
      forwarded {text: forwarded_to}, number and queue (fixed values), id ({"weak": true}).
    """
    if not isinstance(mapping, dict):
        raise Unreadable("bad_mapping", key="mapping")
    for key, value in mapping.items():
        if key not in _CHECKS or not check.passes(_CHECKS[key], value):
            raise Unreadable("bad_mapping", key=str(key))
    if wrong := _missing(mapping) or _contradicting(mapping):
        raise Unreadable("bad_mapping", key=wrong)
    return mapping


def is_weak(mapping: dict[str, Any]) -> bool:
    """Calls are known by their own facts (`table_keys`), because the table has no id."""
    return (mapping.get("id") or {}).get("weak") is True


def is_by_leg(mapping: dict[str, Any]) -> bool:
    """Several rows make a call."""
    return mapping.get("kind") == "row-per-leg"


def is_json(mapping: dict[str, Any]) -> bool:
    return mapping.get("format") == "json"


def has_header(mapping: dict[str, Any]) -> bool:
    """False by «none», or by null where every column is a number."""
    if mapping.get("header_line") == NO_HEADER:
        return False
    numbered = all(isinstance(column, int) for column in headers(mapping))
    return not ("header_line" in mapping and mapping["header_line"] is None and numbered)


def headers(mapping: dict[str, Any]) -> list[Column]:
    """Every column the mapping names (fields, filters, group), in order, once."""
    named = [check.listed(value) for value in mapping["columns"].values()]
    named += [[each["column"]] for each in mapping.get("filters") or []]
    named += [group_of(mapping)]
    return list(dict.fromkeys(column for columns in named for column in columns))


def group_of(mapping: dict[str, Any]) -> list[Column]:
    """The columns that make one call of several rows; none where a row is a call."""
    return check.listed(mapping["group"]) if is_by_leg(mapping) else []


def column_name(column: Column) -> str:
    """The name of a mapped column in `Rows.frame`, which has a column «line» of its own."""
    return f"[{column}]" if isinstance(column, int) or column == "line" else column


def _missing(mapping: dict[str, Any]) -> str | None:
    columns = mapping.get("columns") or {}
    if "arrived_at" not in columns:
        return "columns.arrived_at"
    if is_by_leg(mapping) and not {"group", "wait"} <= set(mapping):
        return "wait" if "group" in mapping else "group"
    if "id" not in columns and not is_weak(mapping) and not is_by_leg(mapping):
        return "columns.id"
    if "outcome" not in columns and "answered_at" not in columns:
        return "columns.outcome"
    if not {"queue", "number"} & (set(columns) | set(mapping)):
        return "columns.queue"
    needed = ("time_formats", *(["outcomes"] if "outcome" in columns else []))
    return next((key for key in needed if not mapping.get(key)), None)


def _contradicting(mapping: dict[str, Any]) -> str | None:
    """The key that fits none of the others: it would be left unheard."""
    numbered = [isinstance(column, int) for column in headers(mapping)]
    if (is_json(mapping) and any(numbered)) or (not has_header(mapping) and not all(numbered)):
        return "columns"
    if is_by_leg(mapping) and is_weak(mapping):
        return "id"
    if mapping.get("wait") == "sum_of_legs" and not is_by_leg(mapping):
        return "wait"
    uses_column = mapping.get("wait") in ("column", "sum_of_legs")
    if uses_column and "wait_seconds" not in mapping["columns"]:
        return "columns.wait_seconds"
    if mapping.get("repeats") == "newest" and "version" not in mapping["columns"]:
        return "columns.version"
    return None


_CHECKS: dict[str, check.Check] = {
    "columns": check.are_columns(FIELDS),
    "format": check.one_of("table", "json"),
    "records": check.is_text,
    "encoding": check.is_encoding,
    "delimiter": check.one_of(None, *DELIMITERS),
    "quote": check.one_of(None, '"', "'", "none"),
    "header_line": check.is_header_line,
    "footer_regex": lambda value: value is None or check.is_pattern(value),
    "sheet": check.is_sheet,
    "filters": check.are_filters,
    "kind": check.one_of("row-per-call", "row-per-leg"),
    "group": check.are_group,
    "wait": check.one_of(None, "column", "stamps", "sum_of_legs", "unknown"),
    "repeats": check.one_of(None, "newest"),
    "decimal": check.one_of(None, ",", "."),
    "time_formats": check.are_formats(frozenset({WITH_OFFSET, EPOCH})),
    "zone": check.is_zone,
    "duration_unit": check.one_of(*UNITS),
    "short_clock": check.one_of(None, HOURS_AND_MINUTES),
    "outcomes": check.maps_to(OUTCOMES),
    "forwarded": check.maps_to(FORWARDED_TO),
    "number": check.is_text,
    "queue": check.is_text,
    "id": lambda value: set(value) == {"weak"} and isinstance(value["weak"], bool),
}
