"""Chapter: Quality, deviations, complaints and supervision."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from reporting.annual_report.chapters.parts import chapter_of
from reporting.annual_report.chapters.quality import complaints, deviations, supervision

CHAPTER = chapter_of(
    code="quality",
    title=gettext_lazy("Quality, deviations, complaints and supervision"),
    parts=(deviations.PART, complaints.PART, supervision.PART),
)
