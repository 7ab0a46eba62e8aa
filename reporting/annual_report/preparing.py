"""Freezing a year's figures in a draft, and having its documents made."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from municipalities.models import Cooperation, User
from reporting.annual_report import queries, rules
from reporting.annual_report.errors import IsNotTheLatest, ReasonIsMissing, ReportIsApproved
from reporting.annual_report.figures import figures_for
from reporting.annual_report.models import (
    FROZEN,
    AnnualReport,
    ChapterText,
    DocumentState,
    ReportDocument,
    ReportState,
)


@transaction.atomic
def prepare(*, cooperation: Cooperation, year: int, by: User | None, at: datetime) -> AnnualReport:
    """Freeze the year's figures in a draft, and put its documents in the queue.

    Again while it can change: new figures, both documents anew, what is written stays, and what
    was checked is to be checked again. Raises ReportIsApproved, and NoFigures or FiguresDisagree
    from `figures_for`.
    """
    _take_turns(cooperation.pk)
    report = _worked_on(cooperation=cooperation, year=year)
    report = report or AnnualReport(cooperation=cooperation, year=year)
    _take_figures(report, by=by, at=at)
    queue_stale(report=report, at=at)
    return report


@transaction.atomic
def begin_correction(
    *, report: AnnualReport, reason: str, by: User | None, at: datetime
) -> AnnualReport:
    """The next edition as a draft: today's figures, the texts of the one that is corrected.

    Raises ReasonIsMissing, IsNotTheLatest, and NoFigures or FiguresDisagree.
    """
    if not reason.strip():
        raise ReasonIsMissing(str(report))
    _take_turns(report.cooperation_id)
    latest = queries.latest_edition(cooperation=report.cooperation, year=report.year)
    if latest is None or latest.pk != report.pk or not latest.is_frozen:
        raise IsNotTheLatest(str(report))
    made = AnnualReport(
        cooperation=latest.cooperation,
        year=latest.year,
        edition=latest.edition + 1,
        correction_reason=reason.strip(),
        left_out=latest.left_out,
    )
    _take_figures(made, by=by, at=at)
    _copy_texts(latest, made, at=at)
    settle_content(made)
    queue_stale(report=made, at=at)
    return made


def settle_content(report: AnnualReport) -> None:
    """Store what the documents are to be made of now; what was checked is a draft again."""
    report.content_sha256 = rules.content_checksum(
        figures_sha256=report.figures_sha256,
        texts=queries.texts_of(report),
        left_out=report.left_out,
        edition=report.edition,
        reason=report.correction_reason,
    )
    report.state, report.checked_by, report.checked_at = ReportState.DRAFT, None, None
    report.save()


def queue_stale(*, report: AnnualReport, at: datetime) -> None:
    """Queue the documents that are not made, or being made, of what the report holds now."""
    fresh = report.documents.filter(content_sha256=report.content_sha256).exclude(
        state=DocumentState.FAILED
    )
    has = set(fresh.values_list("language", flat=True))
    for language in rules.DOCUMENT_LANGUAGES:
        if language not in has:
            queue_document(report=report, language=language, at=at)


def queue_document(*, report: AnnualReport, language: str, at: datetime) -> None:
    """Queue the report's document in the language, of what the report holds now."""
    waiting = {
        "state": DocumentState.QUEUED,
        "stage": "",
        "content_sha256": report.content_sha256,
        "pdf_sha256": "",
        "pdf_bytes": 0,
        "error": "",
        "queued_at": at,
        "finished_at": None,
    }
    ReportDocument.objects.update_or_create(report=report, language=language, defaults=waiting)


def _take_turns(cooperation_id: int) -> None:
    """Who begins an edition waits here for another who does: there is no report yet to lock."""
    Cooperation.objects.select_for_update(no_key=True).get(pk=cooperation_id)


def _worked_on(*, cooperation: Cooperation, year: int) -> AnnualReport | None:
    """The edition that can change, locked. Raises ReportIsApproved where there is only another."""
    editions = AnnualReport.objects.select_for_update().filter(cooperation=cooperation, year=year)
    latest = editions.order_by("-edition").first()
    if latest is not None and latest.state in FROZEN:
        raise ReportIsApproved(str(latest))
    return latest


def _take_figures(report: AnnualReport, *, by: User | None, at: datetime) -> None:
    report.figures = figures_for(cooperation=report.cooperation, year=report.year, at=at)
    report.figures_sha256 = rules.checksum(report.figures)
    report.figures_at, report.prepared_by = at, by
    settle_content(report)


def _copy_texts(source: AnnualReport, target: AnnualReport, *, at: datetime) -> None:
    ChapterText.objects.bulk_create(
        ChapterText(
            report=target,
            chapter=each.chapter,
            language=each.language,
            text=each.text,
            changed_at=at,
            changed_by=each.changed_by,
        )
        for each in source.texts.order_by("pk")
    )
