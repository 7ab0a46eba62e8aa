"""A line's arithmetic in figures that add up as they are printed."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from legevakt.lib.money import Unit
from municipalities.costs.allocation.allocating import allocate
from municipalities.costs.allocation.explaining import ByPart, arithmetic, summary
from municipalities.costs.allocation.keys import PartKind
from tests.municipalities.costs.allocation.vectors import (
    MEMBERS,
    SELBU,
    TYDAL,
    key,
    nok,
    part,
    parts_of_year,
    shared,
)


def line_of(allocation, name):
    return next(line for line in allocation.lines if line.name == name)


def test_a_step_is_printed_as_it_is_reckoned():
    tydal = line_of(shared(key(equal=10, population=90)), "Tydal")

    told = arithmetic(tydal.steps[1])

    assert [str(each) for each in (told.percent, told.of, told.basis, told.bases)] == [
        "90",
        "10000000",
        "773",
        "32160",
    ]
    assert str(told.amount) == "216324.63"


def test_a_third_of_a_year_and_a_mean_of_years_have_two_decimals():
    used = [replace(TYDAL, usage=Fraction(100, 3)), replace(SELBU, usage=Decimal(100))]
    by_key = key(usage=100)
    year = parts_of_year((by_key, used, 4), (by_key, used, 8))

    told = arithmetic(line_of(allocate(amount=Decimal(1_000), segments=year), "Tydal").steps[0])

    assert [str(each) for each in (told.of, told.basis, told.bases, told.amount)] == [
        "333.33",
        "33.33",
        "133.33",
        "83.33",
    ]
    assert told.weight == Fraction(1, 3)


def test_the_parts_and_the_rounding_are_the_amount():
    told = summary(line_of(shared(key(equal=10, population=90)), "Tydal"))

    assert told.parts == (
        ByPart(PartKind.EQUAL, is_capital=False, amount=Decimal("250000.00")),
        ByPart(PartKind.POPULATION, is_capital=False, amount=Decimal("216324.63")),
    )
    assert (told.bounds, told.rounding, told.amount) == (0, Decimal("-0.63"), 466_324)


def test_what_a_cap_spares_is_told():
    told = summary(line_of(shared(key(population=100, cap=nok(7_000_000))), "Stjørdal"))

    assert (told.bounds, told.amount) == (Decimal("-685634.33"), 7_000_000)


def test_parts_that_bear_nothing_are_left_out():
    told = summary(line_of(shared(key(host=5, equal=95)), "Tydal"))

    assert [each.kind for each in told.parts] == ["equal"]


def test_a_kind_of_part_is_summed_over_the_year_and_capital_comes_last():
    by_key = key(equal=100, capital=[part("equal", 100)])
    year = parts_of_year((by_key, [SELBU], 6), (by_key, [SELBU, TYDAL], 6))

    allocation = allocate(amount=Decimal(1_000), capital=Decimal(200), segments=year)

    assert [(p.is_capital, p.amount) for p in summary(line_of(allocation, "Selbu")).parts] == [
        (False, 600),
        (True, 150),
    ]


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 10**9), st.integers(0, 100), st.sampled_from(Unit))
def test_what_is_printed_adds_up(amount, equal, unit):
    by_key = key(equal=equal, population=100 - equal, floor=nok(amount // 9), unit=unit)

    for line in shared(by_key, amount=amount, members=MEMBERS).lines:
        told = summary(line)
        assert sum(p.amount for p in told.parts) + told.bounds + told.rounding == line.amount
        assert abs(told.rounding) <= Decimal("1.02")
