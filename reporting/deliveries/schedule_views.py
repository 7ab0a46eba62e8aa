"""A schedule: when it sends what, and who receives it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from reporting.deliveries import operations, presenters
from reporting.deliveries.addressed import kind_of, sendable_cooperation, sendable_schedule
from reporting.deliveries.forms import OutsideForm, ScheduleForm
from reporting.deliveries.models import Schedule
from reporting.deliveries.words import LEADS


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def schedule(request: HttpRequest, cooperation: str, kind: str) -> HttpResponse:
    """Set when it is sent, and to which roles; below it who receives it now."""
    found, sort = sendable_cooperation(request, slug=cooperation), kind_of(kind)
    rows = Schedule.objects.select_related("cooperation")
    present = rows.filter(cooperation=found, kind=sort).first()
    form = ScheduleForm(request.POST or None, instance=present, kind=sort)
    if request.method == "POST" and form.is_valid():
        operations.set_schedule(
            cooperation=found, kind=sort, at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("The schedule is saved."))
        return redirect("deliveries")
    context = {
        "form": form,
        "cooperation": found,
        "kind": kind,
        "what": capfirst(sort.label),
        "lead": LEADS[sort],
        "schedule": present and presenters.schedule_page(present, now=timezone.now()),
    }
    status = 422 if form.errors else 200
    return render(request, "reporting/deliveries/schedule.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add_recipient(request: HttpRequest, cooperation: str, kind: str) -> HttpResponse:
    """Let somebody without a login receive it."""
    found = sendable_schedule(request, slug=cooperation, kind=kind)
    form = OutsideForm(request.POST or None, schedule=found)
    if request.method == "POST" and form.is_valid():
        operations.add_outside(schedule=found, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The recipient is added."))
        return redirect("delivery_schedule", cooperation=cooperation, kind=kind)
    context = {"form": form, "what": capfirst(found.get_kind_display()), "kind": kind}
    context["cooperation"] = found.cooperation
    status = 422 if form.errors else 200
    return render(request, "reporting/deliveries/recipient.html", context, status=status)


@require_POST
@login_required
def remove_recipient(request: HttpRequest, cooperation: str, kind: str, pk: int) -> HttpResponse:
    """Send somebody without a login no more."""
    found = sendable_schedule(request, slug=cooperation, kind=kind)
    outside = get_object_or_404(found.outside, pk=pk)
    operations.remove_outside(outside=outside, at=timezone.now())
    messages.success(request, _("The recipient is removed. What was sent stays as it is."))
    return redirect("delivery_schedule", cooperation=cooperation, kind=kind)
