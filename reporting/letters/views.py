"""The letters of months, tertials and years: a list, each as a page, and as a PDF."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from legevakt.lib.pdf import PdfError
from municipalities.models import Cooperation
from municipalities.queries import is_held
from municipalities.rules import Permission
from reporting.annual_report.rules import DOCUMENT_LANGUAGES
from reporting.letters import queries
from reporting.letters.document import file_name, pdf_of
from reporting.letters.models import PeriodLetter
from reporting.letters.telling import title_of, told

ROWS_A_PAGE = 50


@require_safe
@login_required
def letters(request: HttpRequest) -> HttpResponse:
    """Every letter that the user may read."""
    if not Cooperation.objects.where(request.user, Permission.VIEW_ISSUED_REPORTS).exists():
        raise Http404
    found = Paginator(queries.letters_for(request.user), ROWS_A_PAGE)
    page = found.get_page(request.GET.get("page"))
    rows = [(title_of(each), each) for each in page.object_list]
    return render(request, "reporting/letters/letters.html", {"page": page, "rows": rows})


@require_safe
@login_required
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter, as it was frozen."""
    found = _visible(request, pk=pk)
    held = {"user": request.user, "cooperation": found.cooperation}
    context = {
        "letter": told(found),
        "pk": pk,
        "cooperation": found.cooperation,
        "may_correct": is_held(permission=Permission.SEND_DELIVERIES, **held),
    }
    return render(request, "reporting/letters/letter.html", context)


@require_safe
@login_required
def document(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The letter's PDF, in nynorsk or bokmål."""
    found = _visible(request, pk=pk)
    if language not in DOCUMENT_LANGUAGES:
        raise Http404
    try:
        content = pdf_of(found, language=language)
    except PdfError:
        messages.error(request, _("The PDF could not be made just now. Here is the letter."))
        return redirect("letter", pk=pk)
    answer = HttpResponse(content, content_type="application/pdf")
    name = file_name(found, language=language)
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _visible(request: HttpRequest, *, pk: int) -> PeriodLetter:
    rows = PeriodLetter.objects.visible_to(request.user).select_related("cooperation")
    return get_object_or_404(rows, pk=pk)
