"""Økonomi: the pools of a cooperation, and how far each year has come."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.visible import visible_cooperation
from municipalities.costs.pools.queries import pools_of


@require_safe
@login_required
def economy(request: HttpRequest) -> HttpResponse:
    """To the reader's cooperation; the first by name, where there are several."""
    allowed = Cooperation.objects.where(request.user, Permission.VIEW_COSTS)
    found = allowed.order_by("name", "pk").first()
    if found is None:
        raise Http404
    return redirect("costs", cooperation=found.slug)


@require_safe
@login_required
def costs(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Each pool with its year, and what comes next."""
    visible = visible_cooperation(request, slug=cooperation, permission=Permission.VIEW_COSTS)
    context = {
        "cooperation": visible.cooperation,
        "pools": pools_of(cooperation=visible.cooperation, user=request.user),
        "may_manage": visible.may(Permission.MANAGE_COSTS),
    }
    return render(request, "municipalities/costs/hub/costs.html", context)
