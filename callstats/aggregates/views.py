"""Pages for counts that others have counted: series, their sums, and one report at a time."""

from __future__ import annotations

from contextlib import suppress

import pghistory
from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from callstats.aggregates import operations, presenters, queries, report_presenters
from callstats.aggregates.forms import DeleteForm, ReportForm, SeriesForm, centrals_managed_by
from callstats.aggregates.messages import of_file
from callstats.aggregates.models import AggregateReport, AggregateSeries, ReportState
from callstats.annotations.queries import Note, seen_by
from callstats.imports.uploads import LimitedUpload
from callstats.indicators.definitions import default_definition
from callstats.sources.frames import Unreadable
from legevakt.lib.file_names import breakable
from legevakt.lib.periods import Period, PeriodError
from municipalities.queries import cooperations_where
from municipalities.rules import Permission

REPORTS_SHOWN = 50


@require_safe
@login_required
def aggregates(request: HttpRequest) -> HttpResponse:
    """Every series of the person's centrals."""
    if not cooperations_where(user=request.user, permission=Permission.VIEW_IMPORTS).exists():
        raise Http404
    found = AggregateSeries.objects.visible_to(request.user).select_related("central")
    context = {
        "rows": presenters.series_rows(found.order_by("central__name", "name", "pk")),
        "columns": presenters.SERIES_COLUMNS,
        "may_add": centrals_managed_by(request.user).exists(),
    }
    return render(request, "callstats/aggregates/aggregates.html", context)


@login_required
def new_series(request: HttpRequest) -> HttpResponse:
    """Set up a series; its first report comes after."""
    if not centrals_managed_by(request.user).exists():
        raise Http404
    form = SeriesForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            series = operations.add_series(**form.cleaned_data, at=timezone.now(), by=request.user)
            return redirect("aggregate_series", pk=series.pk)
        except operations.SeriesError as error:
            form.add_error(error.field, str(error))
    status = 422 if form.errors else 200
    return render(request, "callstats/aggregates/new.html", {"form": form}, status=status)


@require_safe
@login_required
def series(request: HttpRequest, pk: int) -> HttpResponse:
    """The series by month and line, and the reports it rests on."""
    found = get_object_or_404(_visible(request.user), pk=pk)
    indicator = default_definition()
    sums = queries.months(series=found)
    compared = queries.from_calls(series=found, sums=sums, definition=indicator)
    reports = found.reports.order_by("-received_at", "pk")[:REPORTS_SHOWN]
    context = {
        "series": found,
        "tables": presenters.month_tables(
            sums, compared=compared, threshold_seconds=indicator.threshold_seconds
        ),
        "months": presenters.month_links(sums),
        "notes": _notes(request, series=found, sums=sums),
        "report_columns": report_presenters.REPORT_COLUMNS,
        "reports": report_presenters.report_rows(reports),
        "may_import": _where_may_import(request.user).filter(pk=pk).exists(),
        "may_manage": _where_may_manage(request.user).filter(pk=pk).exists(),
    }
    return render(request, "callstats/aggregates/series.html", context)


def _notes(request: HttpRequest, *, series: AggregateSeries, sums: list[queries.Sum]) -> list[Note]:
    """What happened at the central in the time that the series tells of."""
    if not sums:
        return []
    first, end = min(each.starts_on for each in sums), max(each.ends_on for each in sums)
    return seen_by(user=request.user, centrals=[series.central], period=Period(first, end))


@require_safe
@login_required
def series_days(request: HttpRequest, pk: int, month: str) -> HttpResponse:
    """The days of one month, for a series with periods shorter than a month."""
    found = get_object_or_404(_visible(request.user), pk=pk)
    try:
        year, number = map(int, month.split("-"))
        period = Period.month(year, number)
    except (ValueError, PeriodError):
        raise Http404 from None
    context = {
        "series": found,
        "month": period.starts_on,
        "tables": presenters.day_tables(queries.days(series=found, month=period)),
    }
    return render(request, "callstats/aggregates/days.html", context)


