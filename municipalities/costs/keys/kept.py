"""The basis and the arithmetic as JSON, and back: what a plan or settlement keeps of them.

Fractions are text ("1000/3"), so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from municipalities.costs.allocation.keys import PartKind
from municipalities.costs.allocation.lines import Adjustment, Line, Side, Step
from municipalities.costs.allocation.members import Member
from municipalities.costs.allocation.segments import Cut
from municipalities.costs.keys.counted import Count, Counted, counted_date, usage_years
from municipalities.costs.keys.models import AllocationKey, KeyPart
from municipalities.costs.pools.models import PoolMember


def kept_segment(
    piece: Cut,
    *,
    key: AllocationKey,
    members: Sequence[Member],
    of: Sequence[PoolMember],
    counted: Counted,
) -> dict:
    """A segment of the year: its days, its key, and who shares with which figures."""
    return {
        "starts": piece.starts.isoformat(),
        "ends": piece.ends.isoformat(),
        "weight": str(piece.weight),
        "key": kept_key(key, year=counted.year),
        "members": [
            _member(member, row, key=key, counted=counted)
            for member, row in zip(members, of, strict=True)
        ],
    }


def kept_key(key: AllocationKey, *, year: int) -> dict:
    """A key's terms for a year."""
    parts = sorted(key.parts.all(), key=lambda part: (part.is_capital, part.kind))
    return {
        "id": key.pk,
        "number": key.number,
        "valid_from": key.valid_from.isoformat(),
        "counted_date": counted_date(key, year=year).isoformat(),
        "usage_measure": key.usage_measure,
        "usage_years": usage_years(key, year=year) if key.usage_measure else [],
        "overhead_nok": str(key.overhead_nok),
        "overhead_percent_of_wages": str(key.overhead_percent_of_wages),
        "floor": _bound(key.floor_unit, key.floor_value),
        "cap": _bound(key.cap_unit, key.cap_value),
        "parts": [_part(part) for part in parts],
    }


def _part(part: KeyPart) -> dict:
    return {"kind": part.kind, "percent": str(part.percent), "is_capital": part.is_capital}


def _bound(unit: str, value: Decimal | None) -> dict | None:
    return {"unit": unit, "value": str(value)} if unit else None


def _member(member: Member, row: PoolMember, *, key: AllocationKey, counted: Counted) -> dict:
    return {
        "code": member.code,
        "name": member.name,
        "area": row.area,
        "is_host": member.is_host,
        "inhabitants": _count(counted.inhabitants(row, key)),
        "usage": _count(counted.usage(row, key)),
    }


def _count(count: Count | None) -> dict | None:
    if count is None:
        return None
    return {
        "value": str(count.value),
        "source": count.source,
        "status": count.status,
        "carried_from": list(count.carried_from),
    }


def kept_steps(line: Line) -> list[dict]:
    """A line's arithmetic: its parts, then what floors and caps did."""
    return [_step(step) for step in line.steps] + [_adjustment(a) for a in line.adjustments]


def _step(step: Step) -> dict:
    return {
        "segment": step.segment,
        "weight": str(step.weight),
        "kind": step.kind.value,
        "is_capital": step.is_capital,
        "percent": str(step.percent),
        "of": str(step.of),
        "basis": str(step.basis),
        "bases": str(step.bases),
    }


def _adjustment(adjustment: Adjustment) -> dict:
    return {
        "segment": adjustment.segment,
        "weight": str(adjustment.weight),
        "before": str(adjustment.before),
        "factor": str(adjustment.factor),
        "side": adjustment.side.value if adjustment.side else "",
        "after": str(adjustment.after),
    }


def steps_in(kept: Sequence[dict]) -> tuple[Step, ...]:
    """The parts of a kept line, as the arithmetic made them."""
    return tuple(
        Step(
            segment=each["segment"],
            weight=Fraction(each["weight"]),
            kind=PartKind(each["kind"]),
            is_capital=each["is_capital"],
            percent=Decimal(each["percent"]),
            of=Fraction(each["of"]),
            basis=Fraction(each["basis"]),
            bases=Fraction(each["bases"]),
        )
        for each in kept
        if "kind" in each
    )


def adjustments_in(kept: Sequence[dict]) -> tuple[Adjustment, ...]:
    """What floors and caps did to a kept line."""
    return tuple(
        Adjustment(
            segment=each["segment"],
            weight=Fraction(each["weight"]),
            before=Fraction(each["before"]),
            factor=Fraction(each["factor"]),
            side=Side(each["side"]) if each["side"] else None,
            after=Fraction(each["after"]),
        )
        for each in kept
        if "side" in each
    )
