"""Chapter: Doctors on duty."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from reporting.annual_report.chapters.chapter import Chapter
from reporting.annual_report.chapters.doctors.facts import facts
from reporting.annual_report.chapters.doctors.telling import sections, suggestions

CHAPTER = Chapter(
    code="doctors",
    title=gettext_lazy("Doctors on duty"),
    facts=facts,
    sections=sections,
    suggestions=suggestions,
)
