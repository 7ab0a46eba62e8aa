"""Chapter: Staff, competence, health and safety."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from reporting.annual_report.chapters.chapter import Chapter

CHAPTER = Chapter(
    code="staff",
    title=gettext_lazy("Staff, competence, health and safety"),
)
