"""An indicator's numerator and denominator, parted: by hour of the week, day, number, municipality.

The parts of a dimension always sum to the whole, and come from the same hours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from callstats.indicators.counting import Observed, count, edges_of, figure
from callstats.indicators.definitions import Definition
from callstats.indicators.observing import observe_cells
from callstats.indicators.rules import HourOfWeek, ServiceLevel
from legevakt.lib.periods import Period
from municipalities.models import Central

DIMENSIONS = ("hour_of_week", "day", "line", "municipality")


@dataclass(frozen=True)
class Part:
    """The numerator and denominator of one cell."""

    numerator: int
    denominator: int

    def __add__(self, other: Part) -> Part:
        return Part(self.numerator + other.numerator, self.denominator + other.denominator)


NOTHING = Part(0, 0)


def parts_by(
    *, centrals: Sequence[Central], period: Period, definition: Definition, by: str
) -> dict[Any, Part]:
    """Cell → part, for the cells that have calls; `by` is one of observing.CELLS."""
    found = observe_cells(
        centrals=centrals,
        period=period,
        line_classes=definition.line_classes,
        edges=edges_of([definition]),
        by=by,
    )
    return {cell: _part(definition, observed) for cell, observed in found.items()}


def levels_by(
    *, centrals: Sequence[Central], period: Period, definition: Definition, by: str
) -> dict[Any, ServiceLevel]:
    """Cell → its figure, without waits and hours with feed, for the cells that have calls."""
    found = observe_cells(
        centrals=centrals,
        period=period,
        line_classes=definition.line_classes,
        edges=edges_of([definition]),
        by=by,
    )
    return {
        cell: figure(definition, observed, starts_on=period.starts_on, ends_on=period.ends_on)
        for cell, observed in found.items()
    }


def hour_of_week(
    *, centrals: Sequence[Central], period: Period, definition: Definition
) -> list[HourOfWeek]:
    """The 168 local hours of the week, Monday 00 first."""
    return as_week(
        parts_by(centrals=centrals, period=period, definition=definition, by="hour_of_week")
    )


def as_week(parts: Mapping[int, Part]) -> list[HourOfWeek]:
    """The 168 hours by their cells; those without calls too."""
    return [
        HourOfWeek(cell // 24, cell % 24, part.numerator, part.denominator)
        for cell in range(24, 8 * 24)
        for part in [parts.get(cell, NOTHING)]
    ]


def every_part(*, central: Central, period: Period, definition: Definition) -> dict[str, Any]:
    """Dimension → cell as text → [numerator, denominator], JSON-ready."""
    return {
        by: {
            _as_text(cell): [part.numerator, part.denominator]
            for cell, part in sorted(
                parts_by(centrals=[central], period=period, definition=definition, by=by).items()
            )
        }
        for by in DIMENSIONS
    }


def summed(stored: Sequence[Mapping[str, Any] | None], *, by: str) -> dict[str, Part]:
    """Cell as text → part, over several periods' `every_part`."""
    total: dict[str, Part] = {}
    for parts in stored:
        for cell, (numerator, denominator) in (parts or {}).get(by, {}).items():
            total[cell] = total.get(cell, NOTHING) + Part(numerator, denominator)
    return total


def _part(definition: Definition, observed: Observed) -> Part:
    outcomes = observed.without(definition.excludes)
    return Part(
        numerator=sum(count(term, outcomes) for term in definition.numerator),
        denominator=sum(count(term, outcomes) for term in definition.denominator),
    )


def _as_text(cell: Any) -> str:
    return cell.isoformat() if isinstance(cell, date) else str(cell)
