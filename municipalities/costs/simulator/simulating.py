"""Keys tried on a year's figures, beside the one that holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from legevakt.lib.money import Unit
from municipalities.costs.accounts.queries import (
    accounts_in_force,
    budget_in_force,
    sums_of_accounts,
    sums_of_budget,
)
from municipalities.costs.allocation.comparing import (
    Comparison,
    compare,
    equal_population_range,
)
from municipalities.costs.allocation.errors import NoMembers
from municipalities.costs.allocation.keys import Bound, BoundUnit, Key, Part, PartKind
from municipalities.costs.allocation.members import Member
from municipalities.costs.keys.basis import member_of
from municipalities.costs.keys.counted import counted_for
from municipalities.costs.keys.models import AllocationKey
from municipalities.costs.keys.net import net_by
from municipalities.costs.keys.queries import key_on
from municipalities.costs.keys.terms import as_key
from municipalities.costs.pools.models import Pool
from municipalities.costs.pools.queries import members_within, shared_days

TODAY = "today"
TEN_MILLION = Decimal(10_000_000)
BY_INHABITANTS = (Part(PartKind.POPULATION, Decimal(100)),)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a simulation is tried on. Without `amount` it is the year's own."""

    pool: Pool
    year: int
    amount: Decimal | None
    population_date: int
    usage_measure: str
    floor: Decimal | None
    cap: Decimal | None
    tried: Mapping[str, Sequence[Part]]


@dataclass(frozen=True, kw_only=True)
class Simulated:
    """The keys side by side, and from 0/100 to 50/50. `holding` is the key of that year."""

    amount: Decimal
    comparison: Comparison
    at_a_glance: Comparison
    holding: AllocationKey | None


def simulated(asked: Asked) -> Simulated:
    """Share the year's amount by each key, as if all shared the whole year.

    Where no key holds, «today» is by inhabitants alone. Raises CannotAllocate.
    """
    starts, ends = shared_days(pool=asked.pool, year=asked.year)
    if ends <= starts:
        raise NoMembers(starts=starts, ends=ends)
    holding = key_on(pool=asked.pool, day=starts)
    tried = AllocationKey(
        pool=asked.pool, population_date=asked.population_date, usage_measure=asked.usage_measure
    )
    members = _members(asked, starts, ends, counting=tried)
    today = _today(asked, holding)
    keys = {TODAY: today} | {name: _key(asked, today, parts) for name, parts in asked.tried.items()}
    amount = asked.amount or amount_of(asked.pool, asked.year, holding=holding)
    return Simulated(
        amount=amount,
        comparison=compare(
            amount=amount,
            members=members,
            keys=keys,
            today=TODAY,
            todays_members=_members(asked, starts, ends, counting=holding or tried),
        ),
        at_a_glance=equal_population_range(amount=amount, members=members, like=today),
        holding=holding,
    )


def _members(asked: Asked, starts: date, ends: date, *, counting: AllocationKey) -> list[Member]:
    """Those who share at the year's end, with the figures that the key counts."""
    found = [
        member
        for member in members_within(pool=asked.pool, starts=starts, ends=ends)
        if member.left_date is None or member.left_date >= ends
    ]
    counted = counted_for(pool=asked.pool, members=found, keys=[counting], year=asked.year)
    return [member_of(asked.pool, member, counting, counted) for member in found]


def _today(asked: Asked, holding: AllocationKey | None) -> Key:
    unit = Unit(asked.pool.unit)
    if holding is None:
        return Key(parts=BY_INHABITANTS, unit=unit)
    return replace(as_key(holding, unit=unit), capital_parts=())


def _key(asked: Asked, today: Key, parts: Sequence[Part]) -> Key:
    floor = Bound(BoundUnit.NOK, asked.floor) if asked.floor else None
    cap = Bound(BoundUnit.NOK, asked.cap) if asked.cap else None
    return Key(parts=tuple(parts), floor=floor, cap=cap, unit=today.unit)


def amount_of(pool: Pool, year: int, *, holding: AllocationKey | None) -> Decimal:
    """What the year shares by its accounts, else by its budget, else ten million kroner."""
    pool_year = pool.years.filter(year=year).first()
    accounts = accounts_in_force(pool_year) if pool_year else None
    budget = budget_in_force(pool_year) if pool_year else None
    if accounts and accounts.up_to_month == 12:
        sums = sums_of_accounts(accounts)
    elif budget:
        sums = sums_of_budget(budget)
    else:
        return TEN_MILLION
    net = net_by(holding, sums=sums, unit=Unit(pool.unit)) if holding else sums.net
    return net if net > 0 else TEN_MILLION
