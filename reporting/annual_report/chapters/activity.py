"""Chapter: Activity and answer time."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from reporting.annual_report.chapters.chapter import Chapter

CHAPTER = Chapter(
    code="activity",
    title=gettext_lazy("Activity and answer time"),
    template="documents/annual_report/_activity.html",
)
