"""The hearings, one of them, and its three forms."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from legevakt.lib.periods import local_day
from legevakt.lib.tables import FORMATS, download
from municipalities.access.queries import municipalities_acted_for
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.visible import Visible, visible_cooperation
from municipalities.hearings import operations, presenters, queries, tasks
from municipalities.hearings.forms import AnswerForm, ChangeForm, CloseForm, HearingForm
from municipalities.hearings.models import Hearing, HearingAnswer, Position
from municipalities.hearings.words import state, told

PAGE_ROWS = 50
form_methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def hearings(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Every hearing; `?format=` downloads them."""
    visible = visible_cooperation(request, slug=cooperation)
    rows, today = queries.listed(visible.cooperation), local_day(timezone.now())
    if "format" in request.GET:
        table = presenters.hearings_table(rows, slug=cooperation, today=today)
        return _file(request, table, name=f"{cooperation}-hearings")
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    table = presenters.hearings_table(page, slug=cooperation, today=today)
    context = {
        "cooperation": visible.cooperation,
        "page": page,
        "table": table,
        "rows": table.labelled,
        "may_manage": visible.may(Permission.MANAGE_HEARINGS),
    }
    return render(request, "municipalities/hearings/hearings.html", context)


@require_safe
@login_required
def hearing(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """One hearing with the answers; `?format=` downloads those."""
    visible = visible_cooperation(request, slug=cooperation)
    found = _hearing(visible, pk=pk)
    answers = queries.answers_of(found)
    table = presenters.answers_table(answers, hearing=found)
    if "format" in request.GET:
        return _file(request, table, name=f"{cooperation}-hearing-{pk}")
    label, color = state(found, today=local_day(timezone.now()))
    may_close = visible.may(Permission.MANAGE_HEARINGS) and not found.closed_at
    own = set() if found.closed_at else _acted_for(request, visible.cooperation)
    context = {
        "cooperation": visible.cooperation,
        "hearing": found,
        "documents": found.documents.order_by("pk"),
        "state": label,
        "color": color,
        "facts": presenters.facts(found),
        "table": table,
        "rows": presenters.answer_rows(table),
        "unanswered": presenters.unanswered_words(answers),
        "own": [each for each in answers if each.municipality_id in own],
        "may_close": may_close,
        "may_change": may_close and not any(each.answered_at for each in answers),
    }
    return render(request, "municipalities/hearings/hearing.html", context)


@form_methods
@login_required
def hearing_new(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Open one; those who answer for the municipalities get an e-mail."""
    found = visible_cooperation(
        request, slug=cooperation, permission=Permission.MANAGE_HEARINGS
    ).cooperation
    at = timezone.now()
    form = HearingForm(*_sent(request), cooperation=found, today=local_day(at))
    if request.method == "POST" and form.is_valid():
        with told(form):
            opened = operations.open_hearing(
                cooperation=found,
                documents=form.kept_documents(cooperation=found, by=request.user, at=at),
                by=request.user,
                at=at,
                **form.facts,
            )
        if form.is_valid():
            tasks.ask_soon()
            messages.success(request, _("The hearing is open, and the participants are asked."))
            return redirect("hearing", cooperation, opened.pk)
    context = {"title": _("Open a hearing"), "submit_label": _("Open the hearing")}
    return _form_page(request, cooperation=found, form=form, **context)


@form_methods
@login_required
def hearing_change(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Ask otherwise, or until another day, before anybody has answered."""
    visible = visible_cooperation(request, slug=cooperation, permission=Permission.MANAGE_HEARINGS)
    found = _hearing(visible, pk=pk)
    form = ChangeForm(*_sent(request), initial=ChangeForm.values_of(found))
    if request.method == "POST" and form.is_valid():
        with told(form):
            operations.change(hearing=found, at=timezone.now(), **form.cleaned_data)
        if form.is_valid():
            messages.success(request, _("The hearing is changed."))
            return redirect("hearing", cooperation, pk)
    context = {"title": _("Change the hearing"), "submit_label": _("Save")}
    return _about(request, found, form=form, **context)


@form_methods
@login_required
def hearing_answer(request: HttpRequest, cooperation: str, pk: int, answer: int) -> HttpResponse:
    """Answer for the own municipality; again until the hearing is closed."""
    visible = visible_cooperation(request, slug=cooperation)
    found = _hearing(visible, pk=pk)
    row = _own_answer(request, found, pk=answer)
    form = AnswerForm(*_sent(request), initial=AnswerForm.values_of(row))
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        with told(form):
            document = form.kept_document(cooperation=visible.cooperation, by=request.user, at=at)
            operations.answer(
                answer=row,
                position=Position(form.cleaned_data["position"]),
                text=form.cleaned_data["text"],
                document=document or row.document,
                by=request.user,
                at=at,
            )
        if form.is_valid():
            messages.success(request, _("The answer is stored."))
            return redirect("hearing", cooperation, pk)
    title = _("Answer for %(municipality)s") % {"municipality": row.municipality.name}
    return _about(request, found, form=form, title=title, submit_label=_("Save the answer"))


@form_methods
@login_required
def hearing_close(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Close it with its outcome."""
    visible = visible_cooperation(request, slug=cooperation, permission=Permission.MANAGE_HEARINGS)
    found = _hearing(visible, pk=pk)
    form = CloseForm(*_sent(request), cooperation=visible.cooperation)
    if request.method == "POST" and form.is_valid():
        with told(form):
            operations.close(hearing=found, by=request.user, at=timezone.now(), **form.cleaned_data)
        if form.is_valid():
            messages.success(request, _("The hearing is closed."))
            return redirect("hearing", cooperation, pk)
    waiting = presenters.unanswered_words(queries.answers_of(found))
    context = {"title": _("Close the hearing"), "submit_label": _("Close the hearing")}
    return _about(request, found, form=form, unanswered=waiting, **context)


def _hearing(visible: Visible, *, pk: int) -> Hearing:
    rows = visible.cooperation.hearings.select_related(
        "cooperation", "opened_by", "closed_by", "decision"
    )
    return get_object_or_404(rows, pk=pk)


def _acted_for(request: HttpRequest, cooperation: Cooperation) -> set[int]:
    own = municipalities_acted_for(
        user=request.user,
        permission=Permission.ANSWER_FOR_MUNICIPALITY,
        cooperation=cooperation,
    )
    return {each.pk for each in own}


def _own_answer(request: HttpRequest, hearing: Hearing, *, pk: int) -> HearingAnswer:
    """The row of a municipality that the person answers for; else 404."""
    rows = hearing.answers.select_related("municipality", "document")
    own = _acted_for(request, hearing.cooperation)
    return get_object_or_404(rows.filter(municipality__in=own), pk=pk)


def _sent(request: HttpRequest) -> tuple:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _file(request: HttpRequest, table, *, name: str) -> HttpResponse:
    asked_for = request.GET["format"]
    if asked_for not in FORMATS:
        raise Http404
    return download(table, file_format=asked_for, name=name)


def _about(request: HttpRequest, hearing: Hearing, **context) -> HttpResponse:
    return _form_page(request, cooperation=hearing.cooperation, hearing=hearing, **context)


def _form_page(request: HttpRequest, *, form: forms.Form, **context) -> HttpResponse:
    return render(
        request,
        "municipalities/hearings/form.html",
        {"form": form, **context},
        status=422 if form.errors else 200,
    )
