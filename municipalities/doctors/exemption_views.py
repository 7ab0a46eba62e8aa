"""The exemptions from the doctors' duty, for who runs the duty and who decides."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from municipalities.doctors import exempting, exemption_presenters, queries
from municipalities.doctors.doctor_views import above, today, visible_doctor
from municipalities.doctors.exemption_forms import (
    AppealForm,
    ApplicationForm,
    DecisionForm,
    OutcomeForm,
    WithdrawForm,
)
from municipalities.doctors.form_pages import answer_of, form_page
from municipalities.doctors.models import Exemption, ExemptionState
from municipalities.doctors.rules import Ground
from municipalities.doctors.views import form_methods, person
from municipalities.doctors.words import COLORS


@form_methods
@login_required
def exemption_new(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Register what the doctor has applied for."""
    found = visible_doctor(request, cooperation, pk)
    form = answer_of(request, ApplicationForm, today=today())

    def run() -> None:
        exempting.apply_for(
            doctor=found,
            ground=Ground(form.cleaned_data["ground"]),
            scope=form.scope,
            applied_date=form.cleaned_data["applied_date"],
            today=today(),
        )

    return form_page(
        request,
        cooperation=found.cooperation,
        form=form,
        run=run,
        done=_("The application is registered. Nothing is exempt before it is granted."),
        back=reverse("doctor", args=[cooperation, pk]),
        template="municipalities/doctors/application.html",
        title=_("Application for exemption: %(name)s") % {"name": found.name},
        submit_label=_("Register"),
        by_law=exemption_presenters.by_law(),
        **above(found.cooperation),
    )


@require_safe
@login_required
def exemption(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """One exemption, and what the reader may do with it."""
    found = _exemption(request, cooperation, pk)
    of, state = found.doctor, found.state
    may_decide = Exemption.objects.decided_by(person(request)).filter(pk=pk).exists()
    is_given = state in exempting.GIVEN
    context = {
        "cooperation": of.cooperation,
        "exemption": found,
        "doctor": of,
        "color": COLORS[state],
        "facts": exemption_presenters.facts(found),
        "who_decides": exemption_presenters.who_decides(
            queries.terms_of(of.cooperation),
            host=of.cooperation.host.name,
            municipality=of.municipality.name,
        ),
        "waits": state == ExemptionState.APPLIED,
        "may_decide": may_decide and state == ExemptionState.APPLIED,
        "may_appeal": may_decide and is_given and not found.appealed_date,
        "may_settle": may_decide
        and is_given
        and bool(found.appealed_date)
        and not found.appeal_outcome,
        "may_withdraw": state == ExemptionState.APPLIED
        or (may_decide and state == ExemptionState.GRANTED),
    }
    return render(request, "municipalities/doctors/exemption.html", context)


@form_methods
@login_required
def exemption_decide(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Grant or refuse, for who decides by the agreement."""
    found = _decided_by(request, cooperation, pk)
    terms = queries.terms_of(found.doctor.cooperation)
    form = answer_of(
        request,
        DecisionForm,
        exemption=found,
        consulted=terms.consulted,
        today=today(),
        initial=DecisionForm.scope_of(found) | {"decided_date": today(), "told_date": today()},
    )

    def run() -> None:
        exempting.decide(
            exemption=found,
            ruling=form.ruling,
            scope=form.scope,
            by=person(request),
            today=today(),
        )

    return _exemption_form(
        request,
        found,
        form,
        run=run,
        done=_("The decision is stored."),
        title=_("Decide on the application of %(name)s") % {"name": found.doctor.name},
        lead=_("A decision that can be appealed. Its reasons stand in the case, never here."),
        submit_label=_("Store the decision"),
    )


@form_methods
@login_required
def exemption_appeal(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """The doctor has appealed."""
    found = _decided_by(request, cooperation, pk)
    form = answer_of(request, AppealForm, today=today())
    return _exemption_form(
        request,
        found,
        form,
        run=lambda: exempting.appeal(exemption=found, today=today(), **form.cleaned_data),
        done=_("The appeal is registered."),
        title=_("Appeal by %(name)s") % {"name": found.doctor.name},
        submit_label=_("Register"),
    )


@form_methods
@login_required
def exemption_outcome(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """What the appeal led to."""
    found = _decided_by(request, cooperation, pk)
    form = answer_of(request, OutcomeForm, initial=OutcomeForm.scope_of(found))

    def run() -> None:
        outcome = form.cleaned_data["outcome"]
        if outcome == "upheld":
            exempting.uphold(exemption=found)
        else:
            is_granted = outcome == "granted"
            exempting.change(exemption=found, is_granted=is_granted, scope=form.scope)

    return _exemption_form(
        request,
        found,
        form,
        run=run,
        done=_("The outcome is stored."),
        title=_("Outcome of the appeal by %(name)s") % {"name": found.doctor.name},
        submit_label=_("Store"),
    )


@form_methods
@login_required
def exemption_withdraw(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """An application is taken back by who sees it; what is granted is ended by who decides."""
    found = _exemption(request, cooperation, pk)
    is_applied = found.state == ExemptionState.APPLIED
    if not is_applied:
        found = _decided_by(request, cooperation, pk)
    form = answer_of(
        request, WithdrawForm, needs_reference=is_applied, initial={"from_date": today()}
    )

    def run() -> None:
        told = form.cleaned_data
        exempting.withdraw(
            exemption=found,
            from_date=told["from_date"],
            today=today(),
            reference=told.get("reference", ""),
        )

    return _exemption_form(
        request,
        found,
        form,
        run=run,
        done=_("The exemption is no longer in force from that day."),
        title=_("Withdraw or end: %(name)s") % {"name": found.doctor.name},
        lead=_("What was exempt before that day stays exempt."),
        submit_label=_("Store"),
    )


def _exemption_form(
    request: HttpRequest, found: Exemption, form, *, run, done: str, **context: Any
) -> HttpResponse:
    cooperation = found.doctor.cooperation
    return form_page(
        request,
        cooperation=cooperation,
        form=form,
        run=run,
        done=done,
        back=reverse("exemption", args=[cooperation.slug, found.pk]),
        **context,
        **above(cooperation),
    )


def _exemption(request: HttpRequest, slug: str, pk: int) -> Exemption:
    return _found(Exemption.objects.visible_to(person(request)), slug, pk)


def _decided_by(request: HttpRequest, slug: str, pk: int) -> Exemption:
    return _found(Exemption.objects.decided_by(person(request)), slug, pk)


def _found(exemptions, slug: str, pk: int) -> Exemption:
    related = exemptions.select_related(
        "doctor__municipality", "doctor__cooperation__host", "decided_by"
    )
    return get_object_or_404(related, doctor__cooperation__slug=slug, pk=pk)
