"""Writing a draft: its facts, its parties, its clauses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from municipalities.access.rules import Permission
from municipalities.agreements import drafting, presenters, refusals
from municipalities.agreements.addressed import (
    VisibleVersion,
    reader,
    visible_clause,
    visible_version,
)
from municipalities.agreements.form_pages import answer_of, form_page
from municipalities.agreements.forms import ClauseForm, FactsForm, PartiesForm
from municipalities.agreements.queries import address_of
from municipalities.agreements.rules import AgreementError


@login_required
def agreement_facts(request: HttpRequest, cooperation: str, pk: int, number: int) -> HttpResponse:
    """What the draft says of itself, and the document that is attached."""
    visible = _written(request, cooperation, pk, number)
    form = answer_of(request, FactsForm, initial=FactsForm.values_of(visible.version))

    def run() -> None:
        told = form.cleaned_data
        drafting.change_facts(
            version=visible.version,
            dated_date=told["dated_date"],
            changes=told["changes"],
            notice_months=told["notice_months"],
            leaves_at_new_year=told["leaves_at_new_year"],
            document=form.kept_document(
                cooperation=visible.cooperation, by=reader(request), at=timezone.now()
            ),
        )

    title = _("Change the facts of the draft")
    return _page(request, visible, form=form, run=run, done=_("The facts are saved."), title=title)


@login_required
def agreement_parties(request: HttpRequest, cooperation: str, pk: int, number: int) -> HttpResponse:
    """Whom the draft binds, and which of them is host."""
    visible = _written(request, cooperation, pk, number)
    form = answer_of(
        request,
        PartiesForm,
        version=visible.version,
        initial=PartiesForm.values_of(visible.version),
    )

    def run() -> None:
        drafting.set_parties(
            version=visible.version,
            municipalities=form.municipalities,
            host=form.cleaned_data["host"],
        )

    title = _("Change the parties of the draft")
    return _page(
        request, visible, form=form, run=run, done=_("The parties are saved."), title=title
    )


@login_required
def agreement_clause_new(
    request: HttpRequest, cooperation: str, pk: int, number: int
) -> HttpResponse:
    """A clause at the end of the text."""
    visible = _written(request, cooperation, pk, number)
    form = answer_of(request, ClauseForm)

    def run() -> None:
        drafting.add_clause(version=visible.version, **form.cleaned_data)

    done = _("The clause stands last in the text.")
    return _page(request, visible, form=form, run=run, done=done, title=_("Add a clause"))


@login_required
def agreement_clause(
    request: HttpRequest, cooperation: str, pk: int, number: int, clause: int
) -> HttpResponse:
    """Another wording of a clause, or other letters."""
    visible, found = visible_clause(request, slug=cooperation, pk=pk, number=number, clause=clause)
    form = answer_of(request, ClauseForm, initial=ClauseForm.values_of(found))

    def run() -> None:
        drafting.change_clause(clause=found, **form.cleaned_data)

    done = _("The clause is saved.")
    return _page(request, visible, form=form, run=run, done=done, title=_("Change the clause"))


@require_POST
@login_required
def agreement_clause_move(
    request: HttpRequest, cooperation: str, pk: int, number: int, clause: int
) -> HttpResponse:
    """Up or down in the text: `direction`."""
    visible, found = visible_clause(request, slug=cooperation, pk=pk, number=number, clause=clause)
    is_up = request.POST.get("direction") == "up"
    return _at_once(
        request, visible, lambda: drafting.move_clause(clause=found, is_up=is_up), done=""
    )


@require_POST
@login_required
def agreement_clause_delete(
    request: HttpRequest, cooperation: str, pk: int, number: int, clause: int
) -> HttpResponse:
    """Take a clause out of the text; the history keeps it."""
    visible, found = visible_clause(request, slug=cooperation, pk=pk, number=number, clause=clause)
    done = _("The clause “%(heading)s” is deleted.") % {"heading": found.heading}
    return _at_once(request, visible, lambda: drafting.delete_clause(clause=found), done=done)


def _written(request: HttpRequest, slug: str, pk: int, number: int) -> VisibleVersion:
    return visible_version(
        request, slug=slug, pk=pk, number=number, permission=Permission.MANAGE_AGREEMENT
    )


def _page(
    request: HttpRequest, visible: VisibleVersion, *, form: forms.Form, **told: Any
) -> HttpResponse:
    back = address_of(visible.version)
    return form_page(
        request,
        cooperation=visible.cooperation,
        form=form,
        back=back,
        above_label=presenters.version_name(visible.version),
        above_url=back,
        submit_label=_("Save"),
        **told,
    )


def _at_once(
    request: HttpRequest, visible: VisibleVersion, run: Callable[[], object], *, done: str
) -> HttpResponse:
    try:
        run()
    except AgreementError as error:
        messages.error(request, refusals.error(error))
    else:
        if done:
            messages.success(request, done)
    return redirect(f"{address_of(visible.version)}#text")
