"""Chapter: Organisation and agreement."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from reporting.annual_report.chapters.chapter import Chapter
from reporting.annual_report.chapters.organisation.facts import facts
from reporting.annual_report.chapters.organisation.telling import sections, suggestions

CHAPTER = Chapter(
    code="organisation",
    title=gettext_lazy("Organisation and agreement"),
    facts=facts,
    sections=sections,
    suggestions=suggestions,
    template="documents/annual_report/_organisation.html",
)
