"""The central that an address names, and what every page and form about its operators needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from legevakt.lib.periods import local_day
from municipalities.access.rules import Permission
from municipalities.centrals.models import Central
from municipalities.competence.models import Operator
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.visible import visible_cooperation

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Room:
    """A central in its cooperation, as its reader sees it today."""

    cooperation: Cooperation
    central: Central
    may_write: bool
    today: date


def room_of(request: HttpRequest, *, cooperation: str, central: str) -> Room:
    """For who may see the competence of its operators; else 404. Three queries."""
    visible = visible_cooperation(request, slug=cooperation, permission=Permission.VIEW_COMPETENCE)
    found = Central.objects.counted().filter(cooperation=visible.cooperation)
    return Room(
        cooperation=visible.cooperation,
        central=get_object_or_404(found, slug=central),
        may_write=visible.may(Permission.MANAGE_COMPETENCE),
        today=local_day(timezone.now()),
    )


def writable_room(request: HttpRequest, *, cooperation: str, central: str) -> Room:
    """For who may write there; else 404."""
    room = room_of(request, cooperation=cooperation, central=central)
    if not room.may_write:
        raise Http404
    return room


def operator_in(room: Room, *, pk: int) -> Operator:
    """The operator of the central; else 404."""
    found = Operator.objects.filter(central=room.central).select_related("central", "mentor")
    return get_object_or_404(found, pk=pk)


def sent(request: HttpRequest):
    """What a form is bound to: nothing where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: HttpRequest,
    *,
    room: Room,
    form: forms.Form,
    title: str,
    submit_label: str,
    back_url: str,
    lead: str = "",
    submit_color: str = "",
) -> HttpResponse:
    """A page of one form; 422 where it was filled in wrongly."""
    context = {
        "room": room,
        "form": form,
        "title": title,
        "lead": lead,
        "submit_label": submit_label,
        "submit_color": submit_color,
        "back_url": back_url,
    }
    status = 422 if form.errors else 200
    return render(request, "municipalities/competence/form.html", context, status=status)
