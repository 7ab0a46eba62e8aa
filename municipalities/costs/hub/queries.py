"""How far a pool's years have come, and what each municipality pays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Prefetch, Sum

from municipalities.access.models import User
from municipalities.access.queries import municipalities_of
from municipalities.cooperations.models import Cooperation, Participant
from municipalities.costs.accounts.models import Accounts, Budget, BudgetState
from municipalities.costs.instalments.models import InstalmentPlan, PlanLine, PlanState
from municipalities.costs.pools.models import Pool, PoolMember, PoolYear
from municipalities.costs.settlements.models import Settlement, SettlementKind, SettlementState
from municipalities.register.models import Municipality


@dataclass(frozen=True, kw_only=True)
class YearStanding:
    """A pool's year: its latest budget, plan, accounts and settlement, if any."""

    year: PoolYear
    budget: Budget | None
    plan: InstalmentPlan | None
    accounts: Accounts | None
    settlement: Settlement | None

    @property
    def is_settled(self) -> bool:
        found = self.settlement
        return bool(
            found and found.state == SettlementState.APPROVED and found.kind == SettlementKind.FINAL
        )


@dataclass(frozen=True, kw_only=True)
class OwnShare:
    """What the plans in force claim of a municipality in a year, of `pools` pools together."""

    municipality: Municipality
    year: int
    amount: Decimal
    pools: int


def own_shares(*, cooperation: Cooperation, user: User, year: int) -> list[OwnShare]:
    """What each of the user's municipalities pays a-konto. Two queries."""
    lines = PlanLine.objects.filter(
        plan__state=PlanState.APPROVED,
        plan__pool_year__year=year,
        plan__pool_year__pool__in=Pool.objects.visible_to(user).filter(cooperation=cooperation),
    )
    rows = lines.values_list("municipality").annotate(Sum("amount"), Count("pk")).order_by()
    sums = {pk: (amount, pools) for pk, amount, pools in rows}
    nothing = (Decimal(0), 0)
    return [
        OwnShare(
            municipality=each,
            year=year,
            amount=sums.get(each.pk, nothing)[0],
            pools=sums.get(each.pk, nothing)[1],
        )
        for each in municipalities_of(user=user, cooperation=cooperation)
    ]


def standings(pool: Pool, *, user: User) -> list[YearStanding]:
    """Every year of the pool, newest first. Five queries."""
    seen = Settlement.objects.visible_to(user).exclude(state=SettlementState.DROPPED)
    plans = InstalmentPlan.objects.visible_to(user)
    years = pool.years.prefetch_related(
        Prefetch("budgets", Budget.objects.order_by("number"), to_attr="all_budgets"),
        Prefetch("instalment_plans", plans.order_by("number"), to_attr="plans"),
        Prefetch("accounts", Accounts.objects.order_by("number"), to_attr="all_accounts"),
        Prefetch("settlements", seen.order_by("number"), to_attr="all_settlements"),
    )
    return [_standing(year) for year in years.order_by("-year")]


def _standing(year: Any) -> YearStanding:
    adopted = [each for each in year.all_budgets if each.state == BudgetState.ADOPTED]
    approved = [each for each in year.plans if each.state == PlanState.APPROVED]
    return YearStanding(
        year=year,
        budget=_last(adopted) or _last(year.all_budgets),
        plan=_last(approved) or _last(year.plans),
        accounts=_last(year.all_accounts),
        settlement=_last(year.all_settlements),
    )


def _last(rows: list[Any]) -> Any:
    return rows[-1] if rows else None


def members_of(pool: Pool, *, today: date) -> list[PoolMember]:
    """Everybody who shares or has shared the pool, those who share today first."""
    members = pool.members.select_related("municipality").prefetch_related(
        "predecessors__municipality"
    )
    return sorted(
        members.order_by("municipality__number", "joined_date"),
        key=lambda each: bool(each.left_date and each.left_date <= today),
    )


def not_sharing(pool: Pool, *, today: date) -> list[Municipality]:
    """Who takes part in the cooperation today and does not share the pool; none if bilateral."""
    if pool.is_bilateral:
        return []
    sharing = PoolMember.objects.within(starts=today, ends=date.max).filter(pool=pool)
    taking_part = Participant.objects.on(today).filter(cooperation=pool.cooperation_id)
    return [
        each.municipality
        for each in taking_part.exclude(
            municipality__in=sharing.values("municipality")
        ).select_related("municipality")
    ]
