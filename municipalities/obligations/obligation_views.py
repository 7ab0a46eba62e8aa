"""Writing obligations: taking the principles', adding one, changing it, ending it."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from legevakt.lib.periods import local_day
from legevakt.lib.refusals import told_in
from municipalities.access.models import User
from municipalities.agreements.models import AgreementVersion, Layer, VersionState
from municipalities.cooperations.visible import visible_cooperation
from municipalities.obligations import operations, words
from municipalities.obligations.forms import WORDS, AddForm, ChangeForm, EndForm, initial_of
from municipalities.obligations.views import MANAGE, visible_obligation


@require_POST
@login_required
def obligations_establish(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Take the obligations of the principles, from the day the political agreement is in force."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    version = AgreementVersion.objects.filter(
        agreement__cooperation=visible.cooperation,
        agreement__layer=Layer.POLITICAL,
        state=VersionState.IN_FORCE,
    ).first()
    if version is None:
        messages.error(
            request,
            _("No political agreement is in force yet. When one is, its obligations can be taken."),
        )
    else:
        by = cast(User, request.user)
        operations.establish(version=version, by=by, at=timezone.now())
        messages.success(request, _("The obligations and their deadlines are in place."))
    return redirect("obligations", cooperation=cooperation)


@login_required
def obligation_new(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Add an obligation that the principles do not have."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    today = local_day(timezone.now())
    form = AddForm(request.POST or None, initial={"starts_date": today})
    if request.method == "POST" and form.is_valid():
        with told_in(form, WORDS):
            found = operations.add(cooperation=visible.cooperation, **form.facts, today=today)
        if form.is_valid():
            messages.success(request, _("The obligation is added."))
            return redirect("obligation", cooperation=cooperation, pk=found.pk)
    context = {
        "cooperation": visible.cooperation,
        "title": _("Add an obligation"),
        "submit_label": _("Add the obligation"),
    }
    return form_page(request, form=form, **context)


@login_required
def obligation_change(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Say it anew, with the reason; open dues ahead follow."""
    visible, found = _writable(request, slug=cooperation, pk=pk)
    form = ChangeForm(request.POST or None, initial=initial_of(found))
    if request.method == "POST" and form.is_valid():
        with told_in(form, WORDS):
            operations.change(obligation=found, **form.facts, today=local_day(timezone.now()))
        if form.is_valid():
            messages.success(request, _("The obligation is changed."))
            return redirect("obligation", cooperation=cooperation, pk=pk)
    context = {
        "cooperation": visible.cooperation,
        "obligation": found,
        "obligation_title": words.told(found.title),
        "title": _("Change the obligation"),
        "lead": _("Deadlines that lie ahead follow. What is kept, and what is past, stays."),
        "submit_label": _("Save the obligation"),
    }
    return form_page(request, form=form, **context)


@login_required
def obligation_end(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """From a day it obliges no more, with the reason."""
    visible, found = _writable(request, slug=cooperation, pk=pk)
    form = EndForm(request.POST or None, initial={"ends_date": local_day(timezone.now())})
    if request.method == "POST" and form.is_valid():
        with told_in(form, WORDS):
            operations.end(obligation=found, **form.cleaned_data)
        if form.is_valid():
            messages.success(request, _("The obligation ends."))
            return redirect("obligation", cooperation=cooperation, pk=pk)
    context = {
        "cooperation": visible.cooperation,
        "obligation": found,
        "obligation_title": words.told(found.title),
        "title": _("End the obligation"),
        "lead": words.told(found.title),
        "submit_label": _("End the obligation"),
        "submit_color": "danger",
    }
    return form_page(request, form=form, **context)


def form_page(request: HttpRequest, *, form, **context) -> HttpResponse:
    """The room's page with a form: title, lead, submit_label, submit_color, and where it lies."""
    status = 422 if form.errors else 200
    return render(
        request, "municipalities/obligations/form.html", {"form": form, **context}, status=status
    )


def _writable(request: HttpRequest, *, slug: str, pk: int):
    """An obligation that has not ended, for who may write; else 404."""
    visible, found = visible_obligation(request, slug=slug, pk=pk, permission=MANAGE)
    if found.ends_date is not None:
        raise Http404
    return visible, found
