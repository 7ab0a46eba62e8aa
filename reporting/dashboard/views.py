"""The overview, and the page that explains one number."""

from __future__ import annotations

import re

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from callstats.queries import default_definition, imports_behind
from legevakt.lib.periods import OSLO, Period, PeriodError
from municipalities.models import Central
from reporting.dashboard import cards, facts, presenters, queries
from reporting.dashboard.waiting import waiting_tasks
from reporting.statistics.series import indicator_name

# From the earliest call that an import takes; the end of the last month is a day as well.
YEARS = range(2000, 9999)
MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


@require_safe
@login_required
def dashboard(request: HttpRequest) -> HttpResponse:
    """The overview of one cooperation; `?cooperation=` chooses among several."""
    found = queries.visible_cooperations(request.user)
    if not found:
        return render(request, "reporting/dashboard/empty.html")
    chosen = _chosen(found, slug=request.GET.get("cooperation"))
    centrals = queries.centrals_of(user=request.user, cooperation=chosen.cooperation)
    reports = queries.reports_of(user=request.user, cooperation=chosen.cooperation)
    figures = queries.figures_of(user=request.user, centrals=centrals, today=_today())
    imports = []
    if chosen.may_view_imports:
        imports = queries.latest_imports(user=request.user, cooperation=chosen.cooperation)
    context = {
        "cooperation": chosen.cooperation,
        "cooperations": [row.cooperation for row in found],
        "sections": [presenters.section(each) for each in figures],
        "may_view_imports": chosen.may_view_imports,
        "imports": [presenters.import_line(row) for row in imports],
        "newest_report": presenters.newest_approved(reports),
        "waiting": waiting_tasks(chosen, today=_today()),
        "drafts": presenters.drafts(reports, today=_today()) if chosen.may_approve_reports else [],
    }
    return render(request, "reporting/dashboard/dashboard.html", context)


@require_safe
@login_required
def figure(request: HttpRequest, central: str, month: str) -> HttpResponse:
    """How one month's number came to be: parts, definition, completeness, imports."""
    row = _central(request, slug=central)
    period, definition = _month(month), default_definition()
    (found,) = queries.months_of(central=row, definition=definition, period=period)
    context = {
        "central": row,
        "cooperation": row.cooperation,
        "definition": definition,
        "indicator": indicator_name(definition),
        "card": cards.month_card(
            month=found,
            central=row,
            definition=definition,
            url=reverse("definition", args=[definition.id]),
            link=definition.id,
        ),
        "life": presenters.month_life(central=row, month=found),
        "parts": facts.part_facts(found),
        "has_figures": found.state == "figures",
        "missing": presenters.missing_sentences([found]),
        "facts": facts.figure_facts(found, definition),
        "bands": facts.band_facts(found),
        "imports": facts.import_facts(imports_behind(central=row, period=period)),
        "trend_url": reverse("trend", args=[row.slug]),
        "why_url": cards.why_url(central=row, period=period),
    }
    return render(request, "reporting/dashboard/figure.html", context)


def _chosen(found: list[queries.VisibleCooperation], *, slug: str | None):
    if slug is None:
        return found[0]
    for row in found:
        if row.cooperation.slug == slug:
            return row
    raise Http404


def _central(request: HttpRequest, *, slug: str) -> Central:
    found = Central.objects.visible_to(request.user).select_related("cooperation")
    return get_object_or_404(found, slug=slug)


def _month(text: str) -> Period:
    """A month of the years 2000 to 9998, as 2025-10; anything else is no page."""
    if not MONTH.fullmatch(text) or int(text[:4]) not in YEARS:
        raise Http404
    try:
        return Period.month(int(text[:4]), int(text[5:]))
    except PeriodError:
        raise Http404 from None


def _today():
    return timezone.now().astimezone(OSLO).date()
