"""One part of a key: what each municipality counts for in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from municipalities.costs.allocation.errors import (
    FixedPercentOfUnknown,
    NegativeUsage,
    NoHost,
    NoUsage,
    NoUsageOfMember,
    TwoHosts,
)
from municipalities.costs.allocation.keys import Part, PartKind
from municipalities.costs.allocation.members import Member, inhabitants_of

Bases = dict[str, Fraction]


def bases(part: Part, members: Sequence[Member]) -> Bases:
    """What each counts for, by code: of the part it bears its basis over the sum of them all.

    Raises CannotAllocate where a basis is missing, or where all are 0.

    >>> bases(Part(PartKind.POPULATION, 90), [Member("4633", "Fedje", inhabitants=500)])
    {'4633': Fraction(500, 1)}
    """
    if part.kind is PartKind.FIXED:
        return _fixed(part, members)
    return COUNTED[part.kind](members)


def _fixed(part: Part, members: Sequence[Member]) -> Bases:
    codes = [member.code for member in members]
    for code in part.fixed:
        if code not in codes:
            raise FixedPercentOfUnknown(member=code)
    return {code: Fraction(part.fixed.get(code, 0)) for code in codes}


def _equal(members: Sequence[Member]) -> Bases:
    return {member.code: Fraction(1) for member in members}


def _population(members: Sequence[Member]) -> Bases:
    return {member.code: Fraction(inhabitants_of(member)) for member in members}


def _usage(members: Sequence[Member]) -> Bases:
    used = {member.code: _used(member) for member in members}
    if not any(used.values()):
        raise NoUsage
    return used


def _used(member: Member) -> Fraction:
    if member.usage is None:
        raise NoUsageOfMember(member=member.code)
    if member.usage < 0:
        raise NegativeUsage(member=member.code, usage=member.usage)
    return Fraction(member.usage)


def _host(members: Sequence[Member]) -> Bases:
    hosts = [member.code for member in members if member.is_host]
    if not hosts:
        raise NoHost
    if len(hosts) > 1:
        raise TwoHosts(members=sorted(hosts))
    return {member.code: Fraction(member.is_host) for member in members}


COUNTED: Mapping[PartKind, Callable[[Sequence[Member]], Bases]] = {
    PartKind.EQUAL: _equal,
    PartKind.POPULATION: _population,
    PartKind.USAGE: _usage,
    PartKind.HOST: _host,
}
