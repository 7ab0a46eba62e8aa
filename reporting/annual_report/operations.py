"""Preparing a report, writing it, its steps, and having a document rendered again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from reporting.annual_report import queries
from reporting.annual_report.models import AnnualReport, DocumentState, ReportDocument
from reporting.annual_report.preparing import (
    begin_correction,
    prepare,
    queue_document,
    queue_stale,
)
from reporting.annual_report.rendering import render
from reporting.annual_report.steps import approve, check, issue
from reporting.annual_report.writing import leave_out, write, write_chapter

__all__ = [
    "approve",
    "begin_correction",
    "check",
    "issue",
    "leave_out",
    "make_documents",
    "prepare",
    "render",
    "render_again",
    "write",
    "write_chapter",
]


@transaction.atomic
def make_documents(*, report: AnnualReport, at: datetime) -> None:
    """Have the documents made of what the report holds now, where they are of anything else."""
    found = AnnualReport.objects.select_for_update().get(pk=report.pk)
    if not found.is_frozen:
        queue_stale(report=found, at=at)


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
    if report.is_frozen:
        _queue_the_same(document=document, at=at)
    else:
        queue_document(report=report, language=document.language, at=at)
    return True


def _queue_the_same(*, document: ReportDocument, at: datetime) -> None:
    document.state, document.stage, document.error = DocumentState.QUEUED, "", ""
    document.queued_at, document.finished_at = at, None
    document.save(update_fields=["state", "stage", "error", "queued_at", "finished_at"])
