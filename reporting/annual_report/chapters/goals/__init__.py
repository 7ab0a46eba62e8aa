"""Chapter: Goals and measures."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from reporting.annual_report.chapters.goals import dates, measures
from reporting.annual_report.chapters.parts import chapter_of

CHAPTER = chapter_of(
    code="goals",
    title=gettext_lazy("Goals and measures"),
    parts=(measures.PART, dates.PART),
)
