"""The first page of quality."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from legevakt.lib.periods import local_day
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.visible import reader, visible_cooperation
from municipalities.quality.hub import presenters
from municipalities.quality.hub.queries import quality_now


@require_safe
@login_required
def own(request: HttpRequest) -> HttpResponse:
    """To the reader's cooperation; the first by name, where there are several."""
    allowed = Cooperation.objects.where(request.user, Permission.VIEW_QUALITY)
    found = allowed.order_by("name", "pk").first()
    if found is None:
        raise Http404
    return redirect("quality", cooperation=found.slug)


@require_safe
@login_required
def quality(request: HttpRequest, cooperation: str) -> HttpResponse:
    """The cooperation's quality: what is counted, and how the year is reviewed."""
    visible = visible_cooperation(request, slug=cooperation, permission=Permission.VIEW_QUALITY)
    today = local_day(timezone.now())
    found = quality_now(cooperation=visible.cooperation, user=reader(request), today=today)
    context = {
        "cooperation": visible.cooperation,
        "cards": presenters.cards(found, slug=cooperation),
        "curves": presenters.curves(found, today=today),
        "is_empty": found.is_empty,
        "may_manage": visible.may(Permission.MANAGE_QUALITY),
    }
    return render(request, "municipalities/quality/hub.html", context)
