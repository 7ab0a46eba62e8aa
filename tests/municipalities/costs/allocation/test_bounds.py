"""Floors and caps: the others bear what one is spared, and keep their proportions."""

import doctest
from decimal import Decimal
from fractions import Fraction

import pytest

from municipalities.costs.allocation import bounds
from municipalities.costs.allocation.allocating import allocate
from municipalities.costs.allocation.bounds import Limits, factor
from municipalities.costs.allocation.errors import CapsFallShort, FloorsExceed
from municipalities.costs.allocation.members import Member
from tests.municipalities.costs.allocation.vectors import (
    amounts,
    exact,
    key,
    nok,
    part,
    parts_of_year,
    per_inhabitant,
    percent,
    shared,
)

LARGE = Member("a", "large", is_host=True, inhabitants=60)
MIDDLE = Member("b", "middle", inhabitants=30)
SMALL = Member("c", "small", inhabitants=10)
THREE = [LARGE, MIDDLE, SMALL]


def test_the_example_holds():
    assert doctest.testmod(bounds).failed == 0


@pytest.mark.parametrize(
    ("bound", "paid"),
    [
        ({}, (600, 300, 100)),
        ({"cap": nok(500)}, (500, 375, 125)),
        ({"cap": percent(50)}, (500, 375, 125)),
        ({"floor": nok(190)}, (540, 270, 190)),
        ({"floor": per_inhabitant(1)}, (600, 300, 100)),
        ({"cap": per_inhabitant(10)}, (600, 300, 100)),
        ({"floor": nok(145), "cap": nok(500)}, (500, 355, 145)),
        ({"floor": nok(300), "cap": nok(400)}, (400, 300, 300)),
    ],
)
def test_who_is_at_a_bound_pays_just_that(bound, paid):
    allocation = shared(key(population=100, **bound), amount=1_000, members=THREE)

    assert tuple(line.amount for line in allocation.lines) == paid


def test_a_cap_in_kroner_per_inhabitant_spares_the_small_of_an_equal_key():
    by_key = key(equal=100, cap=per_inhabitant(11))

    allocation = shared(by_key, amount=1_000, members=THREE)

    assert amounts(allocation) == {"large": 560, "middle": 330, "small": 110}


def test_bounds_are_whole_kroner_the_floor_up_and_the_cap_down():
    capped = shared(key(population=100, cap=nok("500.99")), amount=1_000, members=THREE)
    floored = shared(key(population=100, floor=nok("189.01")), amount=1_000, members=THREE)

    assert capped.lines[0].exact == 500
    assert floored.lines[2].exact == 190


def test_who_bears_nothing_by_the_parts_still_pays_the_floor():
    allocation = shared(key(host=100, floor=nok(50)), amount=1_000, members=THREE)

    assert amounts(allocation) == {"large": 900, "middle": 50, "small": 50}


def test_a_cap_on_the_host_cannot_be_borne_by_those_who_bear_nothing():
    with pytest.raises(CapsFallShort, match="reach=800"):
        shared(key(host=100, cap=nok(800)), amount=1_000, members=THREE)


def test_bounds_are_of_the_whole_with_its_capital():
    by_key = key(population=100, capital=[part("equal", 100)], cap=percent(50))

    allocation = shared(by_key, amount=1_000, capital=300, members=THREE)

    before = {line.name: line.adjustments[0].before for line in allocation.lines}
    assert before == {"large": 520, "middle": 310, "small": 170}
    assert exact(allocation) == {
        "a": 500,
        "b": Fraction(500 * 310, 480),
        "c": Fraction(500 * 170, 480),
    }


def test_what_a_bound_does_to_each_is_told():
    allocation = shared(key(population=100, cap=nok(500)), amount=1_000, members=THREE)

    large, middle, _ = (line.adjustments[0] for line in allocation.lines)

    assert (large.before, large.factor, large.side, large.after) == (
        600,
        Fraction(5, 4),
        "cap",
        500,
    )
    assert (middle.before, middle.side, middle.after, middle.change) == (300, None, 375, 75)
    assert sum(line.adjustments[0].change for line in allocation.lines) == 0


def test_bounds_that_change_nothing_are_not_told():
    allocation = shared(key(population=100, cap=nok(600)), amount=1_000, members=THREE)

    assert all(line.adjustments == () for line in allocation.lines)


def test_half_a_year_takes_half_of_a_floor():
    by_key = key(population=100, floor=nok(190))
    year = parts_of_year((by_key, [LARGE, MIDDLE], 6), (by_key, THREE, 6))

    allocation = allocate(amount=Decimal(1_000), segments=year)

    assert amounts(allocation)["small"] == 95


@pytest.mark.parametrize(
    ("floor", "cap", "multiple"), [(0, None, 1), (50, None, 0), (0, 50, 1), (20, 60, 1)]
)
def test_floors_or_caps_may_sum_to_just_the_amount(floor, cap, multiple):
    limit = Limits(Fraction(floor), None if cap is None else Fraction(cap))

    shares = {"a": Fraction(50), "b": Fraction(50)}

    assert factor(shares=shares, limits={"a": limit, "b": limit}) == multiple


def test_floors_above_the_amount_are_refused():
    limits = dict.fromkeys("ab", Limits(Fraction(51)))

    with pytest.raises(FloorsExceed, match="floors=102, amount=100"):
        factor(shares=dict.fromkeys("ab", Fraction(50)), limits=limits)
