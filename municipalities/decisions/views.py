"""The register of decisions, one decision, and the receipts that are missing."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from legevakt.lib.periods import local_day
from legevakt.lib.tables import FORMATS, download
from municipalities.access.queries import municipalities_acted_for
from municipalities.access.rules import Permission
from municipalities.cooperations.visible import visible_cooperation
from municipalities.decisions import decision_presenters, presenters, queries
from municipalities.decisions.filters import FilterForm
from municipalities.decisions.seen import Seen, seen_decision

PAGE_ROWS = 50


@require_safe
@login_required
def decisions(request: HttpRequest, cooperation: str) -> HttpResponse:
    """The register, filtered; `?format=` downloads everything that the filter leaves."""
    visible = visible_cooperation(request, slug=cooperation)
    form = FilterForm(request.GET, cooperation=visible.cooperation)
    today = local_day(timezone.now())
    rows = queries.listed(visible.cooperation, today=today)
    rows = form.chosen(rows) if form.is_valid() else rows.none()
    if "format" in request.GET:
        table = presenters.register_table(rows, slug=cooperation)
        return _file(table, file_format=request.GET["format"], name=f"{cooperation}-decisions")
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    table = presenters.register_table(page, slug=cooperation)
    context = {
        "cooperation": visible.cooperation,
        "form": form,
        "page": page,
        "table": table,
        "rows": table.labelled,
        "is_chosen": form.is_valid() and form.is_chosen,
        "may_register": visible.may(Permission.REGISTER_DECISIONS),
        "missing": queries.unconfirmed(visible.cooperation, today=today).count(),
    }
    status = 422 if form.errors else 200
    return render(request, "municipalities/decisions/decisions.html", context, status=status)


@require_safe
@login_required
def decision_receipts(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Who has not confirmed what."""
    visible = visible_cooperation(request, slug=cooperation)
    today = local_day(timezone.now())
    table = presenters.missing_table(
        queries.unconfirmed(visible.cooperation, today=today), slug=cooperation, today=today
    )
    if "format" in request.GET:
        return _file(table, file_format=request.GET["format"], name=f"{cooperation}-receipts")
    context = {
        "cooperation": visible.cooperation,
        "table": table,
        "rows": table.labelled,
    }
    return render(request, "municipalities/decisions/receipts.html", context)


@require_safe
@login_required
def decision(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """One decision: how it was made, what followed, and who has confirmed it."""
    seen = seen_decision(request, slug=cooperation, pk=pk)
    return render(request, "municipalities/decisions/decision.html", _context(request, seen))


def _context(request: HttpRequest, seen: Seen) -> dict:
    found = seen.decision
    today = local_day(timezone.now())
    receipts = list(
        found.notifications.with_left_date()
        .select_related("municipality", "read_by")
        .order_by("municipality__number", "pk")
    )
    own = municipalities_acted_for(
        user=request.user,
        permission=Permission.ANSWER_FOR_MUNICIPALITY,
        cooperation=found.cooperation,
    )
    mine = {each.pk for each in own} if receipts else set()
    waiting = [
        each
        for each in receipts
        if each.municipality_id in mine and not each.read_at and not each.has_left(today)
    ]
    table = presenters.receipts_table(receipts, today=today)
    return {
        "cooperation": found.cooperation,
        "decision": found,
        "facts": decision_presenters.facts(found),
        "events": decision_presenters.events(found),
        "related": decision_presenters.related(found),
        "steps": decision_presenters.steps(found, events=seen.events),
        "table": table,
        "receipts": table.labelled,
        "confirm_for": ", ".join(each.municipality.name for each in waiting),
        "confirm_by": presenters.short_day(waiting[0].deadline_date) if waiting else "",
        "may_write": seen.may_write,
        "may_notify": seen.may_write and queries.may_be_notified(found, today=today),
    }


def _file(table, *, file_format: str, name: str) -> HttpResponse:
    if file_format not in FORMATS:
        raise Http404
    return download(table, file_format=file_format, name=name)
