"""Chapter: Goals and measures."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from reporting.annual_report.chapters.chapter import Chapter

CHAPTER = Chapter(
    code="goals",
    title=gettext_lazy("Goals and measures"),
)
