"""The first page of meetings."""

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
def own(request: HttpRequest) -> HttpResponse:
    """To the reader's cooperation; the first by name, where there are several."""
    allowed = Cooperation.objects.where(request.user, Permission.VIEW_MEETINGS)
    found = allowed.order_by("name", "pk").first()
    if found is None:
        raise Http404
    return redirect("meetings", cooperation=found.slug)


@require_safe
@login_required
def meetings(request: HttpRequest, cooperation: str) -> HttpResponse:
    """The cooperation's meetings: the next one, the forums, what is to be followed up."""
    visible = visible_cooperation(request, slug=cooperation, permission=Permission.VIEW_MEETINGS)
    context = {"cooperation": visible.cooperation}
    return render(request, "municipalities/meetings/hub.html", context)
