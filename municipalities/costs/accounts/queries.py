"""What a year cost: the sums of a budget or of the accounts, by how their arts count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from municipalities.costs.accounts.kostra import usual_treatments
from municipalities.costs.accounts.models import (
    Accounts,
    ArtChoice,
    Budget,
    BudgetLine,
    BudgetState,
    Treatment,
)
from municipalities.costs.pools.models import PoolYear

NOUGHT = Decimal("0.00")


@dataclass(frozen=True, kw_only=True)
class Sums:
    """Kroner of a year. `own_revenue` and `from_partners` are positive when money came in.

    `gross` is wages, running costs and capital; `function_290` the plain sum of all lines on
    function 290, also of those that are left out.
    """

    wages: Decimal = NOUGHT
    running: Decimal = NOUGHT
    capital: Decimal = NOUGHT
    own_revenue: Decimal = NOUGHT
    from_partners: Decimal = NOUGHT
    function_290: Decimal = NOUGHT

    @property
    def gross(self) -> Decimal:
        return self.wages + self.running + self.capital

    @property
    def net(self) -> Decimal:
        return self.gross - self.own_revenue


def summed(*, by_treatment: Mapping[str, Decimal], function_290: Decimal) -> Sums:
    """Sums from signed totals, in which revenue is negative."""
    return Sums(
        wages=by_treatment.get(Treatment.WAGES, NOUGHT),
        running=by_treatment.get(Treatment.RUNNING, NOUGHT),
        capital=by_treatment.get(Treatment.CAPITAL, NOUGHT),
        own_revenue=-by_treatment.get(Treatment.OWN_REVENUE, NOUGHT),
        from_partners=-by_treatment.get(Treatment.FROM_PARTNERS, NOUGHT),
        function_290=function_290,
    )


def sums_of_accounts(accounts: Accounts) -> Sums:
    """The sums of the accounts. Two queries."""
    rows = accounts.lines.values_list("treatment").annotate(total=Sum("amount")).order_by()
    on_290 = accounts.lines.filter(function="290").aggregate(total=Sum("amount"))["total"]
    return summed(by_treatment=dict(rows), function_290=on_290 or NOUGHT)


def sums_of_budget(budget: Budget) -> Sums:
    """The sums of a budget, its arts counted as the cooperation has chosen. Three queries."""
    chosen = treatments_of(budget.pool_year.pool.cooperation_id)
    return sums_of_lines(budget.lines.all(), chosen=chosen)


def sums_of_lines(lines: Iterable[BudgetLine], *, chosen: Mapping[str, str]) -> Sums:
    """The sums of a budget's lines; `chosen` says how arts count."""
    totals: dict[str, Decimal] = {}
    on_290 = NOUGHT
    for line in lines:
        treatment = chosen.get(line.art, Treatment.RUNNING)
        totals[treatment] = totals.get(treatment, NOUGHT) + line.amount
        on_290 += line.amount if line.function == "290" else NOUGHT
    return summed(by_treatment=totals, function_290=on_290)


def treatments_of(cooperation_id: int) -> dict[str, str]:
    """Art → how it counts: KOSTRA's usual, and the cooperation's own choices."""
    chosen = ArtChoice.objects.filter(cooperation=cooperation_id)
    return usual_treatments() | dict(chosen.values_list("art", "treatment"))


def accounts_in_force(pool_year: PoolYear) -> Accounts | None:
    """The latest accounts of the year."""
    return pool_year.accounts.order_by("-number").first()


def budget_in_force(pool_year: PoolYear) -> Budget | None:
    """The adopted budget with the highest number."""
    return pool_year.budgets.filter(state=BudgetState.ADOPTED).order_by("-number").first()


def names_chosen(cooperation_id: int) -> dict[str, str]:
    """Art → the cooperation's own name of it."""
    chosen = ArtChoice.objects.filter(cooperation=cooperation_id)
    return dict(chosen.values_list("art", "name"))
