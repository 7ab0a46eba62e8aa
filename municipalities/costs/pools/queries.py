"""Pools as their reader may see them, and who shares them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from municipalities.access.models import User
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.visible import visible_cooperation
from municipalities.costs.pools.models import Pool, PoolMember, PoolYear


@dataclass(frozen=True)
class VisiblePool:
    """A pool and everything that the reader holds on its cooperation."""

    pool: Pool
    held: frozenset[Permission]

    @property
    def cooperation(self) -> Cooperation:
        return self.pool.cooperation

    def may(self, permission: Permission) -> bool:
        return permission in self.held


def visible_pool(
    request: HttpRequest,
    *,
    cooperation: str,
    pool: str,
    permission: Permission = Permission.VIEW_COSTS,
) -> VisiblePool:
    """The pool by its cooperation's and its own short name; 404 for who may not. Three queries."""
    seen = visible_cooperation(request, slug=cooperation, permission=permission)
    reader = cast("User", request.user)
    pools = Pool.objects.visible_to(reader).select_related("cooperation__host")
    found = get_object_or_404(pools, cooperation=seen.cooperation, slug=pool)
    return VisiblePool(pool=found, held=seen.held)


def visible_year(
    request: HttpRequest,
    *,
    cooperation: str,
    pool: str,
    year: int,
    permission: Permission = Permission.VIEW_COSTS,
) -> tuple[VisiblePool, PoolYear]:
    """The pool and its year; 404 where the year is not begun. Four queries."""
    seen = visible_pool(request, cooperation=cooperation, pool=pool, permission=permission)
    found = get_object_or_404(PoolYear, pool=seen.pool, year=year)
    found.pool = seen.pool
    return seen, found


def pools_of(*, cooperation: Cooperation, user: User) -> list[Pool]:
    """The cooperation's pools that the user may see: those that all share first, then by name."""
    pools = Pool.objects.visible_to(user).filter(cooperation=cooperation)
    return list(pools.select_related("cooperation__host").order_by("is_bilateral", "name", "pk"))


def members_within(*, pool: Pool, starts: date, ends: date) -> list[PoolMember]:
    """Who shares the pool some day of the half-open period, by municipality number."""
    members = PoolMember.objects.filter(pool=pool).within(starts=starts, ends=ends)
    return list(members.select_related("municipality"))


def shared_by_all(*, cooperation: Cooperation, kind: str, starts: date, ends: date) -> list[Pool]:
    """Pools of a kind that are not between two, and are shared in the half-open period; by name."""
    pools = Pool.objects.filter(
        Q(ends_date__isnull=True) | Q(ends_date__gt=starts),
        cooperation=cooperation,
        kind=kind,
        is_bilateral=False,
        starts_date__lt=ends,
    )
    return list(pools.order_by("name", "pk"))


def shared_days(*, pool: Pool, year: int) -> tuple[date, date]:
    """The half-open part of the year in which the pool is shared; empty before and after it."""
    starts = max(date(year, 1, 1), pool.starts_date)
    return starts, min(date(year + 1, 1, 1), pool.ends_date or date.max)
