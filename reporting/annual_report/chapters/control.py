"""Chapter: Internal control."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from reporting.annual_report.chapters.chapter import Chapter

CHAPTER = Chapter(
    code="control",
    title=gettext_lazy("Internal control"),
)
