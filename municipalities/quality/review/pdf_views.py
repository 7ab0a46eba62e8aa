"""The report to the councils as a PDF."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from legevakt.lib.pdf import PdfError
from municipalities.quality.review import document
from municipalities.quality.review.addressed import visible_review

WRITTEN_FORMS = ("nn", "nb")


@require_safe
@login_required
def review_pdf(request: HttpRequest, cooperation: str, year: int) -> HttpResponse:
    """In the host's written form, or that of `?language=`; 404 before the review is signed."""
    found = visible_review(request, cooperation=cooperation, year=year)
    if found.is_open:
        raise Http404
    asked = request.GET.get("language", "")
    language = asked if asked in WRITTEN_FORMS else found.cooperation.host.language
    try:
        written = document.pdf_of(found.review, language=language)
    except PdfError:
        messages.error(
            request, _("The PDF could not be made. Print this page from the browser instead.")
        )
        return redirect(found.address())
    answer = HttpResponse(written, content_type="application/pdf")
    name = f"{cooperation}-review-{year}-{language}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
