"""Which column is which fact: by the words of its header, held against its values."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from callstats.sources import durations
from callstats.sources.guess_times import is_clock, is_date, is_epoch, is_moment
from callstats.sources.guess_words import fields_of, outcome_of

_TRIED = 500
_MOST = 0.9
_TIMES = frozenset({"moment", "epoch"})
_LENGTHS = frozenset({"clock", "number", "length"})
_PLAIN = frozenset({"word", "number", "length", "epoch"})
_ACCEPTED: dict[str, frozenset[str]] = {
    "id": _PLAIN,
    "epoch": frozenset({"epoch"}),
    "date": frozenset({"date"}),
    "clock": frozenset({"clock"}),
    "arrived_at": _TIMES,
    "answered_at": _TIMES,
    "ended_at": _TIMES,
    "wait_seconds": _LENGTHS,
    "talk_seconds": _LENGTHS,
    "announcement_seconds": _LENGTHS,
    "version": frozenset({"number"}),
}
_RFC3339 = re.compile(r"^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$")
_NUMBER = re.compile(r"^-?\d+([.,]\d+)?$")


@dataclass(frozen=True, kw_only=True)
class Role:
    """A field of a call (or «date» and «clock», the halves of an arrival), and how sure: 0–1."""

    field: str
    confidence: float


def roles_of(columns: dict[str, list[str]]) -> dict[str, Role]:
    """Header → role, each field once. `columns`: header → its values, without empty ones."""
    shapes = {name: shape(values) for name, values in columns.items()}
    taken: dict[str, Role] = {}
    named = [
        (confidence, -n, field, name)
        for n, name in enumerate(columns)
        for field, confidence in fields_of(name)
        if _fits(field, columns[name], shapes[name])
    ]
    for confidence, _, field, name in sorted(named, reverse=True):
        if name not in taken and field not in {role.field for role in taken.values()}:
            taken[name] = Role(field=field, confidence=confidence)
    for field, name in _by_values(columns, shapes, taken):
        if name not in taken and field not in {role.field for role in taken.values()}:
            taken[name] = Role(field=field, confidence=0.4)
    kept = {name: role for name, role in taken.items() if role.field != "caller"}
    return _whole_arrival(kept)


def shape(values: list[str]) -> str:
    """moment, epoch, date, clock, number, length, word or empty: what nine in ten values are."""
    tried = values[:_TRIED]
    if not tried:
        return "empty"
    tests: dict[str, Callable[[str], object]] = {
        "moment": lambda value: is_moment(value) or _RFC3339.match(value),
        "epoch": is_epoch,
        "date": is_date,
        "clock": is_clock,
        "number": _NUMBER.match,
    }
    for name, test in tests.items():
        if sum(bool(test(value)) for value in tried) >= _MOST * len(tried):
            return name
    lengths = durations.milliseconds(pl.Series(tried))
    return "length" if lengths.count() >= _MOST * len(tried) else "word"


def _fits(field: str, values: list[str], found: str) -> bool:
    if field == "caller":
        return True
    if found == "empty":
        return field not in {"arrived_at", "date", "clock", "id"}
    if field == "id":
        return found in _PLAIN and len(set(values)) == len(values)
    if field == "outcome":
        return found in {"word", "number"} and len(set(values)) <= 40
    if field == "number":
        return all(re.fullmatch(r"\+?[\d ]{3,16}", value) for value in values[:_TRIED])
    return found in _ACCEPTED.get(field, frozenset({"word", "number"}))


def _by_values(
    columns: dict[str, list[str]], shapes: dict[str, str], taken: dict[str, Role]
) -> list[tuple[str, str]]:
    """What a header did not tell, first things first: (field, header)."""
    told = {role.field for role in taken.values()}
    found = [("outcome", name) for name, values in columns.items() if _tells_outcomes(values)]
    if not {"arrived_at", "date"} & told:
        found += [("arrived_at", name) for name in columns if shapes[name] in _TIMES]
    if "arrived_at" not in told:
        found += [("date", name) for name in columns if shapes[name] == "date"]
        found += [("clock", name) for name in columns if shapes[name] == "clock"]
    return [*found, *(("id", name) for name, values in columns.items() if _is_key(values))]


def _tells_outcomes(values: list[str]) -> bool:
    known = [value for value in values[:_TRIED] if outcome_of(value)]
    return bool(known) and len(known) >= 0.8 * len(values[:_TRIED])


def _is_key(values: list[str]) -> bool:
    """Unlike everywhere, and with a figure in it: a name or a number of seconds is neither."""
    if len(values) < 5 or len(set(values)) < len(values):
        return False
    return all(re.fullmatch(r"(?=.*\d)[\w.:-]{6,64}", value) for value in values[:_TRIED])


def _whole_arrival(roles: dict[str, Role]) -> dict[str, Role]:
    """Day and clock serve only together, and where no column has the whole moment."""
    fields = {role.field for role in roles.values()}
    if {"date", "clock"} <= fields and "arrived_at" not in fields:
        return roles
    return {name: role for name, role in roles.items() if role.field not in ("date", "clock")}
