"""Cases of supervision: the list, one, registered and changed."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from legevakt.lib.periods import local_day
from legevakt.lib.tables import FORMATS, download
from municipalities.cooperations.visible import Visible, reader, visible_cooperation
from municipalities.form_pages import answer_of, form_page
from municipalities.quality.cases import forms, operations, presenters, queries
from municipalities.quality.cases.addressed import MANAGE, VIEW, visible_supervision
from municipalities.quality.cases.words import WORDS

FOLDER = "municipalities/quality/cases"


@require_safe
@login_required
def supervisions(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Every case; `?format=` downloads the table."""
    visible = visible_cooperation(request, slug=cooperation, permission=VIEW)
    cases = queries.supervisions_of(cooperation=visible.cooperation, user=reader(request))
    today = local_day(timezone.now())
    table = presenters.supervision_table(cases, slug=cooperation, today=today)
    if "format" in request.GET:
        if request.GET["format"] not in FORMATS:
            raise Http404
        name = f"{cooperation}-supervision"
        return download(table, file_format=request.GET["format"], name=name)
    context = {
        "cooperation": visible.cooperation,
        "table": table,
        "may_manage": visible.may(MANAGE),
    }
    return render(request, f"{FOLDER}/supervisions.html", context)


@require_safe
@login_required
def supervision(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """One case."""
    visible, case = visible_supervision(request, cooperation=cooperation, pk=pk)
    state, color = presenters.state_of(case, today=local_day(timezone.now()))
    context = {
        "cooperation": visible.cooperation,
        "case": case,
        "state": state,
        "color": color,
        "facts": presenters.facts_of(case),
        "may_manage": visible.may(MANAGE),
        **_list(cooperation),
    }
    return render(request, f"{FOLDER}/supervision.html", context)


@login_required
def supervision_new(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Register a case."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    now = timezone.now()
    form = answer_of(request, forms.SupervisionForm, today=local_day(now))

    def run() -> str:
        made = operations.register(
            cooperation=visible.cooperation, by=reader(request), at=now, **form.cleaned_data
        )
        return reverse("supervision", args=[cooperation, made.pk])

    return _form(
        request,
        visible,
        form=form,
        run=run,
        done=_("The case is registered."),
        back=reverse("supervisions", args=[cooperation]),
        title=_("Register a case of supervision"),
        submit_label=_("Register"),
    )


@login_required
def supervision_change(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """What is new in a case."""
    visible, case = visible_supervision(request, cooperation=cooperation, pk=pk, permission=MANAGE)
    form = answer_of(
        request,
        forms.SupervisionChangeForm,
        today=local_day(timezone.now()),
        initial=forms.SupervisionForm.initial_of(case),
    )

    def run() -> None:
        operations.change(case=case, **form.cleaned_data)

    return _form(
        request,
        visible,
        form=form,
        run=run,
        done=_("The case is changed."),
        back=reverse("supervision", args=[cooperation, pk]),
        title=_("Change the case"),
        lead=case.subject,
        submit_label=_("Store"),
    )


def _list(slug: str) -> dict[str, str]:
    return {"list_label": _("Supervision"), "list_url": reverse("supervisions", args=[slug])}


def _form(request: HttpRequest, visible: Visible, **asked: Any) -> HttpResponse:
    return form_page(
        request,
        cooperation=visible.cooperation,
        words=WORDS,
        template="municipalities/quality/form.html",
        **_list(visible.cooperation.slug) | asked,
    )
