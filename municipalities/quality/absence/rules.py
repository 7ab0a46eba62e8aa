"""Sickness absence in per cent, and what of it may be shown of small units. No Django here.

Of a unit with few employees a percentage can tell who was ill (cooperation.md section 5). Its own
figures are hidden, and so much more that nobody can find them by subtraction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from legevakt.lib.money import half_up

LEAST_SHOWN = 5
"""With fewer employees each knows who the percentage is about: the usual limit of small cells."""
LEAST_SPLIT = 20
"""Few are ill for long at a time: of fewer than twenty, long absence is often one person's."""
REPORTED_WITHIN = timedelta(days=45)


class Hidden(StrEnum):
    """Why a figure is not shown."""

    SMALL = "small"  # the unit has too few employees
    PROTECTS = "protects"  # with it, a hidden one could be computed


@dataclass(frozen=True, kw_only=True)
class UnitFigures:
    """Days of a unit in a quarter; short and long are both told or neither."""

    unit: str
    employees: int
    agreed: Decimal
    certified: Decimal
    self_certified: Decimal
    short: Decimal | None = None
    long: Decimal | None = None

    @property
    def lost(self) -> Decimal:
        """Certified and self-certified together."""
        return self.certified + self.self_certified


@dataclass(frozen=True, kw_only=True)
class Shares:
    """Per cent of the agreed days, one decimal, of what may be shown; None is not shown or told.

    `hidden` is why nothing is shown, `split_hidden` why short and long are not.
    """

    unit: str
    employees: int
    total: Decimal | None = None
    certified: Decimal | None = None
    self_certified: Decimal | None = None
    short: Decimal | None = None
    long: Decimal | None = None
    hidden: Hidden | None = None
    split_hidden: Hidden | None = None


@dataclass(frozen=True)
class ShownQuarter:
    """The units as they may be shown, and all of them together."""

    units: tuple[Shares, ...]
    together: Shares


def percent_of(part: Decimal, whole: Decimal) -> Decimal:
    """Exact, then one decimal with halves up.

    >>> percent_of(Decimal(140), Decimal(2000)), percent_of(Decimal(1), Decimal(2000))
    (Decimal('7.0'), Decimal('0.1'))
    """
    return half_up(Fraction(part) * 100 / Fraction(whole), places=1)


def shown(units: Sequence[UnitFigures]) -> ShownQuarter:
    """What of a quarter may be shown: by 5 employees at all, by 20 with the split.

    >>> def of(name, employees):
    ...     days = Decimal(employees * 50)
    ...     return UnitFigures(
    ...         unit=name, employees=employees, agreed=days, certified=days / 20,
    ...         self_certified=days / 50,
    ...     )
    >>> found = shown([of("A", 40), of("B", 12), of("C", 3)])
    >>> [(each.unit, each.total, each.hidden) for each in found.units]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('A', Decimal('7.0'), None), ('B', None, <Hidden.PROTECTS: 'protects'>),
     ('C', None, <Hidden.SMALL: 'small'>)]
    >>> found.together.total
    Decimal('7.0')
    """
    hidden = _hidden(units, least=LEAST_SHOWN, also=frozenset())
    split = _hidden(units, least=LEAST_SPLIT, also=hidden)
    is_split = all(each.short is not None for each in units)
    is_sum_hidden = bool(hidden) and _tells(_at(hidden, units))
    is_split_hidden = is_sum_hidden or (bool(split) and _split_tells(units, split, hidden))
    return ShownQuarter(
        tuple(
            _shares(
                each,
                hidden=_why(place, each, hidden, least=LEAST_SHOWN),
                split_hidden=_why(place, each, split, least=LEAST_SPLIT),
                has_split=each.short is not None,
            )
            for place, each in enumerate(units)
        ),
        _shares(
            _summed(units),
            hidden=Hidden.PROTECTS if is_sum_hidden else None,
            split_hidden=Hidden.PROTECTS if is_split_hidden else None,
            has_split=is_split,
        ),
    )


def asked_for_by(today: date) -> tuple[int, int, date]:
    """Year and number of the latest quarter that should be reported by now, and by when.

    >>> asked_for_by(date(2025, 11, 14)), asked_for_by(date(2025, 11, 15))[:2]
    ((2025, 2, datetime.date(2025, 8, 14)), (2025, 3))
    """
    year, quarter = before(*quarter_of(today))
    while (due := _due(year, quarter)) >= today:
        year, quarter = before(year, quarter)
    return year, quarter, due


