"""Funds and function 290, and what a correction claims: in plain numbers."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from municipalities.costs.settlements import rules
from municipalities.costs.settlements.computing import ComputedLine

kroner = st.decimals(min_value=0, max_value=10**9, places=2)
signed = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


@given(net=kroner, a_konto=kroner, balance=kroner)
def test_a_fund_is_never_overdrawn_and_never_takes_more_than_the_deficit(net, a_konto, balance):
    moved = rules.fund_movement(net=net, a_konto=a_konto, balance=balance)

    assert balance + moved >= 0
    if a_konto >= net:
        assert net + moved == a_konto, "all of a surplus goes into it"
    else:
        assert a_konto <= net + moved <= net


@given(net=kroner, a_konto=kroner, balance=kroner)
def test_a_fund_that_is_empty_covers_nothing(net, a_konto, balance):
    moved = rules.fund_movement(net=net, a_konto=a_konto, balance=Decimal(0))

    assert moved == max(a_konto - net, Decimal(0))


@given(
    amounts=st.lists(signed, min_size=1, max_size=6),
    paid=signed,
    overhead=kroner,
    fund=signed,
)
def test_function_290_goes_to_nought_when_all_that_is_net_is_shared(amounts, paid, overhead, fund):
    rests = {str(place): amount for place, amount in enumerate(amounts)}
    net = sum(amounts) + paid
    booked = net - overhead - fund - paid

    total = rules.sum_of_290(booked=booked, overhead=overhead, fund=fund, rests=rests)

    assert total == 0
    assert rules.is_in_order(total)


@given(sum_290=signed)
def test_the_tolerance_is_30_000_either_way(sum_290):
    assert rules.is_in_order(sum_290) == rules.is_in_order(-sum_290)
    assert rules.is_in_order(sum_290) == (-30_000 <= sum_290 <= 30_000)


def line(*, amount, a_konto, settled_before):
    return ComputedLine(
        municipality=None,
        share=Fraction(1),
        steps=[],
        amount=amount,
        a_konto=a_konto,
        paid=Decimal(0),
        settled_before=settled_before,
    )


@given(first=kroner, second=kroner, third=kroner, a_konto=kroner)
def test_corrections_and_their_original_claim_together_what_a_fresh_one_would(
    first, second, third, a_konto
):
    settled = Decimal(0)
    for amount in (first, second, third):
        settled += line(amount=amount, a_konto=a_konto, settled_before=settled).rest

    assert settled == line(amount=third, a_konto=a_konto, settled_before=Decimal(0)).rest
