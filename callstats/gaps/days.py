"""Which kind of day a date is in Norway, as the phones feel it: when the doctors' offices are shut.

Public holidays are those of the library `holidays` (lov om helligdager og helligdagsfred § 2, and
lov om 1 og 17 mai). Two decisions beyond it: Christmas Eve and New Year's Eve are working days by
law, but the offices shut and the phones feel it, so they belong to their holidays; and Easter
Saturday lies between two holidays and is of Easter. Sundays are public holidays by law, but here
a kind of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from holidays import country_holidays

from callstats.gaps.rules import Counts, regrouped
from callstats.indicators.uncertainty import is_small


class Kind(StrEnum):
    """Each date is of one kind."""

    WORKING_DAY = "working_day"
    SATURDAY = "saturday"
    SUNDAY = "sunday"
    EASTER = "easter"
    PENTECOST = "pentecost"
    CHRISTMAS = "christmas"
    NEW_YEAR = "new_year"
    LABOUR_DAY = "labour_day"
    CONSTITUTION_DAY = "constitution_day"
    ASCENSION_DAY = "ascension_day"
    OTHER_HOLIDAYS = "other_holidays"


# Where two fall on one date, the first of them counts.
KINDS = {
    "Constitution Day": Kind.CONSTITUTION_DAY,
    "Labor Day": Kind.LABOUR_DAY,
    "Ascension Day": Kind.ASCENSION_DAY,
    "Maundy Thursday": Kind.EASTER,
    "Good Friday": Kind.EASTER,
    "Easter Sunday": Kind.EASTER,
    "Easter Monday": Kind.EASTER,
    "Pentecost": Kind.PENTECOST,
    "Pentecost Monday": Kind.PENTECOST,
    "Christmas Day": Kind.CHRISTMAS,
    "Second Day of Christmas": Kind.CHRISTMAS,
    "New Year's Day": Kind.NEW_YEAR,
}
EVES = {(12, 24): Kind.CHRISTMAS, (12, 31): Kind.NEW_YEAR}
WEEKEND = {6: Kind.SATURDAY, 7: Kind.SUNDAY}
HOLIDAYS = frozenset(KINDS.values())


def kind_of_day(day: date) -> Kind:
    """The holiday it is part of, or else Sunday, Saturday or a working day.

    >>> kind_of_day(date(2025, 12, 24)), kind_of_day(date(2025, 4, 19))
    (<Kind.CHRISTMAS: 'christmas'>, <Kind.EASTER: 'easter'>)
    """
    holidays = _holidays(day.year)
    before_easter = holidays.get(day + timedelta(days=1)) == Kind.EASTER
    if day in holidays:
        return holidays[day]
    if (day.month, day.day) in EVES:
        return EVES[day.month, day.day]
    if day.isoweekday() == 6 and before_easter:
        return Kind.EASTER
    return WEEKEND.get(day.isoweekday(), Kind.WORKING_DAY)


def by_kind(cells: Mapping[date, Counts]) -> dict[Kind, Counts]:
    """The days summed by kind. Holidays of too few calls to judge are told together."""
    kinds = regrouped(cells, groups={day: kind_of_day(day) for day in cells})
    return regrouped(kinds, groups={kind: _told(kind, kinds[kind]) for kind in kinds})


def _told(kind: Kind, counts: Counts) -> Kind:
    return Kind.OTHER_HOLIDAYS if kind in HOLIDAYS and is_small(counts[1]) else kind


@cache
def _holidays(year: int) -> dict[date, Kind]:
    found = country_holidays("NO", years=year, expand=False, language="en_US")
    return {day: _first_of(names.split("; ")) for day, names in found.items()}


def _first_of(names: list[str]) -> Kind:
    return next(kind for name, kind in KINDS.items() if name in names)
