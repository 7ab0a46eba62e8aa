"""Chapter: Economy."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from reporting.annual_report.chapters.chapter import Chapter

CHAPTER = Chapter(
    code="economy",
    title=gettext_lazy("Economy"),
)
