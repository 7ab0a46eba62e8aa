"""How it stands with the operators' competence at a central, and its table to download."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from legevakt.lib.tables import download
from municipalities.access.rules import Permission
from municipalities.centrals.models import Central
from municipalities.competence import count_presenters, queries
from municipalities.competence.rooms import room_of
from municipalities.competence.to_do_presenters import to_do
from municipalities.cooperations.visible import visible_cooperation


@require_safe
@login_required
def competence_of(request: HttpRequest, cooperation: str) -> HttpResponse:
    """To the only central; a list where there are several, or none."""
    visible = visible_cooperation(request, slug=cooperation, permission=Permission.VIEW_COMPETENCE)
    found = Central.objects.counted().filter(cooperation=visible.cooperation)
    centrals = list(found.order_by("name", "pk"))
    if len(centrals) == 1:
        return redirect("competence", cooperation, centrals[0].slug)
    context = {"cooperation": visible.cooperation, "centrals": centrals}
    return render(request, "municipalities/competence/centrals.html", context)


@require_safe
@login_required
def competence(request: HttpRequest, cooperation: str, central: str) -> HttpResponse:
    """Counts; and for who keeps the operators, about whom something is to be done."""
    room = room_of(request, cooperation=cooperation, central=central)
    found = queries.of_central(central=room.central, today=room.today)
    rows = count_presenters.count_rows(found.requirements)
    table = count_presenters.count_table(rows)
    if request.GET.get("format") in ("csv", "xlsx"):
        name = f"{room.central.slug}-competence-{room.today}"
        return download(table, file_format=request.GET["format"], name=name)
    context = {
        "room": room,
        "figures": count_presenters.figures(found),
        "table": table,
        "rows": rows,
        "to_do": to_do(found) if room.may_write else None,
        "has_operators": bool(found.operators),
    }
    return render(request, "municipalities/competence/competence.html", context)
