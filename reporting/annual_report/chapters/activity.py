"""Chapter: Activity and answer time."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from reporting.annual_report.chapters import answering, calls
from reporting.annual_report.chapters.chapter import Chapter, Figures


def suggestions(figures: Figures) -> tuple[str, ...]:
    """How many called, the best and the poorest month, and what the figures rest on."""
    return (
        *calls.calls(figures),
        *calls.best_and_poorest(figures),
        *answering.completeness(figures),
    )


CHAPTER = Chapter(
    code="activity",
    title=gettext_lazy("Activity and answer time"),
    suggestions=suggestions,
    template="documents/annual_report/_activity.html",
)
