"""Amounts: read, rounded, and divided so that nothing is lost."""

import doctest
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legevakt.lib import money
from legevakt.lib.money import (
    AmountError,
    Unit,
    half_up,
    instalments,
    largest_remainder,
    parsed,
    rounded,
)

UNITS = st.sampled_from(Unit)
FEW = settings(max_examples=60, deadline=None)
STEP = {Unit.KRONE: Decimal(1), Unit.ORE: Decimal("0.01")}


def test_the_examples_hold():
    assert doctest.testmod(money).failed == 0


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234567", "1234567"),
        ("1 234 567,50", "1234567.50"),
        ("1\u00a0234\u00a0567,5", "1234567.5"),
        ("1\u202f234", "1234"),
        ("1234567.50", "1234567.50"),
        (" 0,05 ", "0.05"),
        ("−5", "-5"),
        ("-1\u00a0000,00", "-1000.00"),
        ("– 5", "-5"),
        ("+5", "5"),
        ("kr 250,-", "250"),
        ("250,– KR", "250"),
        ("kr. −250", "-250"),
    ],
)
def test_norwegian_and_plain_amounts_are_read(text, amount):
    assert parsed(text) == Decimal(amount)
    assert str(parsed(text)) == amount


@pytest.mark.parametrize(
    "text", ["1.234", "1,234", "1.234,50 kr", "1,234.50", "1.234.567", "1 234.567", "−12,345"]
)
def test_what_may_be_thousands_is_not_guessed(text):
    with pytest.raises(AmountError) as refused:
        parsed(text)

    assert (refused.value.code, refused.value.given) == ("ambiguous", text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kr",
        "1 23",
        "12 34 567",
        "1e5",
        "NaN",
        "٣",
        "1,2345",
        "--5",
        "5 kroner",
        "(5)",
        "5-",
        "9" * 16,
    ],
)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(AmountError) as refused:
        parsed(text)

    assert refused.value.code == "not_an_amount"


@given(
    st.decimals(min_value=-(10**12), max_value=10**12, places=2), st.sampled_from(" \u00a0\u202f")
)
def test_what_is_written_the_norwegian_way_is_read_again(amount, blank):
    written = f"{amount:,f}".replace(",", blank).replace(".", ",").replace("-", "−")

    assert parsed(written) == amount


@pytest.mark.parametrize(
    ("amount", "unit", "to"),
    [
        (Decimal("0.5"), Unit.KRONE, "1"),
        (Decimal("2.5"), Unit.KRONE, "3"),
        (Decimal("-2.5"), Unit.KRONE, "-3"),
        (Decimal("2.4999"), Unit.KRONE, "2"),
        (Decimal("0.005"), Unit.ORE, "0.01"),
        (Fraction(200, 3), Unit.ORE, "66.67"),
        (Fraction(-1, 3), Unit.KRONE, "0"),
        (Decimal("12345678901234567890123456789012345.5"), Unit.KRONE, "1234567890" * 3 + "12346"),
    ],
)
def test_halves_are_rounded_away_from_zero(amount, unit, to):
    assert str(rounded(amount, unit)) == to


def test_percent_is_rounded_to_one_decimal():
    assert str(half_up(Fraction(-1, 20), places=1)) == "-0.1"


def test_of_equal_remainders_the_first_name_gets_the_krone():
    shares = {"b": Fraction(1, 2), "a": Fraction(1, 2)}

    assert largest_remainder(total=Decimal(1), shares=shares, unit=Unit.KRONE) == {"a": 1, "b": 0}


def test_a_credit_is_divided_too():
    shares = {"a": Fraction(-20, 3), "b": Fraction(-10, 3)}

    divided = largest_remainder(total=Decimal(-10), shares=shares, unit=Unit.ORE)

    assert divided == {"a": Decimal("-6.67"), "b": Decimal("-3.33")}


def test_shares_must_sum_to_the_total():
    with pytest.raises(AmountError, match="shares_miss_total"):
        largest_remainder(total=Decimal(10), shares={"a": Fraction(9)}, unit=Unit.KRONE)


def test_a_total_of_parts_of_a_unit_is_not_divided():
    total = Decimal("10.50")

    with pytest.raises(AmountError, match="not_whole"):
        largest_remainder(total=total, shares={"a": Fraction(total)}, unit=Unit.KRONE)
    with pytest.raises(AmountError, match="not_whole"):
        instalments(total=total, count=2, unit=Unit.KRONE)


@pytest.mark.parametrize(
    ("total", "count", "parts"),
    [
        ("6648507", 4, ["1662127", "1662127", "1662127", "1662126"]),
        ("1110448", 3, ["370150", "370149", "370149"]),
        ("2", 3, ["1", "1", "0"]),
    ],
)
def test_the_first_instalments_are_larger(total, count, parts):
    paid = instalments(total=Decimal(total), count=count, unit=Unit.KRONE)

    assert [str(each) for each in paid] == parts


def test_there_must_be_an_instalment():
    with pytest.raises(AmountError, match="no_instalments"):
        instalments(total=Decimal(1), count=0, unit=Unit.KRONE)


@FEW
@given(st.integers(-(10**12), 10**12), st.integers(1, 24), UNITS)
def test_instalments_sum_and_differ_by_at_most_a_unit(units, count, unit):
    total = units * STEP[unit]

    paid = instalments(total=total, count=count, unit=unit)

    assert sum(paid) == total
    assert paid == sorted(paid, reverse=True)
    assert paid[0] - paid[-1] in (0, STEP[unit])


@FEW
@given(st.data(), st.integers(-(10**9), 10**9), UNITS)
def test_the_units_sum_and_none_is_a_unit_away_from_its_share(data, units, unit):
    total = units * STEP[unit]
    weights = data.draw(st.lists(st.integers(1, 10**6), min_size=1, max_size=8))
    shares = {
        f"{place}": Fraction(total) * weight / sum(weights) for place, weight in enumerate(weights)
    }

    divided = largest_remainder(total=total, shares=shares, unit=unit)

    assert sum(divided.values()) == total
    assert all(abs(Fraction(divided[name]) - shares[name]) < STEP[unit] for name in shares)
    backwards = dict(reversed(shares.items()))
    assert largest_remainder(total=total, shares=backwards, unit=unit) == divided
    assert divided == one_at_a_time(total=total, shares=shares, step=Fraction(STEP[unit]))


def one_at_a_time(*, total, shares, step):
    """The second way: a unit at a time to the one that lacks most."""
    given_out = {name: share // step * step for name, share in sorted(shares.items())}
    while sum(given_out.values()) < total:
        lacking = max(given_out, key=lambda name: shares[name] - given_out[name])
        given_out[lacking] += step
    return given_out
