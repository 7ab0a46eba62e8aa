"""Our calls beside the counts of others: the months, and one month to be explained."""

from __future__ import annotations

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from callstats.aggregates.forms import centrals_managed_by
from callstats.aggregates.models import AggregateSeries
from callstats.comparison import asked, operations, reconciling, words
from callstats.comparison import reconciliation_presenters as presenters
from callstats.comparison.forms import ExplanationForm
from callstats.comparison.views import downloaded
from callstats.indicators.definitions import default_definition
from legevakt.lib.tables import Table
from municipalities.models import Central
from municipalities.queries import cooperations_where
from municipalities.rules import Permission


@require_safe
@login_required
def reconciliation(request, central: str) -> HttpResponse:
    """A series of the central month by month beside our calls; `?series=` chooses the series."""
    found = _central(request, slug=central)
    several = _series_of(request, found)
    context = {"central": found, "several": several}
    if not several:
        may_add = centrals_managed_by(request.user).filter(pk=found.pk).exists()
        return render(
            request, "callstats/comparison/no_series.html", context | {"may_add": may_add}
        )
    series, definition = _chosen(request, several), default_definition()
    told = reconciling.months_told(series)
    period = asked.between(request.GET, told=told)
    rows = reconciling.reconciled(series=series, definition=definition, between=period)
    may_explain = _may(request, found, Permission.ANNOTATE)
    figures = presenters.figures_table(
        rows, series=series, seconds=definition.limit_seconds, with_links=may_explain
    )
    reasons = presenters.reasons_table(rows, series=series, with_links=may_explain)
    if "format" in request.GET:
        return _downloaded(request, figures=figures, reasons=reasons, series=series)
    context |= {
        "series": series,
        "rows": rows,
        "figures": figures,
        "reasons": reasons,
        "summary": presenters.summary(rows),
        "may_explain": may_explain,
        "is_told": bool(told),
        "months": _months(told),
        "first": f"{period.starts_on:%Y-%m}",
        "last": f"{period.months()[-1].starts_on:%Y-%m}",
    }
    return render(request, "callstats/comparison/reconciliation.html", context)


@login_required
def month(request, central: str, month: str) -> HttpResponse:
    """One month: what can explain the difference, and a person's explanation."""
    found = _central(request, slug=central)
    if not _may(request, found, Permission.ANNOTATE):
        raise Http404
    series, period = _chosen(request, _series_of(request, found)), asked.month(month)
    rows = reconciling.reconciled(series=series, definition=default_definition(), between=period)
    rows = [row for row in rows if presenters.is_open_to_explanation(row)]
    if not rows:
        raise Http404
    form = ExplanationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.explain(
            central=found,
            month=period,
            text=form.cleaned_data["text"],
            by=request.user,
            at=timezone.now(),
        )
        notices.success(request, _("The explanation is noted."))
        return redirect(f"{_url(found)}?series={series.slug}")
    context = {
        "central": found,
        "series": series,
        "month": words.period_name(period),
        "rows": rows,
        "tables": [_month_tables(row, series=series) for row in rows],
        "explanations": rows[0].explanations,
        "form": form,
        "back": f"{_url(found)}?series={series.slug}",
    }
    status = 422 if form.errors else 200
    return render(request, "callstats/comparison/month.html", context, status=status)


def _month_tables(row, *, series: AggregateSeries):
    """The figures of one row as facts, and what can explain them."""
    seconds = default_definition().limit_seconds
    table = presenters.figures_table([row], series=series, seconds=seconds)
    return {
        "title": table.rows[0].shown[1],
        "figures": list(zip(table.headings[2:], table.rows[0].shown[2:], strict=True)),
        "reasons": presenters.month_facts(row),
    }


def _central(request, *, slug: str) -> Central:
    """A central whose imports the person may see."""
    visible = Central.objects.visible_to(request.user).select_related("cooperation")
    found = get_object_or_404(visible, slug=slug)
    if not _may(request, found, Permission.VIEW_IMPORTS):
        raise Http404
    return found


def _may(request, central: Central, permission: Permission) -> bool:
    held = cooperations_where(user=request.user, permission=permission)
    return held.filter(centrals=central).exists()


def _series_of(request, central: Central) -> list[AggregateSeries]:
    visible = AggregateSeries.objects.visible_to(request.user).select_related("central")
    return list(visible.filter(central=central).order_by("name", "pk"))


def _chosen(request, several: list[AggregateSeries]) -> AggregateSeries:
    """The series that `?series=` names by its short name, or the first."""
    slug = request.GET.get("series", "")
    for each in several:
        if slug in ("", each.slug):
            return each
    raise Http404


def _months(told) -> list[tuple[str, str]]:
    """Value and name of each month in which a period of the series begins."""
    first = {period.starts_on.replace(day=1) for period in told}
    months = [asked.month(f"{day:%Y-%m}") for day in sorted(first)]
    return [(f"{each.starts_on:%Y-%m}", words.period_name(each)) for each in months]


def _downloaded(
    request, *, figures: Table, reasons: Table, series: AggregateSeries
) -> HttpResponse:
    tables = {"figures": figures, "reasons": reasons}
    which = request.GET.get("table", "figures")
    if which not in tables:
        raise Http404
    name = f"{series.central.slug}-{series.slug}-{which}"
    return downloaded(request, tables[which], name=name)


def _url(central: Central) -> str:
    return reverse("comparison_reconciliation", args=[central.slug])
