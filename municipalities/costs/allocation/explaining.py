"""A line's arithmetic in figures that can be printed; the words are made by presenters.

Exact amounts are rounded to øre here. So that what is printed still adds up, the rounding is a
figure of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from legevakt.lib.money import Unit, rounded
from municipalities.costs.allocation.keys import PartKind
from municipalities.costs.allocation.lines import Line, Step


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`percent` % of `of` × `basis` / `bases` = `amount`, in kroner to the øre.

    «90 % of 10 000 000 × 773 / 32 160 = 216 324,63». `weight` (0–1) is how much of the year the
    segment is; `of` is that part of the amount, or of the capital, already.
    """

    segment: int
    weight: Fraction
    kind: PartKind
    is_capital: bool
    percent: Decimal
    of: Decimal
    basis: Decimal
    bases: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ByPart:
    """What a municipality bears of one kind of part in the whole year, to the øre."""

    kind: PartKind
    is_capital: bool
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Summary:
    """A line as a sum: the parts, what floors and caps change, and the rounding.

    `parts` + `bounds` + `rounding` = `amount`, to the øre.
    """

    parts: tuple[ByPart, ...]
    bounds: Decimal
    rounding: Decimal
    amount: Decimal


def arithmetic(step: Step) -> Arithmetic:
    """A step in figures; all but the result have decimals only where they are no whole numbers."""
    return Arithmetic(
        segment=step.segment,
        weight=step.weight,
        kind=step.kind,
        is_capital=step.is_capital,
        percent=step.percent,
        of=_plain(step.of),
        basis=_plain(step.basis),
        bases=_plain(step.bases),
        amount=_kroner(step.exact),
    )


def summary(line: Line) -> Summary:
    """The line's parts by kind over all segments; parts that bear nothing are left out."""
    parts = tuple(part for part in _parts(line.steps) if part.amount)
    bounds = _kroner(sum((each.change for each in line.adjustments), Fraction(0)))
    told = sum((part.amount for part in parts), bounds)
    return Summary(parts=parts, bounds=bounds, rounding=line.amount - told, amount=line.amount)


def _parts(steps: Sequence[Step]) -> list[ByPart]:
    """In the order of the key, running costs before capital."""
    sums: dict[tuple[bool, PartKind], Fraction] = {}
    for step in steps:
        part = step.is_capital, step.kind
        sums[part] = sums.get(part, Fraction(0)) + step.exact
    return [
        ByPart(kind=kind, is_capital=is_capital, amount=_kroner(sums[is_capital, kind]))
        for is_capital, kind in sorted(sums, key=lambda part: part[0])
    ]


def _kroner(amount: Fraction) -> Decimal:
    return rounded(amount, Unit.ORE)


def _plain(number: Fraction) -> Decimal:
    return rounded(number, Unit.KRONE if number.denominator == 1 else Unit.ORE)
