"""A year's report after some months: budget, accounts, deviation and forecast. No Django here.

Costs are positive and revenue negative, so that a positive deviation is money lacking.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from legevakt.lib.money import Unit, half_up, rounded

NOUGHT = Decimal("0.00")
TERTIALS = (4, 8, 12)
NET = ("wages", "running", "capital", "own_revenue")


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Kroner of a treatment, an art or the whole."""

    budget: Decimal = NOUGHT
    budget_so_far: Decimal = NOUGHT
    accounts: Decimal = NOUGHT
    forecast: Decimal = NOUGHT

    @property
    def deviation(self) -> Decimal:
        """Accounts less budget so far."""
        return self.accounts - self.budget_so_far

    @property
    def deviation_percent(self) -> Decimal | None:
        """Of the budget so far, one decimal; None where nothing is budgeted."""
        return percent_of(self.deviation, self.budget_so_far)

    @property
    def forecast_deviation(self) -> Decimal:
        """Forecast less the year's budget."""
        return self.forecast - self.budget


def figures(
    *, budget: Decimal, accounts: Decimal, up_to: int, own_forecast: Decimal | None = None
) -> Figures:
    """The budget so far is months/12 of the year's; to the øre, halves away from zero.

    Unless the controller has an own forecast, the rest of the budget is thought to be spent.

    >>> found = figures(budget=Decimal(1200), accounts=Decimal(500), up_to=4)
    >>> found.budget_so_far, found.deviation, found.deviation_percent, found.forecast
    (Decimal('400.00'), Decimal('100.00'), Decimal('25.0'), Decimal('1300.00'))
    """
    so_far = rounded(Fraction(budget) * up_to / 12, Unit.ORE)
    usual = accounts + budget - so_far
    return Figures(
        budget=budget,
        budget_so_far=so_far,
        accounts=accounts,
        forecast=usual if own_forecast is None else own_forecast,
    )


def net_of(by_treatment: Mapping[str, Figures]) -> Figures:
    """The sum of what is shared: costs less own revenue."""
    parts = [by_treatment[each] for each in NET if each in by_treatment]
    return Figures(
        budget=sum((each.budget for each in parts), NOUGHT),
        budget_so_far=sum((each.budget_so_far for each in parts), NOUGHT),
        accounts=sum((each.accounts for each in parts), NOUGHT),
        forecast=sum((each.forecast for each in parts), NOUGHT),
    )


def percent_of(part: Decimal, whole: Decimal) -> Decimal | None:
    """One decimal, of the size of the whole; None of nothing.

    >>> percent_of(Decimal(-50), Decimal(-200))
    Decimal('-25.0')
    """
    return half_up(Fraction(part) * 100 / abs(Fraction(whole)), places=1) if whole else None


def is_overspent(net: Figures, *, percent: Decimal | None) -> bool:
    """Whether the forecast is above the budget by more than the agreement's percentage.

    >>> net = Figures(budget=Decimal(100), forecast=Decimal(105))
    >>> is_overspent(net, percent=Decimal(5)), is_overspent(net, percent=Decimal("4.99"))
    (False, True)
    """
    if percent is None:
        return False
    return Fraction(net.forecast_deviation) > abs(Fraction(net.budget)) * Fraction(percent) / 100
