"""A settlement worked out: from the accounts, by the key, less what was paid in advance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from legevakt.lib.money import Unit
from municipalities.costs.accounts.models import Accounts
from municipalities.costs.accounts.queries import Sums, sums_of_accounts
from municipalities.costs.allocation.allocating import allocate
from municipalities.costs.allocation.lines import Line
from municipalities.costs.instalments.queries import a_konto_by, paid_by
from municipalities.costs.keys.basis import Basis, basis_of
from municipalities.costs.keys.kept import kept_steps
from municipalities.costs.keys.net import Net, capital_of, net_of, overhead_of
from municipalities.costs.pools.models import DeviationRule, PoolYear
from municipalities.costs.settlements import queries, rules
from municipalities.costs.settlements.rules import NOUGHT
from municipalities.register.models import Municipality


@dataclass(frozen=True, kw_only=True)
class ComputedLine:
    """basis → share → amount → a-konto → settled before → rest, of one municipality."""

    municipality: Municipality
    share: Fraction
    steps: list[dict]
    amount: Decimal
    a_konto: Decimal
    paid: Decimal
    settled_before: Decimal

    @property
    def rest(self) -> Decimal:
        return self.amount - self.a_konto - self.settled_before


@dataclass(frozen=True, kw_only=True)
class Computed:
    """What a settlement of the year would say; nothing is stored."""

    net: Net
    capital: Decimal
    function_290: Decimal | None
    terms: dict
    lines: tuple[ComputedLine, ...]


def computed(*, pool_year: PoolYear, accounts: Accounts) -> Computed:
    """The settlement by the year's keys. Raises CannotAllocate."""
    sums = sums_of_accounts(accounts)
    basis = basis_of(pool=pool_year.pool, year=pool_year.year)
    a_konto = a_konto_by(pool_year)
    net = _net(pool_year, sums=sums, basis=basis, a_konto=a_konto)
    capital = capital_of(basis, capital=sums.capital)
    shared = allocate(amount=net.net, capital=capital, segments=basis.segments)
    lines = _lines(pool_year, {line.code: line for line in shared.lines}, a_konto=a_konto)
    return Computed(
        net=net,
        capital=shared.capital,
        function_290=_function_290(
            accounts, sums, net, lines, moved=queries.fund_moved_by(pool_year)
        ),
        terms=basis.terms,
        lines=lines,
    )


def _net(pool_year: PoolYear, *, sums: Sums, basis: Basis, a_konto: Mapping[int, Decimal]) -> Net:
    unit = Unit(pool_year.pool.unit)
    overhead = overhead_of(basis.terms, wages=sums.wages)
    net = net_of(
        gross=sums.gross,
        own_revenue=sums.own_revenue,
        overhead=overhead,
        unit=unit,
    )
    if pool_year.pool.deviation_rule != DeviationRule.FUND:
        return net
    fund = rules.fund_movement(
        net=net.net,
        a_konto=sum(a_konto.values(), NOUGHT),
        balance=queries.fund_balance(pool_year.pool) - queries.fund_moved_by(pool_year),
    )
    return net_of(
        gross=sums.gross, own_revenue=sums.own_revenue, overhead=overhead, fund=fund, unit=unit
    )


def _lines(
    pool_year: PoolYear, shared: Mapping[str, Line], *, a_konto: Mapping[int, Decimal]
) -> tuple[ComputedLine, ...]:
    """A line for each that shares, and for each that has paid in advance without sharing."""
    paid = paid_by(pool_year)
    before = queries.settled_before_by(pool_year)
    members = Municipality.objects.filter(
        pk__in=pool_year.pool.members.values("municipality")
    ).order_by("number", "pk")
    return tuple(
        ComputedLine(
            municipality=each,
            share=shared[each.number].share if each.number in shared else Fraction(0),
            steps=kept_steps(shared[each.number]) if each.number in shared else [],
            amount=shared[each.number].amount if each.number in shared else NOUGHT,
            a_konto=a_konto.get(each.pk, NOUGHT),
            paid=paid.get(each.pk, NOUGHT),
            settled_before=before.get(each.pk, NOUGHT),
        )
        for each in members
        if each.number in shared or a_konto.get(each.pk) or before.get(each.pk)
    )


def _function_290(
    accounts: Accounts, sums: Sums, net: Net, lines: tuple[ComputedLine, ...], *, moved: Decimal
) -> Decimal | None:
    """None where the host does not keep the pool on function 290. `moved`: to the fund before."""
    if not accounts.lines.filter(function="290").exists():
        return None
    return rules.sum_of_290(
        booked=sums.function_290,
        overhead=net.overhead,
        fund=net.fund - moved,
        rests={line.municipality.number: line.rest for line in lines},
    )
