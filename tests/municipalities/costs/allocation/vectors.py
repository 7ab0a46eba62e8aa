"""Værnesregionen's municipalities, and keys as short as they are said."""

from decimal import Decimal
from fractions import Fraction

from municipalities.costs.allocation.allocating import allocate
from municipalities.costs.allocation.keys import Bound, BoundUnit, Key, Part, PartKind
from municipalities.costs.allocation.members import Member, Segment

STJORDAL = Member("5035", "Stjørdal", is_host=True, inhabitants=24717)
SELBU = Member("5032", "Selbu", inhabitants=4216)
MERAKER = Member("5034", "Meråker", inhabitants=2454)
TYDAL = Member("5033", "Tydal", inhabitants=773)
MEMBERS = (STJORDAL, SELBU, MERAKER, TYDAL)
TEN_MILLION = Decimal(10_000_000)


def part(kind, percent, **fixed):
    return Part(PartKind(kind), Decimal(percent), {code: Decimal(p) for code, p in fixed.items()})


def key(*, capital=(), **percents):
    """key(equal=10, population=90): the parts by kind; the rest are fields of Key."""
    fields = {name: percents.pop(name) for name in ("floor", "cap", "unit") if name in percents}
    parts = [part(kind, percent) for kind, percent in percents.items()]
    return Key(parts=parts, capital_parts=capital, **fields)


def nok(value):
    return Bound(BoundUnit.NOK, Decimal(value))


def percent(value):
    return Bound(BoundUnit.PERCENT, Decimal(value))


def per_inhabitant(value):
    return Bound(BoundUnit.NOK_PER_INHABITANT, Decimal(value))


def shared(key, *, amount=TEN_MILLION, members=MEMBERS, capital=0):
    """A whole year by one key."""
    return allocate(
        amount=Decimal(amount), capital=Decimal(capital), segments=[Segment(key, members)]
    )


def amounts(allocation):
    return {line.name: line.amount for line in allocation.lines}


def exact(allocation):
    return {line.code: line.exact for line in allocation.lines}


def parts_of_year(*segments):
    """Each a key, its members and how many months."""
    return [Segment(key, members, Fraction(months, 12)) for key, members, months in segments]
