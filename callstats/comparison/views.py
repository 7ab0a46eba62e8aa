"""A central beside the nation, and the centrals beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from callstats.annotations.queries import Note, seen_by
from callstats.comparison import asked, central_presenters, nation_presenters, queries
from callstats.comparison.national import national_figures
from callstats.indicators.definitions import by_id, default_definition
from legevakt.lib.periods import OSLO, Period
from legevakt.lib.tables import FORMATS, Table, download
from legevakt.lib.words import period_name
from municipalities.models import Central
from municipalities.queries import is_held
from municipalities.rules import Permission


@require_safe
@login_required
def centrals(request: HttpRequest) -> HttpResponse:
    """Every central the person sees, for a year or the last twelve months."""
    found = list(_visible(request).order_by("name", "pk"))
    if not found:
        raise Http404
    definition, today = default_definition(), today_in_oslo()
    period = asked.year_or_last_months(request.GET, today=today)
    sums = queries.by_central(centrals=found, definition=definition, period=period)
    table = central_presenters.central_table(sums, definition=definition, period=period)
    if "format" in request.GET:
        return downloaded(request, table, name=f"centrals-{request.GET.get('year') or 'latest'}")
    context = {
        "table": table,
        "definition": definition,
        "period": period_name(period),
        "years": [str(year) for year in queries.stored_years(centrals=found, before=today)],
        "year": request.GET.get("year", ""),
        "are_several": len(found) > 1,
        "has_figures": any(each.months.stored for each in sums),
    }
    return render(request, "callstats/comparison/centrals.html", context)


@require_safe
@login_required
def nation(request: HttpRequest, central: str) -> HttpResponse:
    """The central's years beside the published ones of the nation."""
    found = get_object_or_404(_visible(request), slug=central)
    national = national_figures()
    definition = by_id(national.definition_id)
    own = queries.by_year(
        central=found,
        definition=definition,
        since=national.years[0].year,
        before=today_in_oslo(),
    )
    told = {"central": found, "own": own, "definition": definition}
    table = nation_presenters.year_table(national, **told)
    if "format" in request.GET:
        return downloaded(request, table, name=f"{found.slug}-nation")
    context = {
        "central": found,
        "national": national,
        "definition": definition,
        "table": table,
        "chart": nation_presenters.year_chart(national, **told),
        "named_columns": nation_presenters.NAMED_COLUMNS,
        "named": nation_presenters.named_rows(national),
        "spread": nation_presenters.spread_sentences(national),
        "notes": _notes(request, central=found, own=own),
        "has_own": any(months.stored for months in own.values()),
        "may_reconcile": is_held(
            user=request.user,
            permission=Permission.VIEW_IMPORTS,
            cooperation=found.cooperation,
        ),
    }
    return render(request, "callstats/comparison/nation.html", context)


def _notes(
    request: HttpRequest, *, central: Central, own: Mapping[int, queries.Months]
) -> list[Note]:
    """What happened in the years that the central has figures of."""
    years = [months.period for months in own.values() if months.stored]
    if not years:
        return []
    period = Period(years[0].starts_on, years[-1].ends_on)
    return seen_by(user=request.user, centrals=[central], period=period)


def downloaded(request: HttpRequest, table: Table, *, name: str) -> HttpResponse:
    """The table in the format that is asked for; another format is no page."""
    asked_for = request.GET["format"]
    if asked_for not in FORMATS:
        raise Http404
    return download(table, file_format=asked_for, name=name)


def today_in_oslo() -> date:
    return timezone.now().astimezone(OSLO).date()


def _visible(request: HttpRequest):
    return Central.objects.visible_to(request.user).select_related("cooperation")
