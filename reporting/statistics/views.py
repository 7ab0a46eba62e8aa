"""The pages on one central: a chart, its table, its downloads, and an address that lasts."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from callstats.queries import Note, default_definition, notes_seen_by
from legevakt.lib.periods import local_day
from legevakt.lib.tables import FORMATS, download
from municipalities.models import Central
from municipalities.queries import cooperations_where
from municipalities.rules import Permission
from reporting.statistics import abandonment as hanging_up
from reporting.statistics import hours, waiting
from reporting.statistics.by_municipality import municipality_series
from reporting.statistics.forms import DefinitionForm, PeriodForm, TrendForm
from reporting.statistics.pages import crumbs, groups_on, title_of
from reporting.statistics.places import places_of
from reporting.statistics.points import points
from reporting.statistics.series import Series, indicator_name
from reporting.statistics.trend import trend_series


@require_safe
@login_required
def telephony(request: HttpRequest) -> HttpResponse:
    """The centrals that the person sees; where it is one, its own page."""
    found = list(Central.objects.visible_to(request.user).order_by("name", "pk"))
    if len(found) == 1:
        return redirect("statistics", central=found[0].slug)
    return render(request, "reporting/statistics/centrals.html", {"centrals": found})


@require_safe
@login_required
def statistics(request: HttpRequest, central: str) -> HttpResponse:
    """What there is on the central."""
    row = _central(request, slug=central)
    context = {
        "central": row,
        "cooperation": row.cooperation,
        "crumbs": crumbs(row)[:1],
        "groups": groups_on(row, may_view_imports=_may_view_imports(request, row)),
    }
    return render(request, "reporting/statistics/statistics.html", context)


@require_safe
@login_required
def trend(request: HttpRequest, central: str) -> HttpResponse:
    """An indicator over time, with what happened."""
    row = _central(request, slug=central)
    form = TrendForm(request.GET.dict(), today=_today())
    if not form.is_valid():
        return _page(request, central=row, form=form)
    definition, by = form.indicator, form.cleaned_data["by"]
    notes = notes_seen_by(user=request.user, centrals=[row], period=form.period)
    series = trend_series(
        central=row,
        definition=definition,
        by=by,
        points=points(central=row, definition=definition, period=form.period, by=by),
        notes=notes,
        url=_address(request, form),
    )
    return _page(request, central=row, form=form, series=series, notes=notes)


@require_safe
@login_required
def hour_of_week(request: HttpRequest, central: str) -> HttpResponse:
    """An indicator by the hours of the week."""
    row = _central(request, slug=central)
    form = DefinitionForm(request.GET.dict(), today=_today())
    if not form.is_valid():
        return _page(request, central=row, form=form)
    series = hours.hours_series(
        central=row,
        definition=form.indicator,
        week=hours.week_of(central=row, definition=form.indicator, period=form.period),
        url=_address(request, form),
    )
    return _page(request, central=row, form=form, series=series)


@require_safe
@login_required
def waits(request: HttpRequest, central: str) -> HttpResponse:
    """How long callers waited."""
    row = _central(request, slug=central)
    form = PeriodForm(request.GET.dict(), today=_today())
    if not form.is_valid():
        return _page(request, central=row, form=form)
    found = waiting.waits_of(central=row, period=form.period, edges=waiting.EDGES)
    series = waiting.waiting_series(
        central=row, period=form.period, waits=found, url=_address(request, form)
    )
    return _page(request, central=row, form=form, series=series)


@require_safe
@login_required
def abandonment(request: HttpRequest, central: str) -> HttpResponse:
    """When callers hung up."""
    row = _central(request, slug=central)
    form = PeriodForm(request.GET.dict(), today=_today())
    if not form.is_valid():
        return _page(request, central=row, form=form)
    found = waiting.waits_of(central=row, period=form.period, edges=hanging_up.EDGES)
    series = hanging_up.abandonment_series(
        central=row, period=form.period, waits=found, url=_address(request, form)
    )
    return _page(request, central=row, form=form, series=series)


@require_safe
@login_required
def by_municipality(request: HttpRequest, central: str) -> HttpResponse:
    """Where the calls came from."""
    row, definition = _central(request, slug=central), default_definition()
    form = PeriodForm(request.GET.dict(), today=_today())
    if not form.is_valid():
        return _page(request, central=row, form=form)
    series = municipality_series(
        central=row,
        definition=definition,
        period=form.period,
        places=places_of(central=row, definition=definition, period=form.period),
        url=_address(request, form),
    )
    return _page(request, central=row, form=form, series=series)


def _page(
    request: HttpRequest,
    *,
    central: Central,
    form: PeriodForm,
    series: Series | None = None,
    notes: list[Note] | None = None,
) -> HttpResponse:
    """The page, or with `?format=` the file of its table; without series the form's errors."""
    name = request.resolver_match.url_name
    file_format = request.GET.get("format", "")
    if series and file_format in FORMATS:
        return download(series.table, file_format=file_format, name=_file_name(central, name, form))
    if series and notes is None:
        notes = notes_seen_by(user=request.user, centrals=[central], period=form.period)
    definition = form.indicator if series and isinstance(form, DefinitionForm) else None
    context = {
        "central": central,
        "cooperation": central.cooperation,
        "crumbs": crumbs(central),
        "title": title_of(name),
        "form": form,
        "series": series,
        "notes": notes or [],
        "definition": definition or default_definition(),
        "indicator": indicator_name(definition or default_definition()),
    }
    status = 200 if series else 422
    return render(request, "reporting/statistics/page.html", context, status=status)


def _central(request: HttpRequest, *, slug: str) -> Central:
    found = Central.objects.visible_to(request.user).select_related("cooperation")
    return get_object_or_404(found, slug=slug)


def _address(request: HttpRequest, form: PeriodForm) -> str:
    """Where the page stands for good: with every filter, also those that were left out."""
    return f"{request.path}?{urlencode(form.filters)}"


def _file_name(central: Central, name: str, form: PeriodForm) -> str:
    months = f"{form.data['from']}-{form.data['to']}"
    return f"{central.slug}-{name.replace('_', '-')}-{months}"


def _today() -> date:
    return local_day(timezone.now())


def _may_view_imports(request: HttpRequest, central: Central) -> bool:
    held = cooperations_where(user=request.user, permission=Permission.VIEW_IMPORTS)
    return held.filter(pk=central.cooperation_id).exists()
