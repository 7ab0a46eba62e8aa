"""Sickness absence of units: exact percentages, and what is hidden of few people. Plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# Of fewer employees a percentage can tell of one person (cooperation.md section 5).
FEWEST, FEWEST_FOR_SPLIT = 5, 20
NOUGHT = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Days:
    """A unit's quarter in working days (dagsverk); short and long None where not told."""

    unit: str
    employees: int
    agreed: Decimal
    certified: Decimal
    self_certified: Decimal
    short: Decimal | None = None
    long: Decimal | None = None

    @property
    def lost(self) -> Decimal:
        return self.certified + self.self_certified


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What may be shown of a unit, in per cent with one decimal; None is hidden or not told."""

    unit: str
    employees: int
    total: Decimal | None
    certified: Decimal | None
    self_certified: Decimal | None
    short: Decimal | None
    long: Decimal | None
    is_hidden: bool
    is_split_hidden: bool


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """100 · part / whole with one decimal, half up.

    >>> percent(Decimal("110"), Decimal("2000"))
    Decimal('5.5')
    """
    return (100 * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def hidden_units(units: Sequence[Days], *, fewest: int) -> set[str]:
    """The units of too few people, and, where that is one alone, the next smallest too.

    So nobody can take the others from the sum and be left with the one. Where no other is there to
    hide with, the sum must be hidden too (`is_sum_hidden`).

    >>> def of(unit, employees):
    ...     return Days(unit=unit, employees=employees, agreed=Decimal(100),
    ...         certified=Decimal(1), self_certified=Decimal(1))
    >>> sorted(hidden_units([of("A", 40), of("B", 3), of("C", 12)], fewest=5))
    ['B', 'C']
    """
    few = [each for each in units if each.employees < fewest]
    if not few:
        return set()
    hidden = {each.unit for each in few}
    others = sorted(
        (each for each in units if each.unit not in hidden),
        key=lambda each: (each.employees, each.unit),
    )
    while others and (len(hidden) < 2 or _people(units, hidden) < fewest):
        hidden.add(others.pop(0).unit)
    return hidden


def is_sum_hidden(units: Sequence[Days], hidden: set[str], *, fewest: int) -> bool:
    """Whether the sum would tell of the hidden: they are one, or too few even together."""
    return bool(hidden) and (len(hidden) < 2 or _people(units, hidden) < fewest)


def shown(units: Sequence[Days]) -> tuple[list[Shown], Shown | None]:
    """Each unit and the sum, as they may be shown; the sum None where it is hidden.

    The split is hidden by the same rule with a higher limit.
    """
    hidden = hidden_units(units, fewest=FEWEST)
    unsplit = hidden_units(units, fewest=FEWEST_FOR_SPLIT) | hidden
    rows = [
        _shown(each, is_hidden=each.unit in hidden, is_split_hidden=each.unit in unsplit)
        for each in units
    ]
    if not units or is_sum_hidden(units, hidden, fewest=FEWEST):
        return rows, None
    no_split = is_sum_hidden(units, unsplit, fewest=FEWEST_FOR_SPLIT) or any(
        each.short is None for each in units
    )
    return rows, _shown(_summed(units), is_hidden=False, is_split_hidden=no_split)


def _people(units: Sequence[Days], names: set[str]) -> int:
    return sum(each.employees for each in units if each.unit in names)


def _summed(units: Sequence[Days]) -> Days:
    def total(name: str) -> Decimal:
        return sum((getattr(each, name) or NOUGHT for each in units), NOUGHT)

    return Days(
        unit="",
        employees=sum(each.employees for each in units),
        agreed=total("agreed"),
        certified=total("certified"),
        self_certified=total("self_certified"),
        short=total("short"),
        long=total("long"),
    )


def _shown(days: Days, *, is_hidden: bool, is_split_hidden: bool) -> Shown:
    def share(part: Decimal | None, *, hide: bool) -> Decimal | None:
        return None if hide or part is None else percent(part, days.agreed)

    return Shown(
        unit=days.unit,
        employees=days.employees,
        total=share(days.lost, hide=is_hidden),
        certified=share(days.certified, hide=is_hidden),
        self_certified=share(days.self_certified, hide=is_hidden),
        short=share(days.short, hide=is_split_hidden),
        long=share(days.long, hide=is_split_hidden),
        is_hidden=is_hidden,
        is_split_hidden=is_split_hidden,
    )
