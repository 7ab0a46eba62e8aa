"""The hub: what the cooperation is, how its agreement stands, and the way to everything else."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from legevakt.lib.periods import local_day
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.queries import services_of
from municipalities.cooperations.visible import visible_cooperation
from municipalities.hub import cards, presenters, queries


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
    """Facts, and a card for each part of the record."""
    visible = visible_cooperation(request, slug=cooperation)
    found, today = visible.cooperation, local_day(timezone.now())
    standing = queries.standing_of(cooperation=found, today=today)
    reader = cards.Reader(
        cooperation=found, user=request.user, today=today, held=visible.held, standing=standing
    )
    context = {
        "cooperation": found,
        "sentence": presenters.sentence(standing),
        "facts": presenters.facts(found),
        "participants": queries.names_of_participants(cooperation=found, today=today),
        "services": presenters.services_today(services_of(cooperation=found, today=today)),
        "cards": cards.cards_for(reader),
        "may_manage": visible.may(Permission.MANAGE_AGREEMENT),
    }
    return render(request, "municipalities/hub/cooperation.html", context)
