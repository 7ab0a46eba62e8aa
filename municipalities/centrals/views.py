"""The pages of the cooperation's centrals: their numbers, and whom they answer for."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from legevakt.lib.periods import local_day
from legevakt.lib.refusals import told_in
from municipalities.centrals import number_forms, operations, register_presenters, served_forms
from municipalities.centrals.models import Central
from municipalities.centrals.names import line_name
from municipalities.centrals.number_forms import NumberDaysForm, NumberForm
from municipalities.centrals.presenters import standing
from municipalities.centrals.queries import served_on
from municipalities.centrals.served_forms import ServedForm
from municipalities.centrals.states import states_of
from municipalities.centrals.visible import VisibleCentral, visible_central
from municipalities.cooperations.visible import visible_cooperation


@require_safe
@login_required
def centrals_of(request: HttpRequest, cooperation: str) -> HttpResponse:
    """The cooperation's centrals; where it is one, its own page."""
    visible = visible_cooperation(request, slug=cooperation)
    centrals = Central.objects.counted().filter(cooperation=visible.cooperation)
    states = states_of(centrals=centrals, today=local_day(timezone.now()))
    if len(states) == 1:
        return redirect("central_record", cooperation=cooperation, central=next(iter(states)).slug)
    context = {
        "cooperation": visible.cooperation,
        "centrals": [(central, standing(state)) for central, state in states.items()],
    }
    return render(request, "municipalities/centrals/centrals.html", context)


@require_safe
@login_required
def central_record(request: HttpRequest, cooperation: str, central: str) -> HttpResponse:
    """Its numbers, whom it answers for, and how its checklist stands."""
    visible = visible_central(request, cooperation=cooperation, central=central)
    found, today = visible.central, visible.today
    states = states_of(centrals=Central.objects.filter(pk=found.pk), today=today)
    numbers = found.numbers.order_by("line_class", "number", "pk")
    served = found.served.select_related("municipality")
    context = visible.context | {
        "standing": standing(states[found]),
        "numbers": register_presenters.number_lines(numbers, today=today),
        "number_columns": register_presenters.NUMBER_COLUMNS,
        "served": register_presenters.served_lines(
            served.order_by("municipality__number", "valid_from", "pk"), today=today
        ),
        "served_columns": register_presenters.SERVED_COLUMNS,
        "served_today": served_on(central=found, day=today).count(),
    }
    return render(request, "municipalities/centrals/central.html", context)


@login_required
def central_number_new(request: HttpRequest, cooperation: str, central: str) -> HttpResponse:
    """Add a public number."""
    visible = visible_central(request, cooperation=cooperation, central=central, to_manage=True)
    form = NumberForm(_posted(request))
    if form.is_bound and form.is_valid():
        with told_in(form, number_forms.WORDS):
            operations.add_number(central=visible.central, **form.cleaned_data)
    if form.is_bound and form.is_valid():
        messages.success(request, _("The number is added."))
        return _to_central(visible)
    return _form_page(request, visible, form=form, title=_("Add a public number"))


@login_required
def central_number_change(
    request: HttpRequest, cooperation: str, central: str, pk: int
) -> HttpResponse:
    """When the number is in use: an end, or what was written wrong."""
    visible = visible_central(request, cooperation=cooperation, central=central, to_manage=True)
    line = get_object_or_404(visible.central.numbers, pk=pk)
    form = NumberDaysForm(_posted(request), line=line)
    if form.is_bound and form.is_valid():
        with told_in(form, number_forms.WORDS):
            operations.change_number(line=line, **form.facts)
    if form.is_bound and form.is_valid():
        messages.success(request, _("The days of the number are changed."))
        return _to_central(visible)
    title = _("When is %(number)s in use?") % {"number": line_name(line)}
    return _form_page(request, visible, form=form, title=title, history=("publicnumber", pk))


@login_required
def served_new(request: HttpRequest, cooperation: str, central: str) -> HttpResponse:
    """Add a municipality that the central answers for."""
    visible = visible_central(request, cooperation=cooperation, central=central, to_manage=True)
    form = ServedForm(_posted(request), central=visible.central, today=visible.today)
    if form.is_bound and form.is_valid():
        with told_in(form, served_forms.WORDS):
            operations.serve(central=visible.central, **form.facts)
    if form.is_bound and form.is_valid():
        messages.success(request, _("The municipality is added."))
        return _to_central(visible)
    return _form_page(request, visible, form=form, title=_("Add a municipality"))


@login_required
def served_change(request: HttpRequest, cooperation: str, central: str, pk: int) -> HttpResponse:
    """Change a municipality that the central answers for, or end it."""
    visible = visible_central(request, cooperation=cooperation, central=central, to_manage=True)
    rows = visible.central.served.select_related("municipality")
    served = get_object_or_404(rows, pk=pk)
    name = served.municipality.name
    form = ServedForm(_posted(request), central=visible.central, today=visible.today, served=served)
    if form.is_bound and form.is_valid():
        with told_in(form, served_forms.WORDS):
            operations.change_service(served=served, **form.facts)
    if form.is_bound and form.is_valid():
        messages.success(request, _("The municipality is changed."))
        return _to_central(visible)
    title = _("When does the central answer for %(name)s?") % {"name": name}
    return _form_page(request, visible, form=form, title=title, history=("servedmunicipality", pk))


def _posted(request: HttpRequest):
    return request.POST if request.method == "POST" else None


def _to_central(visible: VisibleCentral) -> HttpResponse:
    return redirect("central_record", visible.cooperation.slug, visible.central.slug)


def _form_page(
    request: HttpRequest, visible: VisibleCentral, *, form, title: str, history=None
) -> HttpResponse:
    context = visible.context | {"form": form, "title": title, "history": history}
    status = 422 if form.errors else 200
    return render(request, "municipalities/centrals/form.html", context, status=status)
