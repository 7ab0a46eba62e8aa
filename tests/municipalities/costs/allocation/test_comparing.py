"""Keys side by side, before the councils vote."""

from dataclasses import replace
from decimal import Decimal

import pytest

from legevakt.lib.money import Unit
from municipalities.costs.allocation.comparing import compare, equal_population_range
from municipalities.costs.allocation.errors import KeyUnknown, SharesMiss100, UnitsDiffer
from municipalities.costs.allocation.members import Member
from tests.municipalities.costs.allocation.vectors import (
    MEMBERS,
    TEN_MILLION,
    key,
    nok,
    part,
)

TODAY, TOMORROW = key(equal=10, population=90), key(equal=20, population=80)


def compared(**keys):
    return compare(amount=TEN_MILLION, members=MEMBERS, keys=keys, today="today")


def row(comparison, name):
    return next(row for row in comparison.rows if row.member.name == name)


def test_another_key_is_compared_with_todays():
    comparison = compared(today=TODAY, proposed=TOMORROW)

    tydal = row(comparison, "Tydal").cells["proposed"]
    assert comparison.keys == ("today", "proposed")
    assert (tydal.amount, tydal.change) == (692_289, 225_965)
    assert str(tydal.per_inhabitant) == "895.59"
    assert str(tydal.change_percent) == "48.5"


def test_what_one_gains_the_others_bear():
    comparison = compared(today=TODAY, proposed=TOMORROW)

    assert sum(row.cells["proposed"].change for row in comparison.rows) == 0
    assert [row.member.code for row in comparison.rows] == sorted(m.code for m in MEMBERS)


def test_todays_key_is_no_change_from_itself():
    cells = [row.cells["today"] for row in compared(today=TODAY).rows]

    assert {(cell.change, cell.change_percent) for cell in cells} == {(0, 0)}


def test_from_0_100_to_50_50_at_a_glance():
    comparison = equal_population_range(amount=TEN_MILLION, members=MEMBERS, like=TODAY)

    tydal, stjordal = row(comparison, "Tydal"), row(comparison, "Stjørdal")
    assert comparison.keys == ("0/100", "10/90", "20/80", "30/70", "40/60", "50/50")
    assert [cell.amount for cell in tydal.cells.values()] == [
        240_361,
        466_324,
        692_289,
        918_252,
        1_144_216,
        1_370_180,
    ]
    assert (tydal.smallest, tydal.largest, str(tydal.times)) == ("0/100", "50/50", "5.7")
    assert (stjordal.smallest, stjordal.largest) == ("50/50", "0/100")


def test_the_range_keeps_the_rest_of_the_key():
    like = replace(TODAY, cap=nok(6_000_000), capital_parts=[part("equal", 100)], unit=Unit.ORE)

    comparison = equal_population_range(
        amount=TEN_MILLION, members=MEMBERS, like=like, capital=Decimal(400_000)
    )

    stjordal, tydal = row(comparison, "Stjørdal"), row(comparison, "Tydal")
    assert {str(stjordal.cells[name].amount) for name in ("0/100", "10/90", "20/80")} == {
        "6000000.00"
    }
    assert tydal.cells["50/50"].amount > 100_000
    assert comparison.unit is Unit.ORE


def test_without_inhabitants_or_an_amount_today_there_is_nothing_to_divide_by():
    used = [Member("a", "A", usage=Decimal(0)), Member("b", "B", usage=Decimal(4))]

    comparison = compare(
        amount=Decimal(100),
        members=used,
        keys={"usage": key(usage=100), "equal": key(equal=100)},
        today="usage",
    )

    unused = comparison.rows[0]
    assert (unused.cells["equal"].change, unused.cells["equal"].change_percent) == (50, None)
    assert unused.cells["equal"].per_inhabitant is None
    assert unused.times is None


def test_todays_key_must_be_among_them():
    with pytest.raises(KeyUnknown, match="key=today"):
        compared(proposed=TOMORROW)


def test_keys_in_kroner_and_in_ore_are_not_compared():
    with pytest.raises(UnitsDiffer):
        compared(today=TODAY, proposed=replace(TOMORROW, unit=Unit.ORE))


def test_a_key_that_cannot_share_is_refused():
    with pytest.raises(SharesMiss100):
        compared(today=TODAY, proposed=key(equal=10))
