"""The ten chapters of the annual report (cooperation.md section 4), in their order."""

from reporting.annual_report.chapters import (
    activity,
    control,
    doctors,
    economy,
    goals,
    meetings,
    organisation,
    quality,
    staff,
    summary,
)
from reporting.annual_report.chapters.chapter import Chapter, Figures, ReportYear, Section

__all__ = ["CHAPTERS", "Chapter", "Figures", "ReportYear", "Section"]

CHAPTERS = {
    each.CHAPTER.code: each.CHAPTER
    for each in (
        summary,
        organisation,
        activity,
        doctors,
        staff,
        quality,
        economy,
        control,
        meetings,
        goals,
    )
}
