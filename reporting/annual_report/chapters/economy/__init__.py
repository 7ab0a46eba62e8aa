"""Chapter: Economy. What the whole cooperation shares, and what each municipality pays of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from reporting.annual_report.chapters.chapter import Chapter
from reporting.annual_report.chapters.economy.facts import facts
from reporting.annual_report.chapters.economy.sections import sections
from reporting.annual_report.chapters.economy.suggestions import suggestions

CHAPTER = Chapter(
    code="economy",
    title=gettext_lazy("Economy"),
    facts=facts,
    sections=sections,
    suggestions=suggestions,
)
