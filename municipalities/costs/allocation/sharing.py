"""One segment's part of an amount, shared exactly among its members."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from municipalities.costs.allocation import bounds
from municipalities.costs.allocation.keys import Part
from municipalities.costs.allocation.lines import Adjustment, Side, Step
from municipalities.costs.allocation.members import Segment
from municipalities.costs.allocation.parts import bases


@dataclass(frozen=True, slots=True)
class Shared:
    """A member's part of one segment."""

    steps: tuple[Step, ...]
    adjustment: Adjustment | None

    @property
    def exact(self) -> Fraction:
        before = sum((step.exact for step in self.steps), Fraction(0))
        return self.adjustment.after if self.adjustment else before


def share(*, segment: Segment, place: int, amount: Decimal, capital: Decimal) -> dict[str, Shared]:
    """By code. `amount` and `capital` are the whole year's; `place` is the segment's number."""
    steps: dict[str, list[Step]] = {member.code: [] for member in segment.members}
    for part, of, is_capital in _portions(segment, amount, capital):
        counted = bases(part, segment.members)
        total = sum(counted.values(), Fraction(0))
        for code, basis in counted.items():
            steps[code].append(
                Step(place, segment.weight, part.kind, is_capital, part.percent, of, basis, total)
            )
    adjusted = _adjusted(segment, place, amount, before=_sums(steps))
    return {code: Shared(tuple(taken), adjusted.get(code)) for code, taken in steps.items()}


def _portions(
    segment: Segment, amount: Decimal, capital: Decimal
) -> Iterator[tuple[Part, Fraction, bool]]:
    """Each part with the kroner it is a percent of; a part of nothing needs no bases."""
    carved_out = capital if segment.key.capital_parts else Decimal(0)
    running = (segment.key.parts, Fraction(amount) - Fraction(carved_out), False)
    rent = (segment.key.capital_parts, Fraction(carved_out), True)
    for parts, of, is_capital in (running, rent):
        for part in parts:
            if part.percent and of:
                yield part, of * segment.weight, is_capital


def _sums(steps: Mapping[str, Sequence[Step]]) -> dict[str, Fraction]:
    return {code: sum((step.exact for step in taken), Fraction(0)) for code, taken in steps.items()}


def _adjusted(
    segment: Segment, place: int, amount: Decimal, *, before: Mapping[str, Fraction]
) -> dict[str, Adjustment]:
    """What the bounds do to each; empty where they change nothing."""
    key = segment.key
    if key.floor is None and key.cap is None:
        return {}
    limits = bounds.limits(key=key, members=segment.members, amount=amount, weight=segment.weight)
    factor = bounds.factor(shares=before, limits=limits)
    after = {code: limits[code].hold(factor * exact) for code, exact in before.items()}
    if after == before:
        return {}
    return {
        code: Adjustment(
            segment=place,
            weight=segment.weight,
            before=exact,
            factor=factor,
            side=_side(limits[code], factor * exact),
            after=after[code],
        )
        for code, exact in before.items()
    }


def _side(limits: bounds.Limits, wanted: Fraction) -> Side | None:
    held = limits.hold(wanted)
    if held == wanted:
        return None
    return Side.FLOOR if held > wanted else Side.CAP
