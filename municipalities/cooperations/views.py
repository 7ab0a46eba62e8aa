"""The pages of the cooperation: what it is, who takes part, and where everything about it lies."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.visible import visible_cooperation


@require_safe
@login_required
def agreement(request: HttpRequest) -> HttpResponse:
    """To the reader's cooperation; the first by name, where there are several."""
    allowed = Cooperation.objects.where(request.user, Permission.VIEW_AGREEMENT)
    found = allowed.order_by("name", "pk").first()
    if found is None:
        raise Http404
    return redirect("cooperation", cooperation=found.slug)


@require_safe
@login_required
def cooperation(request: HttpRequest, cooperation: str) -> HttpResponse:
    """The hub: facts, and the way to each part of the record."""
    visible = visible_cooperation(request, slug=cooperation)
    context = {"cooperation": visible.cooperation}
    return render(request, "municipalities/cooperations/cooperation.html", context)
