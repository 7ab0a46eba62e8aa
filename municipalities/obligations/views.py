"""The pages that everybody who takes part reads: the year, one obligation, one due."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from legevakt.lib.periods import local_day
from legevakt.lib.tables import FORMATS, download
from municipalities.access.rules import Permission
from municipalities.cooperations.visible import Visible, visible_cooperation
from municipalities.obligations import presenters, queries, words
from municipalities.obligations.matrix import matrix
from municipalities.obligations.models import Due, Obligation
from municipalities.obligations.rules import Status

YEARS = range(2000, 2100)
MANAGE = Permission.MANAGE_OBLIGATIONS


@require_safe
@login_required
def obligations(request: HttpRequest, cooperation: str) -> HttpResponse:
    """The matrix of a year, this one without `?year=`; `?format=` downloads it."""
    visible = visible_cooperation(request, slug=cooperation)
    today = local_day(timezone.now())
    year = _year(request.GET.get("year") or str(today.year))
    of_year = {"cooperation": visible.cooperation, "year": year}
    found = queries.in_force_during(**of_year)
    dues = queries.dues_of_year(**of_year, today=today)
    partners = queries.partners_during(**of_year)
    shown = matrix(obligations=found, dues=dues, partners=partners, year=year, slug=cooperation)
    file_format = request.GET.get("format", "")
    if file_format in FORMATS:
        name = f"{cooperation}-obligations-{year}"
        return download(shown.table, file_format=file_format, name=name)
    if file_format:
        raise Http404
    totals = queries.totals_of(dues)
    context = {
        "cooperation": visible.cooperation,
        "may_manage": visible.may(MANAGE),
        "year": year,
        "before": year - 1 if year - 1 in YEARS else None,
        "after": year + 1 if year + 1 in YEARS else None,
        "matrix": shown,
        "totals": words.totals(kept=totals.kept, whole=totals.whole, year=year),
        "late": presenters.due_rows(
            [each for each in dues if each.status == Status.LATE], slug=cooperation
        ),
        "topic_columns": presenters.TOPIC_COLUMNS,
        "topic_rows": presenters.topic_rows(queries.topics_of_year(obligations=found, year=year)),
    }
    return render(request, "municipalities/obligations/obligations.html", context)


@require_safe
@login_required
def obligation(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """What is agreed, and every time that it was or is due."""
    visible, found = visible_obligation(request, slug=cooperation, pk=pk)
    dues = queries.dues_of(obligation=found, today=local_day(timezone.now()))
    context = {
        "cooperation": visible.cooperation,
        "obligation": found,
        "title": words.told(found.title),
        "facts": presenters.facts(found),
        "topics": [words.told(topic) for topic in found.topics],
        "columns": presenters.DUE_COLUMNS,
        "rows": presenters.due_rows(dues, slug=cooperation),
        "may_manage": visible.may(MANAGE) and found.ends_date is None,
        "is_by_event": not found.due_days,
    }
    return render(request, "municipalities/obligations/obligation.html", context)


@require_safe
@login_required
def due(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """One due: how it stands, its topics, and the evidence."""
    visible, found = visible_due(request, slug=cooperation, pk=pk)
    status = queries.due_now(found, today=local_day(timezone.now())).status
    evidence = list(
        found.evidence.select_related("document", "handed_in_by").order_by("happened_date", "pk")
    )
    context = {
        "cooperation": visible.cooperation,
        "obligation": found.obligation,
        "obligation_title": words.told(found.obligation.title),
        "due": found,
        "title": words.title_of(found),
        "state": words.status(status),
        "color": words.COLORS[status],
        "facts": presenters.due_facts(found),
        "evidence": presenters.evidence_rows(evidence),
        "lacking_topics": presenters.lacking_topics(found, evidence=evidence),
        "may_manage": visible.may(MANAGE),
    }
    return render(request, "municipalities/obligations/due.html", context)


def visible_obligation(
    request: HttpRequest, *, slug: str, pk: int, permission: Permission = Permission.VIEW_AGREEMENT
) -> tuple[Visible, Obligation]:
    """The obligation of the cooperation, for who holds the permission; else 404."""
    visible = visible_cooperation(request, slug=slug, permission=permission)
    found = Obligation.objects.filter(cooperation=visible.cooperation)
    return visible, get_object_or_404(
        found.select_related("cooperation", "version__agreement"), pk=pk
    )


def visible_due(
    request: HttpRequest, *, slug: str, pk: int, permission: Permission = Permission.VIEW_AGREEMENT
) -> tuple[Visible, Due]:
    """The due of the cooperation, for who holds the permission; else 404."""
    visible = visible_cooperation(request, slug=slug, permission=permission)
    found = Due.objects.filter(obligation__cooperation=visible.cooperation).with_kept()
    return visible, get_object_or_404(found.select_related("obligation", "municipality"), pk=pk)


def _year(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) not in YEARS:
        raise Http404
    return int(text)
