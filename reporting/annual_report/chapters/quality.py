"""Chapter: Quality, deviations, complaints and supervision."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from reporting.annual_report.chapters.chapter import Chapter

CHAPTER = Chapter(
    code="quality",
    title=gettext_lazy("Quality, deviations, complaints and supervision"),
)
