"""A municipality's year on paper: an accessible PDF in the municipality's written form."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from legevakt.lib.pdf import PdfError, write_pdf
from legevakt.lib.periods import local_day
from legevakt.lib.words import day
from municipalities.costs.statements import presenters, tables
from municipalities.costs.statements.addressed import visible_statement
from municipalities.costs.statements.figures import Statement

TEMPLATE = "documents/costs/statement.html"
TIME_LIMIT_SECONDS = 30
WRITTEN_FORMS = ("nn", "nb")


@require_safe
@login_required
def statement_pdf(request: HttpRequest, cooperation: str, number: str, year: int) -> HttpResponse:
    """In the municipality's written form, or that of `?language=`; 404 for an empty year."""
    visible = visible_statement(request, cooperation=cooperation, number=number, year=year)
    if not visible.statement.pools:
        raise Http404
    asked = request.GET.get("language", "")
    language = asked if asked in WRITTEN_FORMS else _own_language(visible.statement)
    try:
        written = pdf_of(visible.statement, language=language)
    except PdfError:
        messages.error(
            request, _("The PDF could not be made. Print this page from the browser instead.")
        )
        return redirect("statement", cooperation=cooperation, number=number, year=year)
    answer = HttpResponse(written, content_type="application/pdf")
    name = f"{cooperation}-{number}-{year}-{language}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _own_language(statement: Statement) -> str:
    return str(statement.municipality.language)


def pdf_of(statement: Statement, *, language: str) -> bytes:
    """The statement as a PDF/UA document. Raises PdfError."""
    with translation.override(language):
        title = _("What %(municipality)s pays in %(year)s") % {
            "municipality": statement.municipality.name,
            "year": statement.year,
        }
        context = {
            "language": language,
            "title": title,
            "statement": statement,
            "lead": presenters.lead(statement),
            "status": presenters.status_line(statement),
            "as_of": day(local_day(timezone.now())),
            "overview": tables.overview(statement),
            "pools": [presenters.shown_pool(each) for each in statement.pools],
        }
        html = render_to_string(TEMPLATE, context)
    return write_pdf(
        html,
        language=language,
        title=title,
        base=settings.BASE_DIR / "static",
        time_limit_seconds=TIME_LIMIT_SECONDS,
    )
