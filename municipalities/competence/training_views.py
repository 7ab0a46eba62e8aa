"""The forms of what operators have obtained, and of follow-ups that were held."""

from __future__ import annotations

from collections.abc import Collection

import pghistory
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legevakt.lib.refusals import told_in
from municipalities.competence import training
from municipalities.competence.forms import ReasonForm
from municipalities.competence.models import FollowUp, Operator, Qualification
from municipalities.competence.rooms import (
    Room,
    form_methods,
    form_page,
    operator_in,
    sent,
    writable_room,
)
from municipalities.competence.training_forms import WORDS, CourseForm, ExpiryForm, FollowUpForm


@form_methods
@login_required
def course(request: HttpRequest, cooperation: str, central: str) -> HttpResponse:
    """That several operators have obtained the same, on the same day."""
    room = writable_room(request, cooperation=cooperation, central=central)
    form = CourseForm(sent(request), central=room.central, today=room.today)
    if form.is_valid() and _qualify(request, form, operators=form.cleaned_data["operators"]):
        return redirect("competence", cooperation, central)
    return form_page(
        request,
        room=room,
        form=form,
        title=_("Register a course or an exercise"),
        lead=_("For all who took part, at once."),
        submit_label=_("Register it"),
        back_url=reverse("competence", args=[cooperation, central]),
    )


@form_methods
@login_required
def operator_obtained(
    request: HttpRequest, cooperation: str, central: str, pk: int
) -> HttpResponse:
    """That one operator has obtained something."""
    room = writable_room(request, cooperation=cooperation, central=central)
    found = operator_in(room, pk=pk)
    initial = {"requirement": request.GET.get("requirement")}
    form = CourseForm(
        sent(request), central=room.central, today=room.today, operator=found, initial=initial
    )
    if form.is_valid() and _qualify(request, form, operators=[found]):
        return redirect(_page(room, pk=pk))
    return form_page(
        request,
        room=room,
        form=form,
        title=_("What has %(label)s obtained?") % {"label": found.label},
        submit_label=_("Register it"),
        back_url=_page(room, pk=pk),
    )


@form_methods
@login_required
def qualification_change(
    request: HttpRequest, cooperation: str, central: str, pk: int
) -> HttpResponse:
    """It expires on another day."""
    room = writable_room(request, cooperation=cooperation, central=central)
    found = _qualification(room, pk=pk)
    form = ExpiryForm(sent(request), qualification=found)
    if form.is_valid():
        with told_in(form, WORDS), pghistory.context(reason=form.cleaned_data["reason"]):
            training.change_expiry(
                qualification=found, expires_date=form.cleaned_data["expires_date"]
            )
    if form.is_bound and form.is_valid():
        messages.success(request, _("The expiry is changed."))
        return redirect(_page(room, pk=found.operator_id))
    return form_page(
        request,
        room=room,
        form=form,
        title=_("When does it expire?"),
        lead=str(found),
        submit_label=_("Save the day"),
        back_url=_page(room, pk=found.operator_id),
    )


@form_methods
@login_required
def qualification_remove(
    request: HttpRequest, cooperation: str, central: str, pk: int
) -> HttpResponse:
    """It was registered by mistake."""
    room = writable_room(request, cooperation=cooperation, central=central)
    found = _qualification(room, pk=pk)
    form = ReasonForm(sent(request))
    if form.is_valid():
        with pghistory.context(reason=form.cleaned_data["reason"]):
            training.remove_qualification(qualification=found)
        messages.success(request, _("It is removed."))
        return redirect(_page(room, pk=found.operator_id))
    return form_page(
        request,
        room=room,
        form=form,
        title=_("Remove what was registered by mistake"),
        lead=str(found),
        submit_label=_("Remove it"),
        submit_color="danger",
        back_url=_page(room, pk=found.operator_id),
    )


@form_methods
@login_required
def follow_up_new(request: HttpRequest, cooperation: str, central: str, pk: int) -> HttpResponse:
    """That a follow-up was held."""
    room = writable_room(request, cooperation=cooperation, central=central)
    found = operator_in(room, pk=pk)
    form = FollowUpForm(sent(request), today=room.today)
    if form.is_valid():
        training.register_follow_up(operator=found, held_date=form.cleaned_data["held_date"])
        messages.success(request, _("The follow-up is registered."))
        return redirect(_page(room, pk=pk))
    return form_page(
        request,
        room=room,
        form=form,
        title=_("Register a follow-up of %(label)s") % {"label": found.label},
        submit_label=_("Register the follow-up"),
        back_url=_page(room, pk=pk),
    )


@form_methods
@login_required
def follow_up_remove(request: HttpRequest, cooperation: str, central: str, pk: int) -> HttpResponse:
    """It was registered by mistake."""
    room = writable_room(request, cooperation=cooperation, central=central)
    held = FollowUp.objects.filter(operator__central=room.central).select_related("operator")
    found = get_object_or_404(held, pk=pk)
    form = ReasonForm(sent(request))
    if form.is_valid():
        with pghistory.context(reason=form.cleaned_data["reason"]):
            training.remove_follow_up(follow_up=found)
        messages.success(request, _("The follow-up is removed."))
        return redirect(_page(room, pk=found.operator_id))
    return form_page(
        request,
        room=room,
        form=form,
        title=_("Remove what was registered by mistake"),
        lead=_("A follow-up of %(label)s.") % {"label": found.operator.label},
        submit_label=_("Remove it"),
        submit_color="danger",
        back_url=_page(room, pk=found.operator_id),
    )


def _qualify(request: HttpRequest, form: CourseForm, *, operators: Collection[Operator]) -> bool:
    """Whether it went well; the reader is told how many are new."""
    facts = {name: form.cleaned_data[name] for name in ("requirement", "obtained_date")}
    with told_in(form, WORDS):
        count = training.qualify(
            operators=operators, expires_date=form.cleaned_data["expires_date"], **facts
        )
    if not form.is_valid():
        return False
    text = ngettext(
        "It is registered for %(count)s operator.",
        "It is registered for %(count)s operators.",
        count,
    )
    messages.success(
        request, text % {"count": count} if count else _("All of that was registered already.")
    )
    return True


def _qualification(room: Room, *, pk: int) -> Qualification:
    found = Qualification.objects.filter(operator__central=room.central)
    return get_object_or_404(found.select_related("operator", "requirement"), pk=pk)


def _page(room: Room, *, pk: int) -> str:
    return reverse("operator", args=[room.cooperation.slug, room.central.slug, pk])
