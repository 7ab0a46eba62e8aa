"""The minutes as a PDF."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from legevakt.lib.pdf import PdfError
from municipalities.meetings.minutes import document
from municipalities.meetings.minutes.addressed import written_minutes

WRITTEN_FORMS = ("nn", "nb")


@require_safe
@login_required
def minutes_pdf(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """In the written form of the minutes, or that of `?language=`."""
    seen, minutes = written_minutes(request, cooperation=cooperation, pk=pk)
    asked = request.GET.get("language", "")
    language = asked if asked in WRITTEN_FORMS else seen.meeting.language
    try:
        written = document.pdf_of(minutes, language=language)
    except PdfError:
        messages.error(
            request, _("The PDF could not be made. Print this page from the browser instead.")
        )
        return redirect("minutes", *seen.address)
    answer = HttpResponse(written, content_type="application/pdf")
    name = document.file_name(minutes, language=language)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
