"""The report to read: as a page, its tables as files, its editions."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from reporting.annual_report import annex, presenters, queries, rules
from reporting.annual_report.document.web import report_html
from reporting.annual_report.models import AnnualReport


@require_safe
@login_required
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """The report's chapters, from the figures and texts that its documents are made of."""
    report = _visible(request, pk=pk)
    own = report.cooperation.language
    language = rules.language_of(request.GET.get("language", ""), get_language() or "", own)
    written = queries.written_in(report, language=language)
    context = {
        "report": presenters.report_page(report),
        "progress": presenters.documents(report),
        "language": language,
        "languages": list(presenters.LANGUAGE_NAMES.items()),
        "body": report_html(figures=report.figures, language=language, written=written),
    }
    return render(request, "reporting/annual_report/read.html", context)


@require_safe
@login_required
def tables(request: HttpRequest, pk: int, language: str, file_format: str) -> HttpResponse:
    """Every table of the report, in a workbook or in CSV files."""
    report = _visible(request, pk=pk)
    if language not in rules.DOCUMENT_LANGUAGES or file_format not in annex.FORMATS:
        raise Http404
    make, content_type = annex.FORMATS[file_format]
    with translation.override(language):
        written = queries.written_in(report, language=language)
        content = make(report.figures, written=written)
    answer = HttpResponse(content, content_type=content_type)
    name = rules.file_name(year=report.year, language=language, part="tabellar", ending=file_format)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-cache"
    return answer


@require_safe
@login_required
def editions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every edition of the year's report, and what each corrected."""
    report = _visible(request, pk=pk)
    found = queries.editions_of(report, user=request.user)
    context = {
        "report": presenters.report_page(report),
        "editions": [presenters.edition(each) for each in found],
    }
    return render(request, "reporting/annual_report/editions.html", context)


def _visible(request: HttpRequest, *, pk: int) -> AnnualReport:
    people = ("prepared_by", "checked_by", "approved_by")
    seen = AnnualReport.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("cooperation", *people), pk=pk)
