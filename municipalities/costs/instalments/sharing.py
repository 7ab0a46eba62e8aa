"""A budget shared by the year's keys."""

from __future__ import annotations

from dataclasses import dataclass

from legevakt.lib.money import Unit
from municipalities.costs.accounts.models import Budget
from municipalities.costs.accounts.queries import sums_of_budget
from municipalities.costs.allocation.allocating import allocate
from municipalities.costs.allocation.lines import Allocation
from municipalities.costs.keys.basis import basis_of
from municipalities.costs.keys.net import capital_of, net_of, overhead_of
from municipalities.costs.pools.models import PoolYear


@dataclass(frozen=True)
class Shared:
    """What each pays of a budget, and by which terms."""

    allocation: Allocation
    terms: dict


def shared_budget(*, pool_year: PoolYear, budget: Budget) -> Shared:
    """The budget's net with overhead, by the adopted keys. Raises CannotAllocate."""
    sums = sums_of_budget(budget)
    basis = basis_of(pool=pool_year.pool, year=pool_year.year)
    net = net_of(
        gross=sums.gross,
        own_revenue=sums.own_revenue,
        overhead=overhead_of(basis.terms, wages=sums.wages),
        unit=Unit(pool_year.pool.unit),
    )
    allocation = allocate(
        amount=net.net, capital=capital_of(basis, capital=sums.capital), segments=basis.segments
    )
    return Shared(allocation=allocation, terms=basis.terms)
