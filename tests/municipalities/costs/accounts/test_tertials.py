"""Budget so far, deviation and forecast: worked vectors, properties and a second way."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from municipalities.costs.accounts.tertials import Figures, figures, is_overspent, net_of

KRONER = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


@pytest.mark.parametrize(
    ("budget", "accounts", "up_to", "so_far", "deviation", "percent", "forecast"),
    [
        ("12000000", "4300000", 4, "4000000", "300000", "7.5", "12300000"),
        ("1000", "300", 4, "333.33", "-33.33", "-10.0", "966.67"),
        ("-900", "-200", 8, "-600", "400", "66.7", "-500"),
        ("600", "610", 12, "600", "10", "1.7", "610"),
        ("0", "50", 4, "0", "50", None, "50"),
    ],
)
def test_vectors(budget, accounts, up_to, so_far, deviation, percent, forecast):
    found = figures(budget=Decimal(budget), accounts=Decimal(accounts), up_to=up_to)

    assert found.budget_so_far == Decimal(so_far)
    assert found.deviation == Decimal(deviation)
    assert found.deviation_percent == (Decimal(percent) if percent else None)
    assert found.forecast == Decimal(forecast)


@given(KRONER, KRONER, st.sampled_from([4, 8, 12]))
def test_the_forecast_deviates_as_the_accounts_do(budget, accounts, up_to):
    found = figures(budget=budget, accounts=accounts, up_to=up_to)

    assert found.forecast_deviation == found.deviation
    assert abs(Fraction(found.budget_so_far) - Fraction(budget) * up_to / 12) <= Fraction(1, 200)


def test_an_own_forecast_goes_first():
    found = figures(budget=Decimal(100), accounts=Decimal(90), up_to=4, own_forecast=Decimal(120))
    assert (found.forecast, found.forecast_deviation) == (120, 20)


@given(st.lists(st.tuples(KRONER, KRONER), min_size=4, max_size=4))
def test_the_net_is_the_sum_of_what_is_shared(amounts):
    names = ["wages", "running", "capital", "own_revenue"]
    parts = {
        name: figures(budget=budget, accounts=accounts, up_to=8)
        for name, (budget, accounts) in zip(names, amounts, strict=True)
    }
    net = net_of(parts | {"from_partners": Figures(accounts=Decimal(-7))})

    assert net.budget == sum(budget for budget, _ in amounts)
    assert net.deviation == sum(each.deviation for each in parts.values())
    assert net.forecast == sum(each.forecast for each in parts.values())


@pytest.mark.parametrize(
    ("forecast", "percent", "told"),
    [("105", "5", False), ("105.01", "5", True), ("200", None, False), ("100", "0", False)],
)
def test_the_partners_are_told_above_the_percentage(forecast, percent, told):
    net = Figures(budget=Decimal(100), forecast=Decimal(forecast))
    assert is_overspent(net, percent=Decimal(percent) if percent else None) is told
