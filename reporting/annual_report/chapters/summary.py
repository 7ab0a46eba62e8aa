"""Chapter: Summary."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from reporting.annual_report.chapters.chapter import Chapter

CHAPTER = Chapter(
    code="summary",
    title=gettext_lazy("Summary"),
    template="documents/annual_report/_summary.html",
)
