"""An amount is shared to the last krone; the vectors of published keys."""

import doctest
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from legevakt.lib.money import Unit, instalments, rounded
from municipalities.costs.allocation import lines, parts
from municipalities.costs.allocation.allocating import allocate
from municipalities.costs.allocation.members import Member
from tests.municipalities.costs.allocation.vectors import (
    MEMBERS,
    MERAKER,
    SELBU,
    STJORDAL,
    TEN_MILLION,
    TYDAL,
    amounts,
    key,
    part,
    parts_of_year,
    shared,
)

PUBLISHED = [
    (0, 7_685_634, 1_310_945, 763_060, 240_361),
    (10, 7_167_071, 1_429_851, 936_754, 466_324),
    (20, 6_648_507, 1_548_756, 1_110_448, 692_289),
    (30, 6_129_944, 1_667_662, 1_284_142, 918_252),
    (40, 5_611_381, 1_786_567, 1_457_836, 1_144_216),
    (50, 5_092_817, 1_905_473, 1_631_530, 1_370_180),
]


@pytest.mark.parametrize("module", [lines, parts])
def test_the_examples_hold(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(("equal", "stjordal", "selbu", "meraker", "tydal"), PUBLISHED)
def test_ten_million_by_published_keys(equal, stjordal, selbu, meraker, tydal):
    allocation = shared(key(equal=equal, population=100 - equal))

    assert amounts(allocation) == {
        "Stjørdal": stjordal,
        "Selbu": selbu,
        "Meråker": meraker,
        "Tydal": tydal,
    }
    assert sum(line.amount for line in allocation.lines) == TEN_MILLION


def test_each_part_rounded_by_itself_would_give_a_krone_too_much():
    allocation = shared(key(equal=10, population=90))

    by_part = [rounded(s.exact, Unit.KRONE) for line in allocation.lines for s in line.steps]

    assert sum(by_part) == 10_000_001
    assert sum(line.amount for line in allocation.lines) == 10_000_000
    assert amounts(allocation)["Tydal"] == 466_324


def test_the_settlement_of_a_year_by_20_80():
    by_key = key(equal=20, population=80)
    net = Decimal(12_345_678) - Decimal(1_234_567)

    settled, paid = amounts(shared(by_key, amount=net)), amounts(shared(by_key))

    assert settled == {
        "Stjørdal": 7_387_230,
        "Selbu": 1_720_840,
        "Meråker": 1_233_831,
        "Tydal": 769_210,
    }
    rest = {name: settled[name] - paid[name] for name in settled}
    assert rest == {"Stjørdal": 738_723, "Selbu": 172_084, "Meråker": 123_383, "Tydal": 76_921}
    assert sum(rest.values()) == 1_111_111


def test_the_instalments_of_a_share_sum_to_it():
    budgeted = amounts(shared(key(equal=20, population=80)))

    by_quarter = instalments(total=budgeted["Stjørdal"], count=4, unit=Unit.KRONE)
    by_tertial = instalments(total=budgeted["Meråker"], count=3, unit=Unit.KRONE)

    assert by_quarter == [1_662_127, 1_662_127, 1_662_127, 1_662_126]
    assert by_tertial == [370_150, 370_149, 370_149]


def test_the_fixed_part_of_innherred_in_2017():
    owners = [Member(name, name, inhabitants=1) for name in "FVLI"]

    allocation = shared(key(equal=30, population=70), amount=11_122_000, members=owners)

    assert {line.steps[0].exact for line in allocation.lines} == {834_150}


def test_in_ore_the_sum_is_right_to_the_ore():
    allocation = shared(key(equal=10, population=90, unit=Unit.ORE), amount="10000000.01")

    assert str(amounts(allocation)["Tydal"]) == "466324.63"
    assert sum(line.amount for line in allocation.lines) == Decimal("10000000.01")


def test_an_amount_of_parts_of_a_krone_is_rounded_first_and_said():
    allocation = shared(key(equal=100), amount="99.50")

    assert (allocation.amount, allocation.given) == (100, Decimal("99.50"))


def test_usage_is_shared_by_what_each_used():
    used = [replace(SELBU, usage=Decimal(300)), replace(TYDAL, usage=Fraction(100, 3))]

    allocation = shared(key(usage=100), amount=1_000, members=used)

    assert amounts(allocation) == {"Selbu": 900, "Tydal": 100}


def test_the_host_alone_bears_its_part():
    allocation = shared(key(host=5, equal=95), amount=8_000)

    assert amounts(allocation) == {
        "Stjørdal": 2_300,
        "Selbu": 1_900,
        "Meråker": 1_900,
        "Tydal": 1_900,
    }


def test_fixed_percents_are_of_their_part_and_who_is_not_named_pays_nothing():
    fixed = part("fixed", 40, **{"5032": 75, "5033": 25})
    by_key = replace(key(equal=60), parts=[part("equal", 60), fixed])

    allocation = shared(by_key, amount=1_000, members=[SELBU, TYDAL, MERAKER])

    assert amounts(allocation) == {"Selbu": 500, "Tydal": 300, "Meråker": 200}


def test_a_part_of_no_percent_needs_no_figures():
    nobody_counted = [Member("a", "A"), Member("b", "B")]

    allocation = shared(key(equal=100, population=0, usage=0), amount=10, members=nobody_counted)

    assert amounts(allocation) == {"A": 5, "B": 5}


def test_capital_is_shared_by_its_own_parts():
    by_key = key(population=100, capital=[part("equal", 100)])
    two = [Member("a", "A", inhabitants=3), Member("b", "B", inhabitants=1)]

    allocation = shared(by_key, amount=1_000, capital=200, members=two)

    assert amounts(allocation) == {"A": 700, "B": 300}
    assert [step.is_capital for step in allocation.lines[0].steps] == [False, True]


def test_without_parts_of_its_own_capital_is_shared_with_the_rest():
    by_key = key(population=100)

    assert amounts(shared(by_key, capital=4_000_000)) == amounts(shared(by_key))


def test_an_amount_that_is_all_capital_needs_no_figures_of_the_rest():
    by_key = key(usage=100, capital=[part("equal", 100)])

    assert amounts(shared(by_key, amount=8, capital=8))["Tydal"] == 2


def test_one_that_joins_on_1_july_pays_half_of_a_years_share():
    by_key = key(equal=100)
    year = parts_of_year((by_key, [STJORDAL], 6), (by_key, [STJORDAL, TYDAL], 6))

    allocation = allocate(amount=Decimal(1_200), segments=year)

    assert amounts(allocation) == {"Stjørdal": 900, "Tydal": 300}


def test_a_merged_municipality_pays_from_the_day_it_is():
    before = [Member("1723", "Mosvik", inhabitants=800), Member("1729", "Gamle", inhabitants=5_900)]
    after = [Member("1756", "Inderøy", inhabitants=6_700)]
    others = [Member("1719", "Levanger", inhabitants=18_300)]
    by_key = key(population=100)

    allocation = allocate(
        amount=Decimal(25_000),
        segments=parts_of_year((by_key, before + others, 3), (by_key, after + others, 9)),
    )

    assert amounts(allocation) == {
        "Mosvik": 200,
        "Gamle": 1_475,
        "Inderøy": 5_025,
        "Levanger": 18_300,
    }


def test_a_new_key_within_the_year_shares_its_months():
    year = parts_of_year((key(equal=100), MEMBERS, 4), (key(population=100), MEMBERS, 8))

    allocation = allocate(amount=TEN_MILLION, segments=year)

    assert amounts(allocation)["Tydal"] == round(Fraction(10**7) / 12 + 240_360.70 * 2 / 3)
    assert [(step.segment, step.kind) for step in allocation.lines[0].steps] == [
        (0, "equal"),
        (1, "population"),
    ]


def test_a_step_tells_all_of_its_arithmetic():
    allocation = shared(key(equal=10, population=90))

    tydal = next(line for line in allocation.lines if line.name == "Tydal")

    equally, by_inhabitants = tydal.steps
    assert (equally.basis, equally.bases, equally.exact) == (1, 4, 250_000)
    assert (by_inhabitants.percent, by_inhabitants.of) == (90, 10_000_000)
    assert (by_inhabitants.basis, by_inhabitants.bases) == (773, 32_160)
    assert rounded(by_inhabitants.exact, Unit.ORE) == Decimal("216324.63")
    assert tydal.exact == equally.exact + by_inhabitants.exact
    assert tydal.share == tydal.exact / 10_000_000
    assert not tydal.adjustments


def test_lines_come_by_code_and_a_code_finds_its_amount():
    allocation = shared(key(equal=100), amount=4)

    assert [line.code for line in allocation.lines] == ["5032", "5033", "5034", "5035"]
    assert allocation.amount_of("5033") == 1
