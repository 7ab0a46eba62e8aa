"""Floors and caps: what one is spared above its cap, or lacks to its floor, the others bear.

Everybody's share is multiplied by the same λ and then held between its own bounds, where λ is
what makes the sum right: Σ clamp(λ · share, floor, cap) = amount. Those whom no bound touches
so keep their proportions.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from municipalities.costs.allocation.errors import CapsFallShort, FloorAboveCap, FloorsExceed
from municipalities.costs.allocation.keys import Bound, BoundUnit, Key
from municipalities.costs.allocation.members import Member, inhabitants_of

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Limits:
    """The least and the most that one pays, in kroner."""

    floor: Fraction = NOTHING
    cap: Fraction | None = None

    def hold(self, amount: Fraction) -> Fraction:
        """The amount, or the bound that it would pass."""
        raised = max(amount, self.floor)
        return raised if self.cap is None else min(raised, self.cap)


def limits(
    *, key: Key, members: Sequence[Member], amount: Decimal, weight: Fraction
) -> dict[str, Limits]:
    """Everybody's bounds in a segment of a year whose whole amount is `amount`.

    For the year they are made whole units, the floor up and the cap down: then rounding cannot
    push past them anybody who takes part all year, and more inhabitants never pay a unit less.
    A segment takes its `weight` of that; in a year of several segments, where one is held in
    some and not in others, the rounding may still move the last unit. Raises FloorAboveCap.
    """
    return {member.code: _limits(key, member, amount, weight) for member in members}


def _limits(key: Key, member: Member, amount: Decimal, weight: Fraction) -> Limits:
    scale = 10**key.unit.places
    floor, cap = NOTHING, None
    if key.floor:
        floor = Fraction(math.ceil(_of_year(key.floor, member, amount) * scale), scale)
    if key.cap:
        cap = Fraction(math.floor(_of_year(key.cap, member, amount) * scale), scale)
    if cap is not None and floor > cap:
        raise FloorAboveCap(member=member.code, floor=floor, cap=cap)
    return Limits(floor * weight, None if cap is None else cap * weight)


def _of_year(bound: Bound, member: Member, amount: Decimal) -> Fraction:
    value = Fraction(bound.value)
    if bound.unit is BoundUnit.PERCENT:
        return value / 100 * Fraction(amount)
    if bound.unit is BoundUnit.NOK_PER_INHABITANT:
        return value * inhabitants_of(member)
    return value


def factor(*, shares: Mapping[str, Fraction], limits: Mapping[str, Limits]) -> Fraction:
    """The least λ ≥ 0 with Σ clamp(λ · share, floor, cap) = Σ share; exact.

    The sum grows with λ in straight lines that meet where somebody leaves a floor or reaches a
    cap. The first such corner where it is large enough is looked for, then λ lies on the line
    to it, or on the last line where nobody reaches a cap any more. Raises FloorsExceed,
    CapsFallShort.

    A cap of 50 on shares of 60, 30 and 10: λ = 5/4, so that they pay 50, 37.50 and 12.50.
    >>> factor(shares={"a": Fraction(60), "b": Fraction(30), "c": Fraction(10)},
    ...        limits=dict.fromkeys("abc", Limits(cap=Fraction(50))))
    Fraction(5, 4)
    """
    amount = sum(shares.values(), NOTHING)
    low, below = NOTHING, _sum_at(NOTHING, shares, limits)
    if below > amount:
        raise FloorsExceed(floors=below, amount=amount)
    for corner in _corners(shares, limits):
        reached = _sum_at(corner, shares, limits)
        if reached >= amount:
            return low + (corner - low) * _ratio(amount - below, reached - below)
        low, below = corner, reached
    growth = _sum_at(low + 1, shares, limits) - below
    if below < amount and not growth:
        raise CapsFallShort(reach=below, amount=amount)
    return low + _ratio(amount - below, growth)


def _corners(shares: Mapping[str, Fraction], limits: Mapping[str, Limits]) -> list[Fraction]:
    """Each λ at which somebody leaves the floor or reaches the cap."""
    bounds = [
        bound / share
        for code, share in shares.items()
        for bound in (limits[code].floor, limits[code].cap)
        if share and bound is not None
    ]
    return sorted(set(bounds))


def _sum_at(
    multiple: Fraction, shares: Mapping[str, Fraction], limits: Mapping[str, Limits]
) -> Fraction:
    return sum((limits[code].hold(multiple * share) for code, share in shares.items()), NOTHING)


def _ratio(part: Fraction, whole: Fraction) -> Fraction:
    return part / whole if whole else NOTHING
