"""A report's steps: checked, approved, issued, and the next edition begun."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from municipalities.rules import Permission
from reporting.annual_report import errors, freezing, presenters, tasks
from reporting.annual_report import operations as reports
from reporting.annual_report.figures import FiguresDisagree, NoFigures
from reporting.annual_report.forms import CorrectionForm
from reporting.annual_report.models import AnnualReport

REFUSED = (
    errors.ContentChanged,
    errors.DocumentsAreMissing,
    errors.IsNotApproved,
    errors.IsNotChecked,
    errors.IsNotTheLatest,
    errors.ReasonIsMissing,
    errors.ReportIsApproved,
    errors.TranslationIsMissing,
    errors.YearIsNotOver,
    FiguresDisagree,
    NoFigures,
)


@require_POST
@login_required
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the report, as it was shown, is read and right."""
    report = _held(request, pk=pk, permission=Permission.PREPARE_REPORT)
    content = request.POST.get("content_sha256", "")

    def run() -> None:
        found = reports.check(
            report=report, by=request.user, content_sha256=content, at=timezone.now()
        )
        tasks.queue_documents(found)

    said = _("The report is checked. The host's chief executive can approve it.")
    return _step(request, report, run=run, done=said)


@require_POST
@login_required
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the documents made of what is written now."""
    report = _held(request, pk=pk, permission=Permission.PREPARE_REPORT)
    reports.make_documents(report=report, at=timezone.now())
    tasks.queue_documents(report)
    return redirect("annual_report", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """GET asks, POST approves what was shown: then the report cannot be changed."""
    report = _held(request, pk=pk, permission=Permission.APPROVE_REPORT)
    if request.method != "POST":
        context = {
            "report": presenters.report_page(report),
            "progress": presenters.documents(report),
            "freezes": freezing.what_freezes(report),
        }
        return render(request, "reporting/annual_report/approve.html", context)
    content = request.POST.get("content_sha256", "")
    said = _("The report is approved, and everything in it is frozen. Now it can be issued.")
    return _step(
        request,
        report,
        run=lambda: reports.approve(
            report=report, by=request.user, content_sha256=content, at=timezone.now()
        ),
        done=said,
    )


@require_POST
@login_required
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Let all participants see the approved report."""
    report = _held(request, pk=pk, permission=Permission.SEND_DELIVERIES)
    return _step(
        request,
        report,
        run=lambda: reports.issue(report=report, by=request.user, at=timezone.now()),
        done=_("The report is issued: all participants see it, and it is sent as scheduled."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next edition, and say why."""
    report = _held(request, pk=pk, permission=Permission.PREPARE_REPORT)
    form = CorrectionForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"report": presenters.report_page(report), "form": form}
        status = 422 if form.errors else 200
        return render(request, "reporting/annual_report/correct.html", context, status=status)
    try:
        made = reports.begin_correction(
            report=report, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
        )
    except REFUSED as error:
        messages.error(request, presenters.words_for(error, year=report.year))
        return redirect("annual_report", pk=pk)
    tasks.queue_documents(made)
    messages.success(request, _("The next edition is begun, with today's figures."))
    return redirect("annual_report", pk=made.pk)


def _held(request: HttpRequest, *, pk: int, permission: Permission) -> AnnualReport:
    allowed = AnnualReport.objects.where(request.user, permission)
    people = ("prepared_by", "checked_by", "approved_by")
    return get_object_or_404(allowed.select_related("cooperation", *people), pk=pk)


def _step(
    request: HttpRequest, report: AnnualReport, *, run: Callable[[], object], done: str
) -> HttpResponse:
    try:
        run()
    except REFUSED as error:
        messages.error(request, presenters.words_for(error, year=report.year))
    else:
        messages.success(request, done)
    return redirect("annual_report", pk=report.pk)
