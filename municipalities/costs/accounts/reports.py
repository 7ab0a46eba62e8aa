"""What a year's report after some months shows: budget, accounts, deviation and forecast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from municipalities.costs.accounts.models import Accounts, Budget, Forecast, Treatment
from municipalities.costs.accounts.queries import budget_in_force, treatments_of
from municipalities.costs.accounts.tertials import (
    NET,
    NOUGHT,
    TERTIALS,
    Figures,
    figures,
    is_overspent,
    net_of,
)
from municipalities.costs.pools.models import PoolYear

ByArt = dict[tuple[str, str], Decimal]


@dataclass(frozen=True, kw_only=True)
class Report:
    """The year after `up_to` months. Signed as in KOSTRA: revenue is negative.

    `by_art`: (treatment, art) → figures; `net` is of what is shared (tertials.NET).
    """

    pool_year: PoolYear
    up_to: int
    budget: Budget | None
    accounts: Accounts | None
    by_treatment: Mapping[str, Figures]
    by_art: Mapping[tuple[str, str], Figures]
    net: Figures
    forecasts: Mapping[str, Forecast]

    @property
    def is_complete(self) -> bool:
        return self.budget is not None and self.accounts is not None

    @property
    def is_overspent(self) -> bool:
        """Whether the partners must be told and asked."""
        percent = self.pool_year.pool.overspend_percent
        return self.is_complete and is_overspent(self.net, percent=percent)


def report_of(*, pool_year: PoolYear, up_to: int) -> Report:
    """The report after `up_to` months. Seven queries."""
    budget = budget_in_force(pool_year)
    accounts = accounts_up_to(pool_year, month=up_to)
    chosen = treatments_of(pool_year.pool.cooperation_id)
    budgeted = _budgeted(budget, chosen)
    spent = _spent(accounts, up_to)
    own = {
        each.treatment: each
        for each in Forecast.objects.filter(pool_year=pool_year, up_to_month=up_to)
    }
    by_treatment = {
        treatment: figures(
            budget=_of(treatment, budgeted),
            accounts=_of(treatment, spent),
            up_to=up_to,
            own_forecast=own[treatment].amount if treatment in own else None,
        )
        for treatment in Treatment.values
    }
    by_art = {
        place: figures(
            budget=budgeted.get(place, NOUGHT), accounts=spent.get(place, NOUGHT), up_to=up_to
        )
        for place in sorted(budgeted | spent, key=_order)
    }
    return Report(
        pool_year=pool_year,
        up_to=up_to,
        budget=budget,
        accounts=accounts,
        by_treatment=by_treatment,
        by_art=by_art,
        net=net_of(by_treatment),
        forecasts=own,
    )


def accounts_up_to(pool_year: PoolYear, *, month: int) -> Accounts | None:
    """The latest accounts up to and with the month, or later ones whose lines all have months."""
    rows = pool_year.accounts.order_by("-number")
    found = rows.filter(up_to_month=month).first()
    if found:
        return found
    later = rows.filter(up_to_month__gt=month).first()
    whole = later and not later.lines.filter(month__isnull=True).exists()
    return later if whole else None


def latest_tertial(pool_year: PoolYear) -> int:
    """The last tertial that the accounts reach; the first one before that."""
    latest = pool_year.accounts.order_by("-number").first()
    reached = latest.up_to_month if latest else 0
    return max((each for each in TERTIALS if each <= reached), default=TERTIALS[0])


def _budgeted(budget: Budget | None, chosen: Mapping[str, str]) -> ByArt:
    rows = budget.lines.all() if budget else ()
    return _summed((chosen.get(row.art, Treatment.RUNNING), row.art, row.amount) for row in rows)


def _spent(accounts: Accounts | None, up_to: int) -> ByArt:
    if accounts is None:
        return {}
    rows = accounts.lines.all()
    if accounts.up_to_month > up_to:
        rows = rows.filter(month__lte=up_to)
    return _summed(rows.values_list("treatment", "art", "amount"))


def _summed(rows) -> ByArt:
    sums: ByArt = {}
    for treatment, art, amount in rows:
        sums[treatment, art] = sums.get((treatment, art), NOUGHT) + amount
    return sums


def _of(treatment: str, sums: ByArt) -> Decimal:
    return sum((value for place, value in sums.items() if place[0] == treatment), NOUGHT)


def _order(place: tuple[str, str]) -> tuple[int, str]:
    order = [*NET, Treatment.FROM_PARTNERS, Treatment.LEFT_OUT]
    return order.index(place[0]), place[1]
