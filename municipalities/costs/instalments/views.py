"""The instalments of a pool's year: the plan in force, the draft, and what is paid."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from legevakt.lib.periods import local_day
from municipalities.access.rules import Permission
from municipalities.costs.accounts.queries import budget_in_force
from municipalities.costs.instalments import presenters, queries
from municipalities.costs.instalments.models import InstalmentPlan, PlanState
from municipalities.costs.keys.addressed import reader
from municipalities.costs.pools.queries import visible_year
from municipalities.costs.tables import asked_file, labelled


@require_safe
@login_required
def instalments(request: HttpRequest, cooperation: str, pool: str, year: int) -> HttpResponse:
    """Who pays what when, and what is paid; the file is of the plan in force, else the draft."""
    seen, pool_year = visible_year(request, cooperation=cooperation, pool=pool, year=year)
    user, today = reader(request), local_day(timezone.now())
    in_force = queries.plan_in(PlanState.APPROVED, pool_year=pool_year, user=user)
    draft = queries.plan_in(PlanState.DRAFT, pool_year=pool_year, user=user)
    table = None
    if in_force:
        paid = queries.paid_by(pool_year)
        table = presenters.plan_table(in_force, paid=paid, today=today)
    if "format" in request.GET:
        return _file(request, table or _draft_table(draft), name=f"{pool}-{year}-a-konto")
    payments = presenters.payment_table(queries.payments_of(pool_year=pool_year, user=user))
    context = {
        "cooperation": seen.cooperation,
        "pool": seen.pool,
        "year": year,
        "in_force": _shown(in_force, table),
        "draft": _shown(draft, _draft_table(draft)),
        "payments": payments,
        "payment_rows": labelled(payments),
        "paying": presenters.lines_of(in_force) if in_force else [],
        "numbers": presenters.due_days(in_force) if in_force else {},
        "has_budget": budget_in_force(pool_year) is not None,
        "may_manage": seen.may(Permission.MANAGE_COSTS),
        "may_approve": seen.may(Permission.APPROVE_COSTS),
    }
    return render(request, "municipalities/costs/instalments/instalments.html", context)


def _draft_table(draft: InstalmentPlan | None):
    return presenters.plan_table(draft) if draft else None


def _file(request: HttpRequest, table, *, name: str) -> HttpResponse:
    if table is None:
        raise Http404
    return asked_file(request, table, name=name)


def _shown(plan: InstalmentPlan | None, table) -> dict | None:
    """A plan as its part of the page shows it."""
    if plan is None:
        return None
    return {
        "plan": plan,
        "table": table,
        "rows": labelled(table),
        "facts": presenters.facts(plan),
        "explained": presenters.explanations(plan),
        "color": presenters.COLORS[PlanState(plan.state)],
    }
