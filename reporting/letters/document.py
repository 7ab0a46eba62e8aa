"""A letter on paper: an accessible PDF of its frozen figures, in either written form."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from legevakt.lib.pdf import write_pdf
from reporting.letters import rules
from reporting.letters.models import PeriodLetter
from reporting.letters.telling import told

TEMPLATE = "documents/letters/letter.html"
TIME_LIMIT_SECONDS = 60


def pdf_of(letter: PeriodLetter, *, language: str) -> bytes:
    """The letter as a PDF/UA document. Raises PdfError."""
    with translation.override(language):
        content = told(letter)
        html = render_to_string(TEMPLATE, {"language": language, "letter": content})
    return write_pdf(
        html,
        language=language,
        title=content.title,
        base=settings.BASE_DIR / "static",
        time_limit_seconds=TIME_LIMIT_SECONDS,
    )


def file_name(letter: PeriodLetter, *, language: str) -> str:
    """The PDF's name."""
    return rules.file_name(kind=letter.kind, starts_on=letter.starts_date, language=language)
