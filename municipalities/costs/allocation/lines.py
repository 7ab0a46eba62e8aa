"""An amount that has been shared, with all of the arithmetic on the way to each line."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from legevakt.lib.money import Unit
from municipalities.costs.allocation.keys import PartKind


@dataclass(frozen=True, slots=True)
class Step:
    """What one part of one segment's key gives: percent / 100 · of · basis / bases.

    `segment` is its place among the segments, from 0, and `weight` how much of the year it is.
    `of` is the segment's part of the amount, or of the capital, in kroner.

    >>> step = Step(segment=0, weight=Fraction(1), kind=PartKind.POPULATION, is_capital=False,
    ...             percent=Decimal(90), of=Fraction(10_000_000),
    ...             basis=Fraction(773), bases=Fraction(32160))
    >>> round(float(step.exact), 2)
    216324.63
    """

    segment: int
    weight: Fraction
    kind: PartKind
    is_capital: bool
    percent: Decimal
    of: Fraction
    basis: Fraction
    bases: Fraction

    @property
    def exact(self) -> Fraction:
        return Fraction(self.percent) / 100 * self.of * self.basis / self.bases


class Side(StrEnum):
    """Which bound an amount is held at."""

    FLOOR = "floor"
    CAP = "cap"


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What floors and caps did to a municipality in one segment; see bounds.py.

    `before`, by the parts alone, times `factor`; `after` is that, or the bound where there is a
    `side`.
    """

    segment: int
    weight: Fraction
    before: Fraction
    factor: Fraction
    side: Side | None
    after: Fraction

    @property
    def change(self) -> Fraction:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Line:
    """A municipality's part of the amount.

    `exact` is the sum of the steps' amounts and the adjustments' changes, before the rounding
    that makes it `amount`. `share` (0–1) is the exact amount's, of the whole.
    """

    code: str
    name: str
    amount: Decimal
    exact: Fraction
    share: Fraction
    steps: tuple[Step, ...]
    adjustments: tuple[Adjustment, ...] = ()


@dataclass(frozen=True, slots=True)
class Allocation:
    """The amount in whole units and its lines by code; the lines sum to it exactly.

    `given` is the amount before it was rounded, half up, to whole units.
    """

    amount: Decimal
    given: Decimal
    capital: Decimal
    unit: Unit
    lines: tuple[Line, ...]

    def amount_of(self, code: str) -> Decimal:
        """What the municipality bears; KeyError for one that takes no part."""
        return {line.code: line.amount for line in self.lines}[code]
