"""Folketal: the inhabitants on six 1 Januaries, their sources, shares and revisions."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from legevakt.lib.periods import local_day
from legevakt.lib.tables import FORMATS, download
from municipalities.access.rules import Permission
from municipalities.cooperations.visible import visible_cooperation
from municipalities.costs.population import files, presenters, queries, shares
from municipalities.costs.population.queries import PopulationYears

VIEW, MANAGE = Permission.VIEW_COSTS, Permission.MANAGE_COSTS
FILES = {"years": files.years_table, "figures": files.figures_table}


@require_safe
@login_required
def population(request: HttpRequest, cooperation: str) -> HttpResponse:
    """The last six 1 Januaries; `?table=` and `?format=` download."""
    visible = visible_cooperation(request, slug=cooperation, permission=VIEW)
    today = local_day(timezone.now())
    years = queries.population_years(cooperation=visible.cooperation, today=today)
    if "format" in request.GET:
        return _download(request, years)
    is_complete = bool(years.complete_days)
    sources = presenters.sources_table(years)
    revisions = presenters.revisions_table(queries.revisions_of(years))
    context = {
        "cooperation": visible.cooperation,
        "may_manage": visible.may(MANAGE),
        "is_fetched": bool(settings.SSB_API_URL),
        "has_figures": bool(years.figures),
        "cards": presenters.cards(years),
        "missing": presenters.missing(years),
        "table": files.years_table(years),
        "columns": files.years_table(years).headings[1:],
        "rows": presenters.rows(years),
        "sources": sources,
        "source_rows": presenters.stacked(sources),
        "revisions": revisions,
        "revision_rows": presenters.stacked(revisions),
        "shares": shares.shares_table(years) if is_complete else None,
        "chart": shares.shares_chart(years) if is_complete else {},
        "summary": shares.shares_summary(years) if is_complete else "",
    }
    return render(request, "municipalities/costs/population/population.html", context)


def _download(request: HttpRequest, years: PopulationYears) -> HttpResponse:
    table, file_format = request.GET.get("table"), request.GET["format"]
    if table not in FILES or file_format not in FORMATS:
        raise Http404
    name = f"population-{table}-{years.days[-1].year}"
    return download(FILES[table](years), file_format=file_format, name=name)
