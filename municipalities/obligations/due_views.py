"""Writing about one due: expecting it, its evidence, and waiving it."""

from __future__ import annotations

from hashlib import sha256
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.cooperations.visible import visible_cooperation
from municipalities.obligations import operations, queries, words
from municipalities.obligations.forms import EventForm, EvidenceForm, ReasonForm
from municipalities.obligations.models import Evidence
from municipalities.obligations.obligation_views import form_page
from municipalities.obligations.views import MANAGE, visible_due, visible_obligation
from municipalities.register.models import Municipality


@login_required
def due_new(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Something happened by which the obligation is due."""
    visible, found = visible_obligation(request, slug=cooperation, pk=pk, permission=MANAGE)
    if found.due_days:
        raise Http404
    today = local_day(timezone.now())
    partners = queries.partners_during(cooperation=visible.cooperation, year=today.year)
    form = EventForm(
        request.POST or None,
        partners=Municipality.objects.filter(pk__in=[each.pk for each in partners]).order_by(
            "number", "pk"
        ),
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        due = operations.expect(
            cooperation=visible.cooperation, code=found.code, key=_key(told), **told
        )
        if due is not None:
            messages.success(request, _("The deadline is written."))
            return redirect("due", cooperation=cooperation, pk=due.pk)
        form.add_error("due_date", _("The obligation is not in force on that day."))
    context = {
        "cooperation": visible.cooperation,
        "obligation": found,
        "obligation_title": words.told(found.title),
        "title": _("Write what has happened"),
        "lead": _("Then it is due by the day you choose, and overdue after it."),
        "submit_label": _("Write the deadline"),
    }
    return form_page(request, form=form, **context)


@login_required
def evidence_new(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Hand in what shows that it was kept."""
    visible, found = visible_due(request, slug=cooperation, pk=pk, permission=MANAGE)
    at, by = timezone.now(), cast(User, request.user)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = EvidenceForm(*posted, due=found, today=local_day(at))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        operations.hand_in_for(
            due=found,
            title=told["title"],
            on=told["on"],
            path=told["path"],
            topics=told.get("topics", ()),
            document=form.kept_document(cooperation=visible.cooperation, by=by, at=at),
            by=by,
            at=at,
        )
        messages.success(request, _("The evidence is handed in."))
        return redirect("due", cooperation=cooperation, pk=pk)
    context = _about(visible, found) | {
        "title": _("Hand in evidence"),
        "lead": words.title_of(found),
        "submit_label": _("Hand in the evidence"),
    }
    return form_page(request, form=form, **context)


@login_required
def due_waive(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """This time it need not be kept, for a reason."""
    visible, found = visible_due(request, slug=cooperation, pk=pk, permission=MANAGE)
    form = ReasonForm(request.POST or None, initial={"reason": found.waived_reason})
    if request.method == "POST" and form.is_valid():
        try:
            operations.waive(due=found, reason=form.cleaned_data["reason"])
        except operations.IsKept:
            form.add_error(
                None, _("It is kept. If the evidence is wrong, remove that first, then waive it.")
            )
        else:
            messages.success(request, _("It is waived this time."))
            return redirect("due", cooperation=cooperation, pk=pk)
    context = _about(visible, found) | {
        "title": _("Waive it this time"),
        "lead": words.title_of(found),
        "submit_label": _("Waive it"),
    }
    return form_page(request, form=form, **context)


@require_POST
@login_required
def due_reinstate(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """It is to be kept after all."""
    _visible, found = visible_due(request, slug=cooperation, pk=pk, permission=MANAGE)
    operations.reinstate(due=found)
    messages.success(request, _("It is waived no more."))
    return redirect("due", cooperation=cooperation, pk=pk)


@login_required
def evidence_remove(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Take away evidence that was wrong, for a reason."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    of_cooperation = Evidence.objects.filter(due__obligation__cooperation=visible.cooperation)
    evidence = get_object_or_404(
        of_cooperation.select_related("due__obligation", "due__municipality"), pk=pk
    )
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.remove(evidence=evidence, reason=form.cleaned_data["reason"])
        messages.success(request, _("The evidence is removed."))
        return redirect("due", cooperation=cooperation, pk=evidence.due_id)
    context = _about(visible, evidence.due) | {
        "title": _("Remove the evidence?"),
        "lead": evidence.title,
        "submit_label": _("Remove the evidence"),
        "submit_color": "danger",
    }
    return form_page(request, form=form, **context)


def _about(visible, due) -> dict:
    """Where a page about a due lies."""
    return {
        "cooperation": visible.cooperation,
        "obligation": due.obligation,
        "obligation_title": words.told(due.obligation.title),
        "due": due,
    }


def _key(told: dict) -> str:
    """The same event written twice is one."""
    written = f"{told['about']}\n{told['due_date']}"
    return f"by-hand:{sha256(written.encode()).hexdigest()[:16]}"
