"""Changing what the cooperation is: its facts and its services."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from legevakt.lib.periods import local_day
from municipalities.access.rules import Permission
from municipalities.cooperations import operations, presenters, queries, services
from municipalities.cooperations.forms import (
    FactsForm,
    ReasonForm,
    ServiceEndForm,
    ServiceForm,
    facts_of,
)
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.visible import visible_cooperation
from municipalities.cooperations.words import refusals_in

FORM_PAGE = "municipalities/cooperations/form.html"
MANAGE = Permission.MANAGE_AGREEMENT


@login_required
def cooperation_facts(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Change the facts, beside what the law says of each form of cooperation."""
    found = visible_cooperation(request, slug=cooperation, permission=MANAGE).cooperation
    form = FactsForm(request.POST or None, initial=facts_of(found))
    if request.method == "POST" and form.is_valid():
        facts = form.facts
        with refusals_in(form):
            operations.change_facts(
                cooperation=found, why=facts.pop("why"), facts=facts, by=request.user
            )
            messages.success(request, _("The facts are changed."))
            return redirect("cooperation", cooperation=found.slug)
    context = {
        "cooperation": found,
        "form": form,
        "columns": presenters.FORMS_COLUMNS,
        "rows": presenters.FORMS_ROWS,
    }
    status = 422 if form.errors else 200
    return render(request, "municipalities/cooperations/facts.html", context, status=status)


@require_safe
@login_required
def services_page(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Every service: legal basis, for whom, from when."""
    visible = visible_cooperation(request, slug=cooperation)
    found = queries.services_of(cooperation=visible.cooperation, today=local_day(timezone.now()))
    context = {
        "cooperation": visible.cooperation,
        "lines": presenters.service_lines(found),
        "columns": presenters.SERVICE_COLUMNS,
        "may_manage": visible.may(MANAGE),
    }
    return render(request, "municipalities/cooperations/services.html", context)


@login_required
def service_new(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Add a service, for all or for some."""
    found = visible_cooperation(request, slug=cooperation, permission=MANAGE).cooperation
    today = local_day(timezone.now())
    form = ServiceForm(request.POST or None, cooperation=found, today=today)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            services.add(cooperation=found, **form.facts, by=request.user)
            messages.success(request, _("The service is added."))
            return redirect("services", cooperation=found.slug)
    return form_page(request, found, form, title=_("Add a service"), back="services")


@login_required
def service_end(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """End a service on a day."""
    found = visible_cooperation(request, slug=cooperation, permission=MANAGE).cooperation
    service = get_object_or_404(found.services, pk=pk)
    form = ServiceEndForm(request.POST or None, initial={"on": service.ends_date})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            services.end(service=service, **form.facts, by=request.user)
            messages.success(request, _("The end of the service is recorded."))
            return redirect("services", cooperation=found.slug)
    title = _("End the service: %(service)s") % {"service": service}
    return form_page(request, found, form, title=title, back="services")


def form_page(
    request: HttpRequest,
    cooperation: Cooperation,
    form: ReasonForm,
    *,
    title: str,
    back: str,
    lead: str = "",
) -> HttpResponse:
    """A page that is one form; `back` is the list that it belongs to."""
    context = {
        "cooperation": cooperation,
        "form": form,
        "title": title,
        "lead": lead,
        "back": back,
    }
    return render(request, FORM_PAGE, context, status=422 if form.errors else 200)
