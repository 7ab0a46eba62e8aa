"""Chapter: Meetings and decisions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from reporting.annual_report.chapters.meetings import (
    bilateral,
    decisions,
    follow_ups,
    forums,
    hearings,
    topics,
)
from reporting.annual_report.chapters.parts import chapter_of

CHAPTER = chapter_of(
    code="meetings",
    title=gettext_lazy("Meetings and decisions"),
    parts=(
        forums.PART,
        topics.PART,
        bilateral.PART,
        decisions.PART,
        hearings.PART,
        follow_ups.PART,
    ),
)
