"""Those who share, and the part of a year in which they are the same under the same key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from municipalities.costs.allocation.errors import (
    MemberTwice,
    NoInhabitants,
    NoMembers,
    UnitsDiffer,
    WeightsMissOne,
)
from municipalities.costs.allocation.keys import Key, check


@dataclass(frozen=True)
class Member:
    """A municipality, or the part of it that shares; `code` is its number.

    `usage` is what it used in calls or consultations; a Fraction where it is a mean of years.
    """

    code: str
    name: str
    is_host: bool = False
    inhabitants: int | None = None
    usage: Decimal | Fraction | None = None


@dataclass(frozen=True)
class Segment:
    """The members share `weight` (0–1) of the year's amount by the key."""

    key: Key
    members: Sequence[Member]
    weight: Fraction = Fraction(1)


def inhabitants_of(member: Member) -> int:
    """How many live there; raises NoInhabitants where that is unknown, or none."""
    if member.inhabitants is None or member.inhabitants < 1:
        raise NoInhabitants(member=member.code)
    return member.inhabitants


def check_segments(segments: Sequence[Segment]) -> None:
    """Raise CannotAllocate where the segments are not the whole of a year that can be shared."""
    if not segments:
        raise NoMembers
    for segment in segments:
        check(segment.key)
        _check_members(segment.members)
    units = {segment.key.unit for segment in segments}
    if len(units) > 1:
        raise UnitsDiffer(units=sorted(units))
    total = sum((segment.weight for segment in segments), Fraction(0))
    if total != 1:
        raise WeightsMissOne(total=total)


def _check_members(members: Sequence[Member]) -> None:
    if not members:
        raise NoMembers
    code, times = Counter(member.code for member in members).most_common(1)[0]
    if times > 1:
        raise MemberTwice(member=code)
