"""Sickness absence in per cent, and what of it may be shown of small units. No Django here.

Of a unit with few employees a percentage can tell who was ill (cooperation.md section 5). Its own
figures are hidden, and so much more that nobody can find them by subtraction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

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
    hidden = _hidden(units, least=LEAST_SHOWN, also=frozenset(), is_safe=_is_safe)
    is_split = all(each.short is not None for each in units)
    if is_split:
        split = _hidden(units, least=LEAST_SPLIT, also=hidden.units, is_safe=_is_split_safe)
    else:
        split = _Hiding(units=_below(units, LEAST_SPLIT) | hidden.units, together=True)
    together = _shares(
        _summed(units),
        hidden=Hidden.PROTECTS if hidden.together else None,
        split_hidden=Hidden.PROTECTS if split.together and is_split else None,
        has_split=is_split,
    )
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
        together,
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


@dataclass(frozen=True)
class _Hiding:
    """Places of the units that are hidden, and whether the sum is."""

    units: frozenset[int]
    together: bool


def _hidden(
    units: Sequence[UnitFigures],
    *,
    least: int,
    also: frozenset[int],
    is_safe: Callable[[Sequence[UnitFigures]], bool],
) -> _Hiding:
    """The small units, and as many more, the smallest first, as what they sum to needs.

    The sum less what is shown is the sum of the hidden ones: that sum must say nothing of any of
    them. Where all are hidden and it still does, it is hidden too.
    """
    hidden = _below(units, least) | also
    others = sorted(
        set(range(len(units))) - hidden, key=lambda place: (units[place].employees, place)
    )
    while hidden and not (
        sum(units[place].employees for place in hidden) >= least
        and is_safe([units[place] for place in hidden])
    ):
        if not others:
            return _Hiding(hidden, together=True)
        hidden |= {others.pop(0)}
    return _Hiding(hidden, together=False)


def _is_safe(group: Sequence[UnitFigures]) -> bool:
    """Whether the sums of two or more say nothing of one: neither nothing nor everything."""
    agreed = sum(each.agreed for each in group)
    lost = sum(each.lost for each in group)
    parts = (sum(each.certified for each in group), sum(each.self_certified for each in group))
    return len(group) > 1 and min(parts) > 0 and lost < agreed


def _is_split_safe(group: Sequence[UnitFigures]) -> bool:
    """The same of short and long; who lost no days has no split to hide."""
    short = sum(each.short or 0 for each in group)
    long = sum(each.long or 0 for each in group)
    return sum(each.lost > 0 for each in group) > 1 and min(short, long) > 0


def _below(units: Sequence[UnitFigures], least: int) -> frozenset[int]:
    return frozenset(place for place, each in enumerate(units) if each.employees < least)


def _why(place: int, unit: UnitFigures, hiding: _Hiding, *, least: int) -> Hidden | None:
    if place not in hiding.units:
        return None
    return Hidden.SMALL if unit.employees < least else Hidden.PROTECTS


def _shares(
    unit: UnitFigures, *, hidden: Hidden | None, split_hidden: Hidden | None, has_split: bool
) -> Shares:
    known = {"unit": unit.unit, "employees": unit.employees}
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
