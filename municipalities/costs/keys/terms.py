"""A stored key as the arithmetic takes it."""

from __future__ import annotations

from decimal import Decimal

from legevakt.lib.money import Unit
from municipalities.costs.allocation.keys import Bound, BoundUnit, Key, Part, PartKind
from municipalities.costs.keys.models import AllocationKey, KeyPart


def as_key(key: AllocationKey, *, unit: Unit) -> Key:
    """The key with its parts, in the order of their kinds. At most two queries."""
    parts = list(key.parts.prefetch_related("fixed_percents__municipality"))
    return Key(
        parts=_parts(parts, is_capital=False),
        capital_parts=_parts(parts, is_capital=True),
        floor=_bound(key.floor_unit, key.floor_value),
        cap=_bound(key.cap_unit, key.cap_value),
        unit=unit,
    )


def _parts(parts: list[KeyPart], *, is_capital: bool) -> tuple[Part, ...]:
    order = list(PartKind)
    found = [_part(part) for part in parts if part.is_capital == is_capital]
    return tuple(sorted(found, key=lambda part: order.index(part.kind)))


def _part(part: KeyPart) -> Part:
    fixed = {each.municipality.number: each.percent for each in part.fixed_percents.all()}
    return Part(kind=PartKind(part.kind), percent=part.percent, fixed=fixed)


def _bound(unit: str, value: Decimal | None) -> Bound | None:
    return Bound(unit=BoundUnit(unit), value=value) if unit and value is not None else None
