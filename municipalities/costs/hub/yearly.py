"""A year of what the whole cooperation shares, as its annual report tells it: nothing bilateral,
no draft, and of each settlement what was sent to all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from legevakt.lib.periods import Period
from municipalities.cooperations.models import Cooperation
from municipalities.costs.accounts.queries import accounts_in_force
from municipalities.costs.accounts.reports import Report, report_of
from municipalities.costs.hub.paid import Paid, lines_of
from municipalities.costs.instalments.models import InstalmentPlan, PlanState
from municipalities.costs.keys.basis import adopted_keys
from municipalities.costs.keys.kept import kept_key
from municipalities.costs.pools.models import PoolYear
from municipalities.costs.pools.queries import shared_days
from municipalities.costs.settlements.models import Settlement, SettlementState

WHOLE_YEAR = 12


@dataclass(frozen=True, kw_only=True)
class YearOfPool:
    """A pool's year. `keys` are kept terms with their days (keys/kept.py), oldest first.

    `settlement` is the last approved one, else one that is sent for comment; without any the lines
    are those of the plan in force, and without that there are none.
    """

    pool_year: PoolYear
    report: Report
    up_to_month: int | None
    keys: tuple[Mapping[str, Any], ...]
    settlement: Settlement | None
    lines: tuple[Paid, ...]

    @property
    def is_known(self) -> bool:
        return bool(self.report.budget or self.report.accounts or self.lines)


def years_of_pools(*, cooperation: Cooperation, years: Sequence[int]) -> list[YearOfPool]:
    """By the pool's name, the newest year first. At most 14 queries a pool's year, and one."""
    rows = PoolYear.objects.filter(
        pool__cooperation=cooperation, pool__is_bilateral=False, year__in=years
    )
    rows = rows.select_related("pool__cooperation__host")
    found = rows.order_by("pool__name", "pool_id", "-year")
    return [each for each in map(_year, found) if each.is_known]


def _year(pool_year: PoolYear) -> YearOfPool:
    latest = accounts_in_force(pool_year)
    settlement = _settlement(pool_year)
    plan = None if settlement else _plan(pool_year)
    shared = settlement or plan
    return YearOfPool(
        pool_year=pool_year,
        report=report_of(pool_year=pool_year, up_to=latest.up_to_month if latest else WHOLE_YEAR),
        up_to_month=latest.up_to_month if latest else None,
        keys=_kept(shared.terms) if shared else _in_force(pool_year),
        settlement=settlement,
        lines=lines_of(shared, pool_year=pool_year) if shared else (),
    )


def _settlement(pool_year: PoolYear) -> Settlement | None:
    found = {
        each.state: each
        for each in pool_year.settlements.filter(
            state__in=(SettlementState.SENT, SettlementState.APPROVED)
        ).order_by("number")
    }
    return found.get(SettlementState.APPROVED) or found.get(SettlementState.SENT)


def _plan(pool_year: PoolYear) -> InstalmentPlan | None:
    return pool_year.instalment_plans.filter(state=PlanState.APPROVED).first()


def _kept(terms: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Each key once, with the days that it held."""
    found: dict[int, dict[str, Any]] = {}
    for segment in terms.get("segments", []):
        key = segment["key"]
        first = found.setdefault(key["id"], {**key, "starts": segment["starts"]})
        first["ends"] = segment["ends"]
    return tuple(found.values())


def _in_force(pool_year: PoolYear) -> tuple[Mapping[str, Any], ...]:
    starts, ends = shared_days(pool=pool_year.pool, year=pool_year.year)
    if ends <= starts:
        return ()
    return tuple(
        {
            **kept_key(key, year=pool_year.year),
            "starts": max(starts, key.valid_from).isoformat(),
            "ends": min(ends, key.valid_to or ends).isoformat(),
        }
        for key in adopted_keys(pool_year.pool, Period(starts, ends))
    )
