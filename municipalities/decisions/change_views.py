"""Registering a decision, confirming, correcting, and recording what followed."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from legevakt.lib.periods import local_day
from municipalities.access.queries import municipalities_acted_for
from municipalities.access.rules import Permission
from municipalities.cooperations.visible import visible_cooperation
from municipalities.decisions import operations, queries, tasks
from municipalities.decisions.event_forms import EventForm
from municipalities.decisions.forms import CorrectForm, NotifyForm, RegisterForm
from municipalities.decisions.models import Decision
from municipalities.decisions.rules import EventKind
from municipalities.decisions.seen import seen_decision, written_decision
from municipalities.decisions.words import EVENT_TITLES, told

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@form_methods
@login_required
def decision_new(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Register one; the participants are told of it, unless it says otherwise."""
    found = visible_cooperation(
        request, slug=cooperation, permission=Permission.REGISTER_DECISIONS
    ).cooperation
    at = timezone.now()
    writable = queries.writable_municipalities(user=request.user, cooperation=found)
    form = RegisterForm(
        *_sent(request),
        cooperation=found,
        writable=writable,
        today=local_day(at),
        initial={"municipality": writable[0] if len(writable) == 1 else None},
    )
    if request.method == "POST" and form.is_valid():
        with told(form):
            document = form.kept_document(cooperation=found, by=request.user, at=at)
            made = operations.register(
                cooperation=found,
                facts=form.facts(document=document),
                receipt_by=form.receipt_date,
                by=request.user,
                at=at,
            )
        if form.is_valid():
            tasks.tell_soon()
            messages.success(request, _("The decision is registered."))
            return redirect("decision", cooperation, made.pk)
    context = {"cooperation": found, "title": _("Register a decision")}
    return _form_page(request, form=form, submit_label=_("Register the decision"), **context)


@form_methods
@login_required
def decision_correct(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Say it as it is, and why it said something else."""
    decision = written_decision(request, slug=cooperation, pk=pk).decision
    found, at = decision.cooperation, timezone.now()
    form = CorrectForm(
        *_sent(request),
        cooperation=found,
        writable=queries.writable_municipalities(user=request.user, cooperation=found),
        initial=CorrectForm.values_of(decision),
    )
    if request.method == "POST" and form.is_valid():
        with told(form):
            document = form.kept_document(cooperation=found, by=request.user, at=at)
            facts = form.facts(document=document or decision.document)
            operations.correct(
                decision=decision, facts=facts, reason=form.cleaned_data["reason"], at=at
            )
        if form.is_valid():
            tasks.tell_soon()
            messages.success(request, _("The decision is corrected."))
            return redirect("decision", cooperation, pk)
    return _about(request, decision, form=form, title=_("Correct the decision"))


@form_methods
@login_required
def decision_notify(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Have the other participants told of it, also who has joined since."""
    decision = written_decision(request, slug=cooperation, pk=pk).decision
    at = timezone.now()
    form = NotifyForm(*_sent(request), today=local_day(at))
    if request.method == "POST" and form.is_valid():
        with told(form):
            operations.notify(decision=decision, receipt_by=form.cleaned_data["receipt_by"], at=at)
        if form.is_valid():
            tasks.tell_soon()
            messages.success(request, _("The other participants are told."))
            return redirect("decision", cooperation, pk)
    return _about(request, decision, form=form, title=_("Notify the other participants"))


@form_methods
@login_required
def decision_event(request: HttpRequest, cooperation: str, pk: int, event: str) -> HttpResponse:
    """Record one thing that followed."""
    seen = seen_decision(request, slug=cooperation, pk=pk)
    if event not in seen.events:
        raise Http404
    decision, kind = seen.decision, EventKind(event)
    before = getattr(decision, operations.COLUMNS[kind])
    form = EventForm(*_sent(request), event=kind, before=before)
    if request.method == "POST" and form.is_valid():
        with told(form):
            operations.record(decision=decision, event=kind, at=timezone.now(), **form.cleaned_data)
        if form.is_valid():
            messages.success(request, _("It is recorded."))
            return redirect("decision", cooperation, pk)
    return _about(request, decision, form=form, title=str(EVENT_TITLES[kind]))


@require_POST
@login_required
def decision_confirm(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Read and confirmed, on behalf of the own municipality."""
    decision = seen_decision(request, slug=cooperation, pk=pk).decision
    own = list(
        municipalities_acted_for(
            user=request.user,
            permission=Permission.ANSWER_FOR_MUNICIPALITY,
            cooperation=decision.cooperation,
        )
    )
    if not decision.notifications.filter(municipality__in=own).exists():
        raise Http404
    operations.confirm(decision=decision, municipalities=own, by=request.user, at=timezone.now())
    messages.success(request, _("The receipt is stored."))
    return redirect("decision", cooperation, pk)


def _sent(request: HttpRequest) -> tuple:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _about(
    request: HttpRequest, decision: Decision, *, form: forms.Form, title: str
) -> HttpResponse:
    return _form_page(
        request,
        cooperation=decision.cooperation,
        decision=decision,
        form=form,
        title=title,
        submit_label=_("Save"),
    )


def _form_page(request: HttpRequest, *, form: forms.Form, **context) -> HttpResponse:
    return render(
        request,
        "municipalities/decisions/form.html",
        {"form": form, **context},
        status=422 if form.errors else 200,
    )
