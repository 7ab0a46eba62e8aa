"""Chapter: Organisation and agreement."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from reporting.annual_report.chapters.chapter import Chapter

CHAPTER = Chapter(
    code="organisation",
    title=gettext_lazy("Organisation and agreement"),
    template="documents/annual_report/_organisation.html",
)
