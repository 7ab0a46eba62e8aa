"""The annual reports: the list, one report with its documents, preparing and approving."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from legevakt.lib.periods import local_day
from municipalities.models import Cooperation
from municipalities.queries import cooperations_where
from municipalities.rules import Permission
from reporting.annual_report import operations as reports
from reporting.annual_report import presenters, queries, rules, tasks
from reporting.annual_report.errors import ReportIsApproved
from reporting.annual_report.figures import FiguresDisagree, NoFigures
from reporting.annual_report.forms import PrepareForm
from reporting.annual_report.models import AnnualReport, DocumentState, ReportDocument


@require_safe
@login_required
def annual_reports(request: HttpRequest) -> HttpResponse:
    """Every report the person may see, and for who may: preparing one."""
    if not cooperations_where(
        user=request.user, permission=Permission.VIEW_ISSUED_REPORTS
    ).exists():
        raise Http404
    preparable = Cooperation.objects.where(request.user, Permission.PREPARE_REPORT)
    forms = [
        (cooperation, PrepareForm(cooperation=cooperation, today=_today()))
        for cooperation in preparable.order_by("name", "pk")
    ]
    context = {
        "reports": [presenters.report_row(each) for each in queries.reports_for(request.user)],
        "forms": forms,
    }
    return render(request, "reporting/annual_report/annual_reports.html", context)


@require_POST
@login_required
def prepare(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Freeze the figures of a year in a draft and have its documents rendered."""
    allowed = Cooperation.objects.where(request.user, Permission.PREPARE_REPORT)
    found = get_object_or_404(allowed, slug=cooperation)
    form = PrepareForm(request.POST, cooperation=found, today=_today())
    if not form.is_valid():
        messages.error(request, _("Choose a year of which there are telephone data."))
        return redirect("annual_reports")
    year = form.cleaned_data["year"]
    try:
        report = reports.prepare(cooperation=found, year=year, by=request.user, at=timezone.now())
    except (NoFigures, FiguresDisagree, ReportIsApproved) as error:
        messages.error(request, presenters.words_for(error, year=year))
        return redirect("annual_reports")
    tasks.queue_documents(report)
    return redirect("annual_report", pk=report.pk)


@require_safe
@login_required
def annual_report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: its state, its figures in short, its documents."""
    report = _visible(request, pk=pk)
    context = {
        "report": presenters.report_page(report),
        "progress": presenters.documents(report),
        "may_prepare": _may(request, report, Permission.PREPARE_REPORT),
        "may_approve": _may(request, report, Permission.APPROVE_REPORT),
        "may_send": _may(request, report, Permission.SEND_DELIVERIES),
        "is_over": rules.is_over(year=report.year, today=_today()),
        "missing": presenters.untranslated(report),
        "language": rules.language_of(get_language() or "", report.cooperation.language),
        **_editions(request, report),
    }
    return render(request, "reporting/annual_report/annual_report.html", context)


@require_safe
@login_required
def documents(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the documents are; asked again by the page until both have ended."""
    report = _visible(request, pk=pk)
    progress = presenters.documents(report)
    if not progress.is_under_way and request.htmx:
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"
        return answer
    context = {"progress": progress, "may_prepare": False}
    return render(request, "reporting/annual_report/_documents.html", context)


@require_safe
@login_required
def document(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The PDF, after its content was compared with the checksum that was stored."""
    report = _visible(request, pk=pk)
    found = _document(report, language=language)
    if found.state != DocumentState.DONE:
        raise Http404
    try:
        content = queries.pdf_of(found)
    except queries.DocumentIsDamaged:
        raise Http404 from None
    answer = HttpResponse(content, content_type="application/pdf")
    name = rules.file_name(year=report.year, language=language)
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = "private, no-cache"
    return answer


@require_POST
@login_required
def render_again(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Queue a document that failed once more."""
    report = get_object_or_404(
        AnnualReport.objects.where(request.user, Permission.PREPARE_REPORT), pk=pk
    )
    found = _document(report, language=language)
    if reports.render_again(document=found, at=timezone.now()):
        tasks.queue_documents(report)
    return redirect("annual_report", pk=pk)


def _visible(request: HttpRequest, *, pk: int) -> AnnualReport:
    reports = AnnualReport.objects.visible_to(request.user)
    return get_object_or_404(
        reports.select_related("cooperation", "approved_by", "checked_by", "prepared_by"), pk=pk
    )


def _document(report: AnnualReport, *, language: str) -> ReportDocument:
    """The report's document; 404 for any other word than a language, also one no database takes."""
    if language not in rules.DOCUMENT_LANGUAGES:
        raise Http404
    return get_object_or_404(ReportDocument, report=report, language=language)


def _editions(request: HttpRequest, report: AnnualReport) -> dict[str, Any]:
    """How many editions the person may see, and a later one that is issued."""
    seen = queries.reports_for(request.user).filter(
        cooperation=report.cooperation_id, year=report.year
    )
    later = [each for each in seen if each.edition > report.edition and each.issued_at]
    return {"editions": len(seen), "later": presenters.report_row(later[0]) if later else None}


def _may(request: HttpRequest, report: AnnualReport, permission: Permission) -> bool:
    return AnnualReport.objects.where(request.user, permission).filter(pk=report.pk).exists()


def _today():
    return local_day(timezone.now())