def quarter_of(day: date) -> tuple[int, int]:
    """Year and number of the quarter that the day is in."""
    return day.year, (day.month + 2) // 3


def before(year: int, quarter: int) -> tuple[int, int]:
    """The quarter before."""
    return (year, quarter - 1) if quarter > 1 else (year - 1, 4)


def starts(year: int, quarter: int) -> date:
    """The first day of the quarter."""
    return date(year, quarter * 3 - 2, 1)


def ends(year: int, quarter: int) -> date:
    """The day after the last of the quarter."""
    return starts(year, quarter + 1) if quarter < 4 else date(year + 1, 1, 1)


def _hidden(units: Sequence[UnitFigures], *, least: int, also: frozenset[int]) -> frozenset[int]:
    """The places of small units, and of as many more, the smallest first, as hide them.

    The sum less what is shown is the sum of the hidden ones, so that they must be two or more,
    and together no small unit. Absence decides nothing here: what is hidden would tell of it.
    """
    hidden = _below(units, least) | also
    others = sorted(
        set(range(len(units))) - hidden, key=lambda place: (units[place].employees, place)
    )
    while hidden and others and _are_few(_at(hidden, units), least=least):
        hidden |= {others.pop(0)}
    return hidden


def _are_few(group: Sequence[UnitFigures], *, least: int) -> bool:
    return len(group) < 2 or sum(each.employees for each in group) < least


def _tells(group: Sequence[UnitFigures]) -> bool:
    """Whether the sum of hidden units tells of one: they are few, or it is nothing or all."""
    certified = sum(each.certified for each in group)
    self_certified = sum(each.self_certified for each in group)
    is_all = certified + self_certified >= sum(each.agreed for each in group)
    return _are_few(group, least=LEAST_SHOWN) or not certified or not self_certified or is_all


def _split_tells(
    units: Sequence[UnitFigures], split: frozenset[int], hidden: frozenset[int]
) -> bool:
    """The same of short and long absence; who is shown to have had none has no split to hide."""
    group = _at(split, units)
    short = sum(each.short or 0 for each in group)
    long = sum(each.long or 0 for each in group)
    with_split = sum(units[place].lost > 0 for place in split - hidden) + len(hidden)
    return _are_few(group, least=LEAST_SPLIT) or with_split < 2 or not short or not long


def _at(places: frozenset[int], units: Sequence[UnitFigures]) -> list[UnitFigures]:
    return [units[place] for place in places]


def _below(units: Sequence[UnitFigures], least: int) -> frozenset[int]:
    return frozenset(place for place, each in enumerate(units) if each.employees < least)


def _why(place: int, unit: UnitFigures, hidden: frozenset[int], *, least: int) -> Hidden | None:
    if place not in hidden:
        return None
    return Hidden.SMALL if unit.employees < least else Hidden.PROTECTS


def _shares(
    unit: UnitFigures, *, hidden: Hidden | None, split_hidden: Hidden | None, has_split: bool
) -> Shares:
    known: dict[str, Any] = {"unit": unit.unit, "employees": unit.employees}
    if hidden:
        return Shares(**known, hidden=hidden, split_hidden=split_hidden or hidden)
    is_split = has_split and not split_hidden
    return Shares(
        **known,
        total=percent_of(unit.lost, unit.agreed),
        certified=percent_of(unit.certified, unit.agreed),
        self_certified=percent_of(unit.self_certified, unit.agreed),
        short=percent_of(unit.short or Decimal(0), unit.agreed) if is_split else None,
        long=percent_of(unit.long or Decimal(0), unit.agreed) if is_split else None,
        split_hidden=split_hidden if has_split else None,
    )


def _summed(units: Sequence[UnitFigures]) -> UnitFigures:
    def of(name: str) -> Decimal:
        return sum((getattr(each, name) or Decimal(0) for each in units), Decimal(0))

    return UnitFigures(
        unit="",
        employees=sum(each.employees for each in units),
        agreed=of("agreed"),
        certified=of("certified"),
        self_certified=of("self_certified"),
        short=of("short"),
        long=of("long"),
    )


def _due(year: int, quarter: int) -> date:
    return ends(year, quarter) - timedelta(days=1) + REPORTED_WITHIN