@login_required
def delete_series(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first, and why; then the series is gone with its reports and counts."""
    found = get_object_or_404(_where_may_manage(request.user), pk=pk)
    form = DeleteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with pghistory.context(reason=form.cleaned_data["reason"]):
            operations.delete_series(series=found)
        notices.success(request, _("The series %(name)s is deleted.") % {"name": found.name})
        return redirect("aggregates")
    context = {
        "form": form,
        "series": found,
        "reports": found.reports.count(),
        "periods": found.periods.count(),
    }
    status = 422 if form.errors else 200
    return render(request, "callstats/aggregates/delete.html", context, status=status)


@csrf_exempt  # asked for in _upload, since looking at the token reads the file
@login_required
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a report and check it; nothing is counted before a person confirms."""
    found = get_object_or_404(_where_may_import(request.user), pk=pk)
    request.upload_handlers.insert(0, LimitedUpload(request))
    return _upload(request, found)


@csrf_protect
def _upload(request: HttpRequest, found: AggregateSeries) -> HttpResponse:
    form = ReportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        received = operations.receive(
            series=found,
            chunks=file.chunks(),
            file_name=file.name,
            at=timezone.now(),
            by=request.user,
        )
        return redirect("aggregate_report", pk=received.pk)
    context = {"form": form, "series": found}
    status = 422 if form.errors else 200
    return render(request, "callstats/aggregates/upload.html", context, status=status)


@require_safe
@login_required
def report(request: HttpRequest, pk) -> HttpResponse:
    """One report: what it tells, what storing it did, and its refused rows."""
    reports = AggregateReport.objects.visible_to(request.user)
    found = get_object_or_404(reports.select_related("series__central", "received_by"), pk=pk)
    bands = report_presenters.preview_bands(found)
    context = {
        "report": found,
        "heading": breakable(found.file_name),
        "series": found.series,
        "color": report_presenters.color(found),
        "failure": report_presenters.failure(found),
        "counts": report_presenters.counts(found),
        "not_read": report_presenters.not_read(found),
        "sum_columns": report_presenters.sum_columns(bands),
        "sum_rows": report_presenters.sum_rows(found, bands),
        "first_columns": report_presenters.first_columns(bands),
        "first_rows": report_presenters.first_rows(found, bands),
        "refused": report_presenters.refused_rows(found),
        "refused_columns": report_presenters.REFUSED_COLUMNS,
        "origin": report_presenters.origin(found),
        "may_import": _where_may_import(request.user).filter(pk=found.series_id).exists(),
        "states": ReportState,
    }
    return render(request, "callstats/aggregates/report.html", context)


@login_required
@require_POST
def report_store(request: HttpRequest, pk) -> HttpResponse:
    """Count what the preview showed. Asking twice does no harm."""
    found = get_object_or_404(_reports_to_decide(request.user), pk=pk)
    try:
        operations.store(report=found, at=timezone.now())
    except operations.WrongState:
        pass  # somebody was quicker; the page tells what became of it
    except Unreadable as error:
        notices.error(request, of_file(error.code, error.params))
        return redirect("aggregate_upload", pk=found.series_id)
    return redirect("aggregate_report", pk=pk)


@login_required
@require_POST
def report_cancel(request: HttpRequest, pk) -> HttpResponse:
    """Turn the report down; nothing of it is counted."""
    found = get_object_or_404(_reports_to_decide(request.user), pk=pk)
    with suppress(operations.WrongState):
        operations.cancel(report=found, at=timezone.now())
    return redirect("aggregate_report", pk=pk)


def _visible(user) -> QuerySet[AggregateSeries]:
    return AggregateSeries.objects.visible_to(user).select_related("central")


def _where_may_import(user) -> QuerySet[AggregateSeries]:
    return AggregateSeries.objects.where(user, Permission.IMPORT_CALLS).select_related("central")


def _where_may_manage(user) -> QuerySet[AggregateSeries]:
    return AggregateSeries.objects.where(user, Permission.MANAGE_FEEDS).select_related("central")


def _reports_to_decide(user) -> QuerySet[AggregateReport]:
    return AggregateReport.objects.where(user, Permission.IMPORT_CALLS)
