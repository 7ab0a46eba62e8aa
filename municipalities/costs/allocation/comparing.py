"""Several keys side by side, before the councils vote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from legevakt.lib.money import Unit, half_up, rounded
from municipalities.costs.allocation.allocating import allocate
from municipalities.costs.allocation.errors import KeyUnknown, UnitsDiffer
from municipalities.costs.allocation.keys import Key, Part, PartKind
from municipalities.costs.allocation.members import Member, Segment

RANGE = (0, 10, 20, 30, 40, 50)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one municipality bears by one key, in kroner.

    `per_inhabitant` to the øre; `change` is from today's key, `change_percent` to one decimal.
    None where there are no inhabitants, or nothing to bear today.
    """

    amount: Decimal
    per_inhabitant: Decimal | None
    change: Decimal
    change_percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Row:
    """A municipality by every key. `smallest` and `largest` name the keys of those amounts."""

    member: Member
    cells: Mapping[str, Cell]
    smallest: str
    largest: str

    @property
    def times(self) -> Decimal | None:
        """The largest amount over the smallest, to one decimal; None where that is 0."""
        least = self.cells[self.smallest].amount
        if not least:
            return None
        return half_up(Fraction(self.cells[self.largest].amount) / Fraction(least), places=1)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows by code, with a cell for each of `keys`; `today` is the key that changes are from."""

    amount: Decimal
    unit: Unit
    keys: tuple[str, ...]
    today: str
    rows: tuple[Row, ...]


def compare(
    *,
    amount: Decimal,
    members: Sequence[Member],
    keys: Mapping[str, Key],
    today: str,
    todays_members: Sequence[Member] | None = None,
    capital: Decimal = Decimal(0),
) -> Comparison:
    """A whole year's amount by each of the keys, which are known by name.

    `todays_members` are the same with the figures that today's key counts, where those are others
    (another 1 January, the mean of three years).

    Raises CannotAllocate for the first key that cannot share it, KeyUnknown where none of them
    is today's, UnitsDiffer where they do not share in the same unit.
    """
    if today not in keys:
        raise KeyUnknown(key=today)
    units = {key.unit for key in keys.values()}
    if len(units) > 1:
        raise UnitsDiffer(units=sorted(units))
    counted = {today: todays_members or members}
    shared = {
        name: allocate(
            amount=amount, capital=capital, segments=[Segment(key, counted.get(name, members))]
        )
        for name, key in keys.items()
    }
    amounts = {
        member: {name: each.amount_of(member.code) for name, each in shared.items()}
        for member in sorted(members, key=lambda member: member.code)
    }
    return Comparison(
        amount=shared[today].amount,
        unit=shared[today].unit,
        keys=tuple(keys),
        today=today,
        rows=tuple(_row(member, borne, today) for member, borne in amounts.items()),
    )


def equal_population_range(
    *, amount: Decimal, members: Sequence[Member], like: Key, capital: Decimal = Decimal(0)
) -> Comparison:
    """The keys of `equal_population_keys` side by side; changes are from 0/100."""
    keys = equal_population_keys(like=like)
    return compare(amount=amount, members=members, keys=keys, today="0/100", capital=capital)


def equal_population_keys(*, like: Key) -> dict[str, Key]:
    """From "0/100" to "50/50": percent shared equally, and by inhabitants.

    Bounds, capital's own parts and the unit are those of the key `like`.
    """
    return {
        f"{equal}/{100 - equal}": replace(
            like,
            parts=(
                Part(PartKind.EQUAL, Decimal(equal)),
                Part(PartKind.POPULATION, Decimal(100 - equal)),
            ),
        )
        for equal in RANGE
    }


def _row(member: Member, amounts: Mapping[str, Decimal], today: str) -> Row:
    return Row(
        member=member,
        cells={name: _cell(member, borne, amounts[today]) for name, borne in amounts.items()},
        smallest=min(amounts, key=lambda name: amounts[name]),
        largest=max(amounts, key=lambda name: amounts[name]),
    )


def _cell(member: Member, amount: Decimal, today: Decimal) -> Cell:
    change = amount - today
    return Cell(
        amount=amount,
        per_inhabitant=rounded(Fraction(amount) / member.inhabitants, Unit.ORE)
        if member.inhabitants
        else None,
        change=change,
        change_percent=half_up(100 * Fraction(change) / Fraction(today), places=1)
        if today
        else None,
    )
