"""Settlements of a year, what has been paid in advance, and what was settled before."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db.models import QuerySet, Sum

from municipalities.access.models import User
from municipalities.costs.pools.models import Pool, PoolYear
from municipalities.costs.settlements.models import (
    FundEntry,
    Settlement,
    SettlementLine,
    SettlementState,
)
from municipalities.costs.settlements.rules import NOUGHT

Amounts = Mapping[int, Decimal]


def settlements_of(*, pool_year: PoolYear, user: User) -> QuerySet[Settlement]:
    """The year's settlements that the user may see, oldest first."""
    return Settlement.objects.visible_to(user).filter(pool_year=pool_year).order_by("number")


def latest(pool_year: PoolYear) -> Settlement | None:
    """The year's last settlement that was not dropped."""
    kept = pool_year.settlements.exclude(state=SettlementState.DROPPED)
    return kept.order_by("-number").first()


def settled_before_by(pool_year: PoolYear) -> Amounts:
    """Municipality → what the year's approved settlements have claimed, together."""
    lines = SettlementLine.objects.filter(
        settlement__pool_year=pool_year, settlement__state=SettlementState.APPROVED
    )
    rows = lines.values_list("municipality").annotate(total=Sum("rest")).order_by()
    return dict(rows)


def fund_balance(pool: Pool) -> Decimal:
    """What the pool's fund holds."""
    return FundEntry.objects.filter(pool=pool).aggregate(total=Sum("amount"))["total"] or NOUGHT
