"""Preparing a report, approving it, and having a document rendered again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from legevakt.lib.periods import local_day
from municipalities.models import Cooperation, User
from municipalities.operations import hand_in
from municipalities.queries import is_held
from municipalities.rules import Permission
from reporting.annual_report import queries, rules
from reporting.annual_report.figures import figures_for
from reporting.annual_report.models import (
    AnnualReport,
    DocumentState,
    ReportDocument,
    ReportState,
)
from reporting.annual_report.rendering import render

__all__ = [
    "DocumentsAreMissing",
    "FiguresWerePreparedAgain",
    "MayNotApprove",
    "ReportIsApproved",
    "YearIsNotOver",
    "approve",
    "prepare",
    "render",
    "render_again",
]


class ReportIsApproved(Exception):
    """An approved report never changes; what is wrong in it is told in the next one."""


class MayNotApprove(Exception):
    """The person does not hold the right to approve reports of the cooperation."""


class YearIsNotOver(Exception):
    """A report of a year that still runs can be read as a draft, not issued."""


class DocumentsAreMissing(Exception):
    """Both languages must be ready, from these very figures, before anybody approves them."""


class FiguresWerePreparedAgain(Exception):
    """The report has other figures now than those the person read and wants to approve."""


@transaction.atomic
def prepare(*, cooperation: Cooperation, year: int, by: User | None, at: datetime) -> AnnualReport:
    """Freeze the year's figures in a draft, and put its documents in the queue.

    Again while it is a draft: new figures, both documents anew. Raises ReportIsApproved,
    and NoFigures or FiguresDisagree from `figures_for`.
    """
    report = _locked(cooperation=cooperation, year=year)
    if report is not None and report.state == ReportState.APPROVED:
        raise ReportIsApproved(str(report))
    figures = figures_for(cooperation=cooperation, year=year, at=at)
    frozen = {
        "figures": figures,
        "figures_sha256": rules.checksum(figures),
        "figures_at": at,
        "prepared_by": by,
    }
    report, _ = AnnualReport.objects.update_or_create(
        cooperation=cooperation, year=year, defaults=frozen
    )
    for language in rules.DOCUMENT_LANGUAGES:
        _queue(report=report, language=language, at=at)
    return report


def _locked(*, cooperation: Cooperation, year: int) -> AnnualReport | None:
    reports = AnnualReport.objects.select_for_update()
    return reports.filter(cooperation=cooperation, year=year).first()


def _queue(*, report: AnnualReport, language: str, at: datetime) -> None:
    waiting = {
        "state": DocumentState.QUEUED,
        "stage": "",
        "figures_sha256": report.figures_sha256,
        "pdf_sha256": "",
        "pdf_bytes": 0,
        "error": "",
        "queued_at": at,
        "finished_at": None,
    }
    ReportDocument.objects.update_or_create(report=report, language=language, defaults=waiting)


@transaction.atomic
def render_again(*, document: ReportDocument, at: datetime) -> bool:
    """Queue a document that failed, or whose file is lost; False where there is no need.

    An approved report's document keeps its checksum, and only a file with that checksum
    takes the lost one's place.
    """
    report = AnnualReport.objects.select_for_update().get(pk=document.report_id)
    document = ReportDocument.objects.select_for_update().get(pk=document.pk)
    if document.state != DocumentState.FAILED and not queries.is_lost(document):
        return False
    if report.state == ReportState.APPROVED:
        _queue_the_same(document=document, at=at)
    else:
        _queue(report=report, language=document.language, at=at)
    return True


def _queue_the_same(*, document: ReportDocument, at: datetime) -> None:
    document.state, document.stage, document.error = DocumentState.QUEUED, "", ""
    document.queued_at, document.finished_at = at, None
    document.save(update_fields=["state", "stage", "error", "queued_at", "finished_at"])


@transaction.atomic
def approve(*, report: AnnualReport, by: User, figures_sha256: str, at: datetime) -> AnnualReport:
    """Issue the report with the figures that the person has read.

    From here on the database refuses every change to the report, and to what its documents
    are: their figures' and files' checksums. Raises MayNotApprove, ReportIsApproved,
    YearIsNotOver, FiguresWerePreparedAgain or DocumentsAreMissing.
    """
    report = AnnualReport.objects.select_for_update().get(pk=report.pk)
    if not is_held(user=by, permission=Permission.APPROVE_REPORT, cooperation=report.cooperation):
        raise MayNotApprove(str(report))
    if report.state == ReportState.APPROVED:
        raise ReportIsApproved(str(report))
    if not rules.is_over(year=report.year, today=local_day(at)):
        raise YearIsNotOver(str(report.year))
    if figures_sha256 != report.figures_sha256:
        raise FiguresWerePreparedAgain(str(report))
    if not queries.has_all_documents(report):
        raise DocumentsAreMissing(str(report))
    report.state, report.approved_by, report.approved_at = ReportState.APPROVED, by, at
    report.save(update_fields=["state", "approved_by", "approved_at"])
    _show_that_it_is_made(report, at=at)
    return report


def _show_that_it_is_made(report: AnnualReport, *, at: datetime) -> None:
    """The agreement demands a short annual report: this is it."""
    with translation.override(report.cooperation.language):
        title = gettext("Annual report %(year)s") % {"year": report.year}
    hand_in(
        cooperation=report.cooperation,
        code="annual-report",
        key=f"annual-report:{report.pk}",
        title=title,
        on=local_day(at),
        path=reverse("annual_report", args=[report.pk]),
        by=report.approved_by,
        at=at,
    )
