"""What cannot be shared is refused by name, with the facts that tell why."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from legevakt.lib.money import Unit
from municipalities.costs.allocation import errors
from municipalities.costs.allocation.allocating import allocate
from municipalities.costs.allocation.keys import Key
from municipalities.costs.allocation.members import Member, Segment
from tests.municipalities.costs.allocation.vectors import (
    MEMBERS,
    SELBU,
    STJORDAL,
    TEN_MILLION,
    TYDAL,
    key,
    nok,
    part,
    per_inhabitant,
    percent,
    shared,
)

EQUAL = key(equal=100)
USED = [replace(member, usage=Decimal(1)) for member in MEMBERS]


def fixed(**percents):
    return Key(parts=[part("fixed", 100, **percents)])


@pytest.mark.parametrize(
    ("by_key", "how", "error", "facts"),
    [
        (EQUAL, {"amount": -1}, errors.NegativeAmount, {"amount": -1}),
        (EQUAL, {"capital": -1}, errors.NegativeAmount, {"capital": -1}),
        (EQUAL, {"amount": 0}, errors.ZeroAmount, {"amount": 0}),
        (EQUAL, {"amount": "0.49"}, errors.ZeroAmount, {"amount": Decimal("0.49")}),
        (
            EQUAL,
            {"amount": 1, "capital": 2},
            errors.CapitalLargerThanAmount,
            {"amount": 1, "capital": 2},
        ),
        (
            key(equal=10, population=80),
            {},
            errors.SharesMiss100,
            {"total": 90, "is_capital": False},
        ),
        (
            key(equal="33.33", population="66.66"),
            {},
            errors.SharesMiss100,
            {"total": Decimal("99.99"), "is_capital": False},
        ),
        (Key(parts=[]), {}, errors.SharesMiss100, {"total": 0, "is_capital": False}),
        (
            key(equal=100, capital=[part("equal", 50)]),
            {},
            errors.SharesMiss100,
            {"total": 50, "is_capital": True},
        ),
        (
            key(equal=110, population=-10),
            {},
            errors.NegativePercent,
            {"kind": "population", "percent": -10},
        ),
        (fixed(**{"5033": 90}), {}, errors.FixedPercentsMiss100, {"total": 90}),
        (
            fixed(**{"5033": 110, "5032": -10}),
            {},
            errors.NegativePercent,
            {"kind": "fixed", "percent": -10, "member": "5032"},
        ),
        (fixed(**{"0301": 100}), {}, errors.FixedPercentOfUnknown, {"member": "0301"}),
        (EQUAL, {"members": []}, errors.NoMembers, {}),
        (EQUAL, {"members": [SELBU, TYDAL, SELBU]}, errors.MemberTwice, {"member": "5032"}),
        (
            key(population=100),
            {"members": [SELBU, Member("5033", "Tydal")]},
            errors.NoInhabitants,
            {"member": "5033"},
        ),
        (
            key(population=100),
            {"members": [SELBU, replace(TYDAL, inhabitants=0)]},
            errors.NoInhabitants,
            {"member": "5033"},
        ),
        (
            key(equal=100, floor=per_inhabitant(1)),
            {"members": [Member("a", "A")]},
            errors.NoInhabitants,
            {"member": "a"},
        ),
        (key(usage=100), {}, errors.NoUsageOfMember, {"member": "5035"}),
        (
            key(usage=100),
            {"members": [replace(TYDAL, usage=Decimal(-1))]},
            errors.NegativeUsage,
            {"member": "5033", "usage": -1},
        ),
        (
            key(usage=100),
            {"members": [replace(TYDAL, usage=Decimal(0))]},
            errors.NoUsage,
            {},
        ),
        (key(host=100), {"members": [SELBU, TYDAL]}, errors.NoHost, {}),
        (
            key(host=100),
            {"members": [STJORDAL, replace(SELBU, is_host=True)]},
            errors.TwoHosts,
            {"members": ["5032", "5035"]},
        ),
        (key(equal=100, cap=nok(-1)), {}, errors.NegativeBound, {"value": -1}),
        (
            key(equal=100, floor=nok(30), cap=nok(20)),
            {"members": [TYDAL], "amount": 50},
            errors.FloorAboveCap,
            {"member": "5033", "floor": 30, "cap": 20},
        ),
        (
            key(equal=100, floor=nok(30)),
            {"members": [SELBU, TYDAL], "amount": 50},
            errors.FloorsExceed,
            {"floors": 60, "amount": 50},
        ),
        (
            key(equal=100, cap=percent(40)),
            {"members": [SELBU, TYDAL], "amount": 50},
            errors.CapsFallShort,
            {"reach": 40, "amount": 50},
        ),
    ],
)
def test_what_does_not_fit_together_is_named(by_key, how, error, facts):
    with pytest.raises(errors.CannotAllocate) as refused:
        shared(by_key, **how)

    assert type(refused.value) is error
    assert refused.value.facts == facts


def test_no_segment_is_nobody():
    with pytest.raises(errors.NoMembers):
        allocate(amount=TEN_MILLION, segments=[])


def test_segments_must_be_the_whole_year():
    half = Segment(EQUAL, MEMBERS, Fraction(1, 2))

    with pytest.raises(errors.WeightsMissOne, match="total=1/2"):
        allocate(amount=TEN_MILLION, segments=[half])


def test_a_year_is_not_shared_in_kroner_and_ore():
    in_ore = replace(EQUAL, unit=Unit.ORE)
    segments = [Segment(each, MEMBERS, Fraction(1, 2)) for each in (EQUAL, in_ore)]

    with pytest.raises(errors.UnitsDiffer, match="krone"):
        allocate(amount=TEN_MILLION, segments=segments)


def test_capital_that_is_rounded_up_with_its_amount_fits():
    by_key = key(equal=100, capital=[part("equal", 100)])

    assert shared(by_key, amount="1.40", capital="1.40", members=[TYDAL]).amount == 1
    assert shared(by_key, amount="1.50", capital="1.50", members=[TYDAL]).amount == 2


def test_every_refusal_has_a_code_of_its_own():
    found = errors.CannotAllocate.__subclasses__()

    assert len({error.code for error in found} | {"cannot_allocate"}) == len(found) + 1
