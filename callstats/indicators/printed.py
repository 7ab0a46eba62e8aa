"""Figures and definitions as the command line prints them, in English and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from callstats.indicators.definitions import Definition
from callstats.indicators.rules import ServiceLevel
from legevakt.lib.periods import OSLO

NO_FIGURE = {
    "none_counted": "no calls to count",
    "no_calls": "no calls",
    "no_data": "no data",
}


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A figure, its steps if any, and the calls that an operator answered within 120 s."""

    definition: Definition
    level: ServiceLevel
    within_two_minutes: int
    steps: tuple[Measured, ...] = ()


def list_as_json(definitions: Sequence[Definition]) -> list[dict[str, Any]]:
    """What each is called, what kind it is, and its target in percent."""
    return [
        {
            "id": each.id,
            "kind": each.kind,
            "profile": each.profile,
            "name": each.name,
            "target_percent": each.target_percent,
        }
        for each in definitions
    ]


def list_as_text(definitions: Sequence[Definition]) -> str:
    """A line each."""
    return "\n".join(
        f"{each.id:<29} {each.kind:<8} {each.profile:<12} {_target(each):<6} {each.name['en']}"
        for each in definitions
    )


def as_json(measured: Measured) -> dict[str, Any]:
    """JSON-ready; with the steps where there are some."""
    level = measured.level
    told = level.as_dict() | {
        "within_two_minutes": measured.within_two_minutes,
        "within_ten_minutes": level.within_second,
    }
    return told | ({"steps": list(map(as_json, measured.steps))} if measured.steps else {})


def as_text(measured: Measured) -> str:
    """The figure and what it rests on, then a line for each step."""
    level = measured.level
    facts = [
        ("figure", _line(level)),
        *((f"  waited {band} s", str(calls)) for band, calls in _bands(level)),
        ("offered", str(level.offered)),
        ("answered", str(level.answered)),
        ("unanswered", str(level.unanswered)),
        ("within two minutes", str(measured.within_two_minutes)),
        ("within ten minutes", str(level.within_second)),
        ("median, p90", f"{level.median_seconds} s, {level.p90_seconds} s of answered"),
        ("unknown waits", str(level.unknown_waits)),
        ("excluded", str(level.excluded)),
        ("completeness", f"{level.hours_with_feed} of {level.hours_in_period} hours"),
    ]
    return "\n".join(
        [
            f"{level.definition_id}  {level.starts_on} up to {level.ends_on}",
            measured.definition.name["en"],
            *(f"{name:<20}{value}" for name, value in facts),
            *(f"{_begin(step.level)}  {_line(step.level)}" for step in measured.steps),
        ]
    )


def _target(definition: Definition) -> str:
    return "-" if definition.target_percent is None else f"{definition.target_percent} %"


def _bands(level: ServiceLevel) -> list[tuple[str, int]]:
    return list(level.bands.items()) if level.kind == "bands" else []


def _begin(level: ServiceLevel) -> str:
    """The local day, or the local hour with its offset, so that the doubled hour is told apart."""
    if level.starts_at is None:
        return level.starts_on.isoformat()
    return level.starts_at.astimezone(OSLO).isoformat(timespec="minutes")


def _line(level: ServiceLevel) -> str:
    if level.state != "figures":
        return NO_FIGURE[level.state]
    if level.kind == "seconds":
        return f"{level.value_seconds} s, of {level.denominator} calls"
    return f"{level.numerator}/{level.denominator} = {level.percent} %"
