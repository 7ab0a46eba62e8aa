"""A version on paper: an accessible PDF of its text, its facts and who has adopted it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from legevakt.lib.pdf import PdfError, write_pdf
from municipalities.agreements import details, presenters, words
from municipalities.agreements.addressed import VisibleVersion, visible_version
from municipalities.agreements.queries import address_of
from municipalities.agreements.views import today

TEMPLATE = "documents/agreements/version.html"
TIME_LIMIT_SECONDS = 30


@require_safe
@login_required
def agreement_pdf(request: HttpRequest, cooperation: str, pk: int, number: int) -> HttpResponse:
    """The version in the cooperation's language; where no PDF can be made, back to its page."""
    visible = visible_version(request, slug=cooperation, pk=pk, number=number)
    try:
        written = _pdf_of(visible)
    except PdfError:
        messages.error(
            request, _("The PDF could not be made. Print this page from the browser instead.")
        )
        return redirect(address_of(visible.version))
    answer = HttpResponse(written, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{cooperation}-{pk}-{number}.pdf"'
    return answer


def _pdf_of(visible: VisibleVersion) -> bytes:
    version, language = visible.version, visible.cooperation.language
    parties = details.parties_of(version)
    with translation.override(language):
        name = presenters.version_name(version)
        context = {
            "language": language,
            "name": name,
            "cooperation": visible.cooperation,
            "status": words.status(version, today=today()),
            "facts": presenters.facts(version, parties=parties),
            "party_columns": presenters.PARTY_COLUMNS[:-1],
            "parties": presenters.party_rows(parties, version=version, answers_for=set()),
            "clauses": version.clauses.all(),
        }
        html = render_to_string(TEMPLATE, context)
    return write_pdf(
        html,
        language=language,
        title=name,
        base=settings.BASE_DIR / "static",
        time_limit_seconds=TIME_LIMIT_SECONDS,
    )
