"""The hub: what the cooperation is, how its agreement stands, and the way to everything else."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.access.rules import Permission
from municipalities.agreements import queries as agreement_queries
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.queries import services_of
from municipalities.cooperations.visible import visible_cooperation
from municipalities.hub import cards, presenters, queries
from municipalities.obligations import queries as obligation_queries


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
    asked = cards.Asked(cooperation=found, user=cast("User", request.user), today=today)
    agreement = agreement_queries.summary_of(**asked)
    obligations = obligation_queries.summary_of(**asked)
    reader = cards.Reader(asked=asked, agreement=agreement, obligations=obligations)
    context = {
        "cooperation": found,
        "sentence": presenters.sentence(
            in_force_since=agreement.in_force_since, totals=obligations.totals
        ),
        "facts": presenters.facts(found),
        "participants": queries.names_of_participants(cooperation=found, today=today),
        "services": presenters.services_today(services_of(cooperation=found, today=today)),
        "cards": cards.cards_for(reader),
        "may_manage": visible.may(Permission.MANAGE_AGREEMENT),
    }
    return render(request, "municipalities/hub/cooperation.html", context)
