"""Chapter: Meetings and decisions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from reporting.annual_report.chapters.chapter import Chapter

CHAPTER = Chapter(
    code="meetings",
    title=gettext_lazy("Meetings and decisions"),
)
