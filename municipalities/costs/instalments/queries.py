"""Plans of a year, what they claim in advance, and what has been paid."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db.models import Max, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from municipalities.access.models import User
from municipalities.access.permissions import cooperations_where
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.costs.instalments.models import (
    Instalment,
    InstalmentPlan,
    Payment,
    PlanLine,
    PlanState,
)
from municipalities.costs.pools.models import PoolYear
from municipalities.todo import Todo

Amounts = Mapping[int, Decimal]


def plan_in(state: PlanState, *, pool_year: PoolYear, user: User) -> InstalmentPlan | None:
    """The year's plan in the state, with its lines and instalments, if the user may see it.

    There is at most one draft and one that is approved. Three queries.
    """
    plans = InstalmentPlan.objects.visible_to(user).filter(pool_year=pool_year, state=state)
    found = plans.select_related("budget", "prepared_by", "approved_by")
    return found.prefetch_related("lines__municipality", "lines__instalments").first()


def payments_of(*, pool_year: PoolYear, user: User) -> QuerySet[Payment]:
    """What has been paid of the year's a-konto, the latest first."""
    found = Payment.objects.visible_to(user).filter(pool_year=pool_year)
    return found.select_related("municipality").order_by("-paid_date", "municipality__number", "pk")


def instalments_in(pool_year: PoolYear) -> int:
    """How many the year has: as the pool says, but as the plan in force once some are claimed."""
    rows = Instalment.objects.filter(line__plan__pool_year=pool_year)
    if rows.filter(claim__isnull=False).exists():
        in_force = rows.filter(line__plan__state=PlanState.APPROVED)
        return in_force.aggregate(last=Max("number"))["last"]
    return pool_year.pool.instalments_a_year


def a_konto_by(pool_year: PoolYear) -> Amounts:
    """Municipality → what the plan in force claims of it in advance."""
    lines = PlanLine.objects.filter(plan__pool_year=pool_year, plan__state=PlanState.APPROVED)
    return dict(lines.values_list("municipality", "amount"))


def paid_by(pool_year: PoolYear) -> Amounts:
    """Municipality → what it has paid."""
    rows = Payment.objects.filter(pool_year=pool_year).values_list("municipality")
    return dict(rows.annotate(total=Sum("amount")).order_by())


def waiting_for(*, cooperation: Cooperation, user: User, today: date) -> list[Todo]:
    """Plans that the user is to approve: not those of one's own making. One query."""
    del today
    allowed = cooperations_where(user=user, permission=Permission.APPROVE_COSTS)
    drafts = InstalmentPlan.objects.filter(
        state=PlanState.DRAFT,
        pool_year__pool__cooperation=cooperation,
        pool_year__pool__cooperation__in=allowed,
    ).exclude(prepared_by=user)
    return [
        Todo(
            text=_("Approve the instalments of %(pool)s for %(year)s")
            % {"pool": plan.pool_year.pool.name, "year": plan.pool_year.year},
            url=reverse(
                "instalments",
                args=[cooperation.slug, plan.pool_year.pool.slug, plan.pool_year.year],
            ),
        )
        for plan in drafts.select_related("pool_year__pool").order_by("pool_year__year", "pk")
    ]
