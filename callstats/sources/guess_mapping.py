"""Roles and layout to a mapping, with what a person has still to tell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from callstats.sources.durations import HOURS_AND_MINUTES
from callstats.sources.guess_columns import Role
from callstats.sources.guess_file import Table
from callstats.sources.guess_times import TimeGuess, guess_times
from callstats.sources.guess_words import outcome_of
from callstats.sources.table_mapping import NO_HEADER, Column

_TIMES = ("arrived_at", "answered_at", "ended_at")
_LENGTHS = ("wait_seconds", "talk_seconds", "announcement_seconds")
_UNITS = ((r"\bms\b|millise[ck]", "ms"), (r"\bmin(utt(er)?|utes?)?\b", "min"))
_HOURS_AND_MINUTES = re.compile(r"\b[ht]{1,2}:mm\b(?!:)", re.IGNORECASE)
_WORDS = 40

Columns = dict[str, list[str | None]]


@dataclass(frozen=True, kw_only=True)
class Guessed:
    mapping: dict[str, Any]
    date_orders: list[str]
    outcome_words: dict[str, str | None]
    warnings: list[str]


def guessed_mapping(
    table: Table, *, columns: Columns, roles: dict[str, Role], zone: str, is_sheet: bool
) -> Guessed:
    """`columns`: header → values in row order, null where empty."""
    by_field = {role.field: name for name, role in roles.items()}
    named = _named(table, by_field)
    when = guess_times(_moments(columns, by_field))
    words = _outcome_words(columns, by_field.get("outcome"))
    mapping = _layout(table, is_sheet=is_sheet) | {"columns": named, "zone": zone}
    mapping |= {"time_formats": when.formats} if when.formats else {}
    if words:
        mapping["outcomes"] = {word: told for word, told in words.items() if told}
    mapping |= _lengths(columns, by_field, is_sheet=is_sheet)
    if "id" not in named:
        mapping["id"] = {"weak": True}
    return Guessed(
        mapping=mapping,
        date_orders=when.orders,
        outcome_words=words,
        warnings=_warnings(table, mapping, when, words),
    )


def _layout(table: Table, *, is_sheet: bool) -> dict[str, Any]:
    told: dict[str, Any]
    if table.is_json:
        told = {"format": "json", "encoding": table.encoding}
        return told | ({"records": table.records} if table.records else {})
    told = {} if table.header_line else {"header_line": NO_HEADER}
    if table.footer_regex:
        told["footer_regex"] = table.footer_regex
    if is_sheet:
        return told
    return told | {"encoding": table.encoding, "delimiter": table.delimiter}


def _named(table: Table, by_field: dict[str, str]) -> dict[str, Column | list[Column]]:
    """Field → header, or its number where the header is none or stands twice."""
    numbered = table.header_line is None and not table.is_json
    single: dict[str, Column] = {}
    for field, name in by_field.items():
        is_blank = name not in table.names
        single[field] = int(name) if numbered or is_blank else name
    halves = [single.pop(half) for half in ("date", "clock") if half in single]
    return {**single, **({"arrived_at": halves} if halves else {})}


def _moments(columns: Columns, by_field: dict[str, str]) -> list[str]:
    """Every time told, so that one column's doubt is resolved by another's certainty."""
    told = [value for field in _TIMES for value in columns.get(by_field.get(field, ""), [])]
    if "date" in by_field:
        halves = zip(columns[by_field["date"]], columns[by_field["clock"]], strict=True)
        told += [f"{day} {clock}" for day, clock in halves if day and clock]
    return [value for value in told if value]


def _outcome_words(columns: Columns, header: str | None) -> dict[str, str | None]:
    values = columns.get(header or "", [])
    words = list(dict.fromkeys(value for value in values if value))[:_WORDS]
    return {word: outcome_of(word) for word in words}


def _lengths(columns: Columns, by_field: dict[str, str], *, is_sheet: bool) -> dict[str, Any]:
    """The decimal mark and the unit of bare numbers, where header or values tell."""
    names = [by_field[field] for field in _LENGTHS if field in by_field]
    values = [value for name in names for value in columns[name] if value]
    told: dict[str, Any] = {}
    if any(re.fullmatch(r"[\d.]+,\d{1,2}|[\d.]+,\d{4,}", value) for value in values):
        told["decimal"] = ","
    for pattern, unit in _UNITS:
        if any(re.search(pattern, name, re.IGNORECASE) for name in names):
            told["duration_unit"] = unit
    if any(map(_HOURS_AND_MINUTES.search, names)):
        told["short_clock"] = HOURS_AND_MINUTES
    if is_sheet and values and all(re.fullmatch(r"0(\.\d{4,})?", value) for value in values):
        told["duration_unit"] = "d"
    return told


def _warnings(
    table: Table, mapping: dict[str, Any], when: TimeGuess, words: dict[str, str | None]
) -> list[str]:
    columns = mapping["columns"]
    told = {
        "no_header": mapping.get("header_line") == NO_HEADER,
        "no_arrival": "arrived_at" not in columns or not when.formats,
        "no_outcome": not {"outcome", "answered_at"} & set(columns),
        "no_queue": not {"queue", "number"} & set(columns),
        "weak_key": "id" not in columns,
        "date_order_unproven": len(when.orders) > 1,
        "unknown_outcomes": None in words.values(),
    }
    return [code for code, holds in told.items() if holds]
