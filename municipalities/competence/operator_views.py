"""The pages of the operators: the list, one of them, and what is said of one."""

from __future__ import annotations

from collections.abc import Callable

import pghistory
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from legevakt.lib.refusals import told_in
from municipalities.competence import operator_presenters, staff
from municipalities.competence.forms import ReasonForm
from municipalities.competence.models import Operator
from municipalities.competence.operator_forms import NO_MENTOR, WORDS, OperatorForm
from municipalities.competence.rooms import (
    Room,
    form_methods,
    form_page,
    operator_in,
    sent,
    writable_room,
)
from municipalities.competence.standings import standings


@require_safe
@login_required
def operators(request: HttpRequest, cooperation: str, central: str) -> HttpResponse:
    """Who is at work, and who has ended or is to start."""
    room = writable_room(request, cooperation=cooperation, central=central)
    all_of_them = Operator.objects.filter(central=room.central)
    at_work = standings(operators=all_of_them, today=room.today)
    others = all_of_them.exclude(pk__in=[each.operator.pk for each in at_work])
    context = {
        "room": room,
        "rows": operator_presenters.operator_rows(at_work),
        "columns": operator_presenters.COLUMNS,
        "others": operator_presenters.other_rows(others.order_by("label", "pk")),
        "other_columns": operator_presenters.OTHER_COLUMNS,
    }
    return render(request, "municipalities/competence/operators.html", context)


@require_safe
@login_required
def operator(request: HttpRequest, cooperation: str, central: str, pk: int) -> HttpResponse:
    """What one operator has, and when the next follow-up is due."""
    room = writable_room(request, cooperation=cooperation, central=central)
    found = operator_in(room, pk=pk)
    this = standings(operators=Operator.objects.filter(pk=found.pk), today=room.today)
    obtained = found.qualifications.select_related("requirement")
    names = dict(room.central.competence_requirements.values_list("pk", "name"))
    context = {
        "room": room,
        "operator": found,
        "facts": operator_presenters.facts(found, standing=this[0] if this else None),
        "held": operator_presenters.held_rows(this[0], names=names) if this else [],
        "held_columns": operator_presenters.HELD_COLUMNS,
        "obtained": operator_presenters.obtained_rows(obtained.order_by("-obtained_date", "-pk")),
        "obtained_columns": operator_presenters.OBTAINED_COLUMNS,
        "follow_ups": found.follow_ups.order_by("-held_date", "-pk"),
    }
    return render(request, "municipalities/competence/operator.html", context)


@form_methods
@login_required
def operator_new(request: HttpRequest, cooperation: str, central: str) -> HttpResponse:
    """Add an operator, by a label."""
    room = writable_room(request, cooperation=cooperation, central=central)
    form = OperatorForm(sent(request), central=room.central, today=room.today)
    if form.is_valid():
        added = _said(
            form,
            lambda: staff.add_operator(central=room.central, today=room.today, **form.cleaned_data),
        )
        if added:
            messages.success(request, _("The operator is added."))
            return redirect(_page(room, added))
    return form_page(
        request,
        room=room,
        form=form,
        title=_("Add an operator"),
        submit_label=_("Add the operator"),
        back_url=_list(room),
    )


@form_methods
@login_required
def operator_change(request: HttpRequest, cooperation: str, central: str, pk: int) -> HttpResponse:
    """Say it anew, or that the operator has ended."""
    room = writable_room(request, cooperation=cooperation, central=central)
    found = operator_in(room, pk=pk)
    form = OperatorForm(sent(request), central=room.central, today=room.today, operator=found)
    if form.is_valid():
        facts = dict(form.cleaned_data)
        with pghistory.context(reason=facts.pop("reason")):
            changed = _said(
                form,
                lambda: staff.change_operator(operator=found, today=room.today, **facts),
            )
        if changed:
            messages.success(request, _("The operator is changed."))
            return redirect(_page(room, found))
    return form_page(
        request,
        room=room,
        form=form,
        title=_("Change the operator"),
        submit_label=_("Save the operator"),
        back_url=_page(room, found),
    )


@form_methods
@login_required
def operator_delete(request: HttpRequest, cooperation: str, central: str, pk: int) -> HttpResponse:
    """Ask once, then delete."""
    room = writable_room(request, cooperation=cooperation, central=central)
    found = operator_in(room, pk=pk)
    form = ReasonForm(sent(request))
    if form.is_valid():
        with pghistory.context(reason=form.cleaned_data["reason"]):
            staff.delete_operator(operator=found)
        messages.success(request, _("The operator is deleted."))
        return redirect(_list(room))
    return form_page(
        request,
        room=room,
        form=form,
        title=_("Delete “%(label)s”") % {"label": found.label},
        lead=_(
            "With every qualification and follow-up. Who has ended and may come back is not"
            " deleted: change the operator instead, and say when."
        ),
        submit_label=_("Delete the operator"),
        submit_color="danger",
        back_url=_page(room, found),
    )


def _said(form: OperatorForm, operation: Callable[[], Operator]) -> Operator | None:
    """What the operation made; None where it is refused, and the form says why."""
    try:
        with told_in(form, WORDS):
            return operation()
    except staff.NoMentor:
        form.add_error("mentor", NO_MENTOR)
    return None


def _list(room: Room) -> str:
    return reverse("operators", args=[room.cooperation.slug, room.central.slug])


def _page(room: Room, operator: Operator) -> str:
    return reverse("operator", args=[room.cooperation.slug, room.central.slug, operator.pk])
