"""An allocation as the command line prints it: in English, and as JSON with exact amounts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from legevakt.lib.money import Unit, half_up, rounded
from municipalities.costs.allocation.keys import Bound, Key
from municipalities.costs.allocation.lines import Allocation
from municipalities.costs.allocation.members import Member

HEADINGS = ("", "kroner", "per inhabitant", "percent")


def as_dict(allocation: Allocation, *, key: Key, order: Sequence[Member]) -> dict[str, Any]:
    """The amounts by name; `given` is the amount before rounding, where that changed it."""
    amounts = {member.name: allocation.amount_of(member.code) for member in order}
    rounding = {"given": allocation.given} if allocation.given != allocation.amount else {}
    return {
        "amount": allocation.amount,
        **rounding,
        "unit": allocation.unit.value,
        "amounts": amounts,
        "sum": sum(amounts.values(), Decimal(0)),
        "key": _key(key),
    }


def _key(key: Key) -> dict[str, Any]:
    parts: dict[str, Any] = {part.kind.value: part.percent for part in key.parts}
    bounds = {"floor": key.floor, "cap": key.cap}
    return parts | {name: _bound(bound) for name, bound in bounds.items() if bound}


def _bound(bound: Bound) -> dict[str, Any]:
    return {"unit": bound.unit.value, "value": bound.value}


def as_json(value: Any) -> str:
    """JSON with every Decimal as a number with just its own digits: 466324.60, never 466324.6.

    >>> as_json({"amounts": {"Tydal": Decimal("466324.60")}})
    '{"amounts": {"Tydal": 466324.60}}'
    """
    if isinstance(value, Mapping):
        pairs = (f"{json.dumps(k, ensure_ascii=False)}: {as_json(v)}" for k, v in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_json, value)) + "]"
    if isinstance(value, Decimal):
        return format(value, "f")
    return json.dumps(value, ensure_ascii=False)


def as_text(allocation: Allocation, *, key: Key, order: Sequence[Member]) -> str:
    """A table with a line each and the sum, below what was shared and how."""
    lines = {line.code: line for line in allocation.lines}
    rows = [
        (
            member.name,
            _number(lines[member.code].amount),
            _each(lines[member.code].amount, member.inhabitants),
            _number(half_up(100 * lines[member.code].share, places=2)),
        )
        for member in order
    ]
    total = sum((line.amount for line in allocation.lines), Decimal(0))
    table = _table([HEADINGS, *rows, ("sum", _number(total), "", "")])
    return "\n".join([_heading(allocation, key), "", *table])


def _heading(allocation: Allocation, key: Key) -> str:
    parts = ", ".join(f"{part.percent} % {part.kind}" for part in key.parts)
    bounds = "".join(
        f", {name} {bound.value} {bound.unit}"
        for name, bound in (("floor", key.floor), ("cap", key.cap))
        if bound
    )
    rounding = ""
    if allocation.given != allocation.amount:
        rounding = f" (rounded from {_number(allocation.given)})"
    return f"{_number(allocation.amount)} kroner{rounding}: {parts}{bounds}"


def _each(amount: Decimal, inhabitants: int | None) -> str:
    return _number(rounded(Fraction(amount) / inhabitants, Unit.ORE)) if inhabitants else ""


def _number(value: Decimal) -> str:
    """With blanks between thousands, and a point."""
    return f"{value:,f}".replace(",", " ")


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """The first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
