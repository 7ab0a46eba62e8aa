"""Chapter: Internal control."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from reporting.annual_report.chapters.control import obligations, review
from reporting.annual_report.chapters.parts import chapter_of

CHAPTER = chapter_of(
    code="control",
    title=gettext_lazy("Internal control"),
    parts=(review.PART, obligations.PART),
)
