"""Chapter: Summary."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from reporting.annual_report.chapters import answering
from reporting.annual_report.chapters.chapter import Chapter, Figures


def suggestions(figures: Figures) -> tuple[str, ...]:
    """The share, the target, the year before, and what the figures rest on."""
    return (
        *answering.share(figures),
        *answering.against_before(figures),
        *answering.completeness(figures),
    )


CHAPTER = Chapter(
    code="summary",
    title=gettext_lazy("Summary"),
    suggestions=suggestions,
    template="documents/annual_report/_summary.html",
)
