"""What changed between two computations of a period: every definition's figure, then and now."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from callstats.indicators.rules import ServiceLevel
from callstats.periods.models import IndicatorFigure

BESIDE = ("hours_with_feed", "unknown_waits", "ambiguous_times", "before_queue")


class Told(NamedTuple):
    """What a figure says: its parts, and the seconds where it is a statistic of waits."""

    numerator: int
    denominator: int
    value_seconds: float | None


@dataclass(frozen=True)
class Difference:
    """A definition's figure then and now; None where it was not computed."""

    definition_id: str
    before: Told | None
    after: Told | None


def told(figures: Iterable[IndicatorFigure]) -> dict[str, Told]:
    """Definition → what its figure says."""
    return {
        each.definition_id: Told(
            each.numerator, each.denominator, each.figures.get("value_seconds")
        )
        for each in figures
    }


def differences(before: Mapping[str, Told], after: Mapping[str, Told]) -> list[Difference]:
    """The definitions whose figure is another, in the order of `after`."""
    ids = dict.fromkeys([*after, *before])
    return [
        Difference(each, before.get(each), after.get(each))
        for each in ids
        if before.get(each) != after.get(each)
    ]


def beside(before: ServiceLevel, after: ServiceLevel) -> list[tuple[str, int, int]]:
    """What stands beside the figures and is another: its name, then and now."""
    found = [(name, getattr(before, name), getattr(after, name)) for name in BESIDE]
    return [each for each in found if each[1] != each[2]]


def written(told_of: Mapping[str, Told]) -> str:
    """For a hidden field, so that a form knows what its reader saw."""
    return json.dumps(told_of, separators=(",", ":"))


def read(text: str) -> dict[str, Told]:
    """The inverse of `written`; nothing where somebody else wrote it."""
    try:
        found = json.loads(text)
        return {str(name): Told(int(n), int(d), _seconds(s)) for name, (n, d, s) in found.items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def _seconds(value: float | None) -> float | None:
    return None if value is None else float(value)
