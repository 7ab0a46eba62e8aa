"""A year cut where somebody joins or leaves, or another key comes into force.

By months a month counts for those, and by the key, of its first day. By days every day does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import groupby, pairwise

from legevakt.lib.periods import Period
from municipalities.costs.allocation.errors import KeysOverlap, MemberTwice, NoKey, NoMembers


class By(StrEnum):
    """What is counted to find how much of the year a segment is."""

    MONTHS = "months"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Stay:
    """A municipality's time among those who share; half-open. It may leave and come back."""

    code: str
    joined: date
    left: date | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A key's time in force; half-open."""

    key_id: int
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """Days, half-open, in which the same codes share by the same key; `weight` of the year."""

    starts: date
    ends: date
    weight: Fraction
    key_id: int
    codes: tuple[str, ...]


def cut(
    *,
    year: int,
    stays: Sequence[Stay],
    keys: Sequence[Held],
    by: By,
    within: Period | None = None,
) -> list[Cut]:
    """The year's segments in order; the weights sum to 1, and codes are in order.

    `within`: the days on which the costs are had, where that is not all of the year (a service
    that starts on 1 July); the weights are of those. Raises NoKey, KeysOverlap, NoMembers or
    MemberTwice with the first days that are so, and PeriodError where nothing of the year is
    `within`.

    One who joins on 15 May shares by months from 1 June:
    >>> [(str(each.weight), each.codes) for each in cut(
    ...     year=2025,
    ...     stays=[Stay("a", date(2020, 1, 1)), Stay("b", date(2025, 5, 15))],
    ...     keys=[Held(1, date(2020, 1, 1))],
    ...     by=By.MONTHS,
    ... )]
    [('5/12', ('a',)), ('7/12', ('a', 'b'))]
    """
    days = _within(Period.year(year), within)
    pieces = list(_months(days) if by == By.MONTHS else _between(days, stays, keys))
    total = sum(_size(piece, by) for piece in pieces)
    found = [
        Cut(
            starts=piece.starts_on,
            ends=piece.ends_on,
            weight=Fraction(_size(piece, by), total),
            key_id=_key_on(piece, keys),
            codes=_codes_on(piece, stays),
        )
        for piece in pieces
    ]
    return [_joined(list(same)) for _, same in groupby(found, lambda one: (one.key_id, one.codes))]


def _joined(same: Sequence[Cut]) -> Cut:
    """Pieces that follow each other, with the same key and codes, as one."""
    weight = sum((piece.weight for piece in same), Fraction(0))
    return replace(same[0], ends=same[-1].ends, weight=weight)


def _within(year: Period, within: Period | None) -> Period:
    if within is None:
        return year
    return Period(max(year.starts_on, within.starts_on), min(year.ends_on, within.ends_on))


def _months(days: Period) -> Iterator[Period]:
    """The months, the first and the last perhaps not whole."""
    for month in Period.year(days.starts_on.year).months():
        if month.ends_on > days.starts_on and month.starts_on < days.ends_on:
            yield _within(month, days)


def _between(days: Period, stays: Sequence[Stay], keys: Sequence[Held]) -> Iterator[Period]:
    """The days between changes of any kind."""
    changes = {day for stay in stays for day in (stay.joined, stay.left)}
    changes |= {day for key in keys for day in (key.valid_from, key.valid_to)}
    inside = {day for day in changes if day is not None and day in days}
    for starts, ends in pairwise(sorted(inside | {days.starts_on, days.ends_on})):
        yield Period(starts, ends)


def _size(piece: Period, by: By) -> int:
    return 1 if by == By.MONTHS else piece.days


def _key_on(piece: Period, keys: Sequence[Held]) -> int:
    """The key in force on the piece's first day."""
    day = piece.starts_on
    found = [key.key_id for key in keys if _is_on(day, key.valid_from, key.valid_to)]
    if not found:
        raise NoKey(starts=piece.starts_on, ends=piece.ends_on)
    if len(found) > 1:
        raise KeysOverlap(starts=piece.starts_on, ends=piece.ends_on, keys=sorted(found))
    return found[0]


def _codes_on(piece: Period, stays: Sequence[Stay]) -> tuple[str, ...]:
    """Those who share on the piece's first day."""
    day = piece.starts_on
    times = Counter(stay.code for stay in stays if _is_on(day, stay.joined, stay.left))
    if not times:
        raise NoMembers(starts=piece.starts_on, ends=piece.ends_on)
    twice = sorted(code for code, count in times.items() if count > 1)
    if twice:
        raise MemberTwice(member=twice[0], starts=piece.starts_on, ends=piece.ends_on)
    return tuple(sorted(times))


def _is_on(day: date, first: date, end: date | None) -> bool:
    return first <= day and (end is None or day < end)
