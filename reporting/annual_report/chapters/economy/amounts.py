"""Frozen amounts as numbers, and in words; what is not known stays so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from legevakt.lib.money import half_up
from legevakt.lib.tables import Row
from legevakt.lib.words import kroner, number, percent

NOTHING = "–"
WHOLE_YEAR = 12
ORE = Decimal("0.01")
Facts = Mapping[str, Any]
Cells = Sequence[str | Decimal | None]


def amount(text: str | None) -> Decimal | None:
    """Kroner of a fact."""
    return None if text is None else Decimal(text)


def total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Their sum; None where one is not known, since a part is no whole, or there are none."""
    known = list(amounts)
    if not known or None in known:
        return None
    return sum((each for each in known if each is not None), Decimal(0))


def shown(value: Decimal | None) -> str:
    """Kroner in words; a dash for what is not known."""
    return NOTHING if value is None else kroner(value)


def rows_of(rows: Sequence[Cells]) -> tuple[Row, ...]:
    """Rows with kroner in words: with øre in a column where any has them, a dash for None."""
    columns = [_column(cells) for cells in zip(*rows, strict=True)]
    return tuple(Row(cells) for cells in zip(*columns, strict=True))


def _column(cells: Cells) -> list[str]:
    amounts = [cell for cell in cells if isinstance(cell, Decimal)]
    has_ore = any(cell != cell.to_integral_value() for cell in amounts)
    return [_cell(cell, has_ore=has_ore) for cell in cells]


def _cell(cell: str | Decimal | None, *, has_ore: bool) -> str:
    if isinstance(cell, str):
        return cell
    return number(cell.quantize(ORE)) if cell is not None and has_ore else shown(cell)


def percent_shown(value: Decimal | None) -> str:
    """A percentage in words; a dash for what is not known."""
    return NOTHING if value is None else percent(value)


def percent_of(part: Decimal, whole: Decimal, *, places: int = 1) -> Decimal | None:
    """The part in percent of the size of the whole; None of nothing.

    >>> percent_of(Decimal(-50), Decimal(200))
    Decimal('-25.0')
    """
    return half_up(Fraction(part) * 100 / abs(Fraction(whole)), places=places) if whole else None


def per_inhabitant(value: Decimal | None, inhabitants: int | None) -> Decimal | None:
    """Whole kroner, halves up; None where one of them is not known.

    >>> per_inhabitant(Decimal(769210), 773)
    Decimal('995')
    """
    if value is None or not inhabitants:
        return None
    return half_up(Fraction(value) / inhabitants, places=0)


def year_in(pool: Facts, year: int) -> Facts | None:
    """The facts of one of the pool's years; None where nothing of it was stored."""
    return next((each for each in pool["years"] if each["year"] == year), None)


def net(of_year: Facts | None, name: str) -> Decimal | None:
    """A net amount of the year: budget, accounts, deviation, forecast."""
    return amount(of_year["figures"]["net"][name]) if of_year else None


def is_whole(of_year: Facts | None) -> bool:
    """Whether there are accounts of all twelve months."""
    return bool(of_year and of_year["up_to_month"] == WHOLE_YEAR)
