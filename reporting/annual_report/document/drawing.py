"""From figures to PDF in one language, in the four steps a page can show."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from legevakt.lib.pdf import write_pdf
from reporting.annual_report.document import chapters
from reporting.annual_report.document.charts import charts_of
from reporting.annual_report.document.content import content_of
from reporting.annual_report.document.written import NOTHING_WRITTEN, Written

TEMPLATE = "documents/annual_report/report.html"
STATIC = settings.BASE_DIR / "static"


class Document:
    """One language's report. Call collect, draw_charts, lay_out and pdf, in that order."""

    def __init__(self, *, language: str) -> None:
        self.language = language
        self.content: dict[str, Any] = {}
        self.html = ""

    def collect(self, figures: dict[str, Any], *, written: Written = NOTHING_WRITTEN) -> None:
        """Put every figure into words of the language, beside what was written in it."""
        self.figures = figures
        with translation.override(self.language):
            self.content = content_of(figures=figures, language=self.language, written=written)

    def draw_charts(self) -> None:
        """Draw the charts of each central and of each section as SVG."""
        with translation.override(self.language):
            draw_centrals(self.figures, self.content, language=self.language)
            chapters.draw(self.content["chapters"], language=self.language)

    def lay_out(self) -> None:
        """Set the pages in HTML."""
        with translation.override(self.language):
            self.html = render_to_string(TEMPLATE, self.content)

    def pdf(self) -> bytes:
        """The accessible PDF; PdfError where it would not be one."""
        with translation.override(self.language):
            title = _("Annual report %(year)s for %(cooperation)s") % {
                "year": self.figures["year"],
                "cooperation": self.figures["cooperation"]["name"],
            }
        return write_pdf(self.html, language=self.language, title=title, base=STATIC)


def draw_centrals(figures: dict[str, Any], content: dict[str, Any], *, language: str) -> None:
    """Draw each central's own charts, in place."""
    for central, words in zip(figures["centrals"], content["centrals"], strict=True):
        words["charts"] = charts_of(
            central=central, definition=figures["definition"], language=language
        )


def pdf_of(*, figures: dict[str, Any], language: str, written: Written = NOTHING_WRITTEN) -> bytes:
    """All four steps at once, for a command that shows no progress."""
    document = Document(language=language)
    document.collect(figures, written=written)
    document.draw_charts()
    document.lay_out()
    return document.pdf()
