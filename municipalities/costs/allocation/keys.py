"""An allocation key: which parts of an amount are shared by what, and between which bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from legevakt.lib.money import Unit
from municipalities.costs.allocation.errors import (
    FixedPercentsMiss100,
    NegativeBound,
    NegativePercent,
    SharesMiss100,
)

WHOLE = Decimal(100)


class PartKind(StrEnum):
    """What a part is shared by; the host's part is borne by the host alone."""

    EQUAL = "equal"
    POPULATION = "population"
    USAGE = "usage"
    HOST = "host"
    FIXED = "fixed"


@dataclass(frozen=True)
class Part:
    """So many percent of the amount are shared in this way.

    `fixed`: percent of the part by municipality, for a FIXED part; who is not named pays nothing.
    """

    kind: PartKind
    percent: Decimal
    fixed: Mapping[str, Decimal] = field(default_factory=dict, hash=False)


class BoundUnit(StrEnum):
    """What a floor or cap is given in: kroner a year, percent of the whole amount, kroner each."""

    NOK = "nok"
    PERCENT = "percent"
    NOK_PER_INHABITANT = "nok_per_inhabitant"


@dataclass(frozen=True)
class Bound:
    """The least or the most that one municipality pays of a year's amount."""

    unit: BoundUnit
    value: Decimal


@dataclass(frozen=True)
class Key:
    """How an amount is shared. Without `capital_parts` capital is shared with the rest."""

    parts: Sequence[Part]
    capital_parts: Sequence[Part] = ()
    floor: Bound | None = None
    cap: Bound | None = None
    unit: Unit = Unit.KRONE


def check(key: Key) -> None:
    """Raise CannotAllocate where the key cannot share anything, whoever shares.

    Percents must sum to exactly 100: those of the parts, those of the capital's where it has
    its own, and those within a fixed part. No percent and no bound may be negative.
    """
    _check_parts(key.parts, is_capital=False)
    if key.capital_parts:
        _check_parts(key.capital_parts, is_capital=True)
    for bound in (key.floor, key.cap):
        if bound and bound.value < 0:
            raise NegativeBound(value=bound.value)


def _check_parts(parts: Sequence[Part], *, is_capital: bool) -> None:
    for part in parts:
        if part.percent < 0:
            raise NegativePercent(kind=part.kind, percent=part.percent)
        if part.kind is PartKind.FIXED:
            _check_fixed(part)
    total = sum((part.percent for part in parts), Decimal(0))
    if total != WHOLE:
        raise SharesMiss100(total=total, is_capital=is_capital)


def _check_fixed(part: Part) -> None:
    for member, percent in part.fixed.items():
        if percent < 0:
            raise NegativePercent(kind=part.kind, percent=percent, member=member)
    total = sum(part.fixed.values(), Decimal(0))
    if total != WHOLE:
        raise FixedPercentsMiss100(total=total)
