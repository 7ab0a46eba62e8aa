"""Chapter: Staff, competence, health and safety."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from reporting.annual_report.chapters.chapter import Chapter
from reporting.annual_report.chapters.staff.facts import facts
from reporting.annual_report.chapters.staff.telling import sections, suggestions

CHAPTER = Chapter(
    code="staff",
    title=gettext_lazy("Staff, competence, health and safety"),
    facts=facts,
    sections=sections,
    suggestions=suggestions,
)
