"""The pages of what is required of the operators."""

from __future__ import annotations

import pghistory
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from legevakt.lib.refusals import told_in
from municipalities.competence import operations, presenters
from municipalities.competence.forms import WORDS, EndForm, RequirementForm
from municipalities.competence.models import CompetenceRequirement
from municipalities.competence.rooms import (
    Room,
    form_methods,
    form_page,
    room_of,
    sent,
    writable_room,
)
from municipalities.competence.standard import standard


@require_safe
@login_required
def requirements(request: HttpRequest, cooperation: str, central: str) -> HttpResponse:
    """What is required, and what no longer is."""
    room = room_of(request, cooperation=cooperation, central=central)
    found = list(CompetenceRequirement.objects.filter(central=room.central).order_by("pk"))
    names = {each.name for each in found}
    language = room.cooperation.language
    context = {
        "room": room,
        "rows": [
            (each, presenters.validity(each), each.ends_date and each.ends_date <= room.today)
            for each in found
        ],
        "columns": presenters.REQUIREMENT_COLUMNS,
        "offered": [each.name(language) for each in standard() if each.name(language) not in names],
    }
    return render(request, "municipalities/competence/requirements.html", context)


@require_POST
@login_required
def take_standard(request: HttpRequest, cooperation: str, central: str) -> HttpResponse:
    """Take the starting set, in the language of the cooperation."""
    room = writable_room(request, cooperation=cooperation, central=central)
    count = operations.take_standard(central=room.central, language=room.cooperation.language)
    text = ngettext("%(count)s requirement is added.", "%(count)s requirements are added.", count)
    messages.success(request, text % {"count": count})
    return redirect(_list(room))


@form_methods
@login_required
def requirement_new(request: HttpRequest, cooperation: str, central: str) -> HttpResponse:
    """Require something more."""
    room = writable_room(request, cooperation=cooperation, central=central)
    form = RequirementForm(sent(request))
    if form.is_valid():
        with told_in(form, WORDS):
            operations.add_requirement(central=room.central, **form.cleaned_data)
        if form.is_valid():
            messages.success(request, _("The requirement is added."))
            return redirect(_list(room))
    return form_page(
        request,
        room=room,
        form=form,
        title=_("Add a requirement"),
        submit_label=_("Add the requirement"),
        back_url=_list(room),
    )


@form_methods
@login_required
def requirement_change(
    request: HttpRequest, cooperation: str, central: str, pk: int
) -> HttpResponse:
    """Say it anew."""
    room = writable_room(request, cooperation=cooperation, central=central)
    requirement = _requirement(room, pk=pk)
    form = RequirementForm(sent(request), requirement=requirement)
    if form.is_valid():
        facts = dict(form.cleaned_data)
        with told_in(form, WORDS), pghistory.context(reason=facts.pop("reason")):
            operations.change_requirement(requirement=requirement, **facts)
        if form.is_valid():
            messages.success(request, _("The requirement is changed."))
            return redirect(_list(room))
    return form_page(
        request,
        room=room,
        form=form,
        title=_("Change the requirement"),
        lead=_("What operators have obtained already keeps the expiry it has."),
        submit_label=_("Save the requirement"),
        back_url=_list(room),
    )


@form_methods
@login_required
def requirement_end(request: HttpRequest, cooperation: str, central: str, pk: int) -> HttpResponse:
    """No longer required, or required again."""
    room = writable_room(request, cooperation=cooperation, central=central)
    requirement = _requirement(room, pk=pk)
    initial = {"ends_date": requirement.ends_date or room.today}
    form = EndForm(sent(request), initial=initial)
    if form.is_valid():
        with pghistory.context(reason=form.cleaned_data["reason"]):
            operations.end_requirement(
                requirement=requirement, ends_date=form.cleaned_data["ends_date"]
            )
        messages.success(request, _("The requirement is changed."))
        return redirect(_list(room))
    return form_page(
        request,
        room=room,
        form=form,
        title=_("End “%(name)s”") % {"name": requirement.name},
        lead=_("It is no longer counted from that day. What operators have obtained is kept."),
        submit_label=_("Save the day"),
        back_url=_list(room),
    )


def _requirement(room: Room, *, pk: int) -> CompetenceRequirement:
    return get_object_or_404(CompetenceRequirement, central=room.central, pk=pk)


def _list(room: Room) -> str:
    return reverse("competence_requirements", args=[room.cooperation.slug, room.central.slug])
