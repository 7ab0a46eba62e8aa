"""Celery renders the documents; the rows are the truth, and a lost nudge is given again."""

from functools import partial

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from legevakt.lib import locks
from reporting.annual_report import operations as reports
from reporting.annual_report import queries
from reporting.annual_report.models import AnnualReport, DocumentState, ReportDocument


@shared_task
def render_document(*, document_id: int, **_) -> None:
    """Render the document, unless another worker has it or nobody waits for it any more."""
    document = ReportDocument.objects.filter(pk=document_id).first()
    if document is not None:
        reports.render(document=document, at=timezone.now())


@shared_task
def resume_stalled(**_) -> None:
    """Queue again each document that waits and that no worker holds."""
    for document in queries.unfinished_documents():
        with locks.only_one(queries.lock_name(document)) as is_free:
            pass
        if is_free:
            render_document.delay(document_id=document.pk)


def queue_documents(report: AnnualReport) -> None:
    """Nudge a worker for each of the report's documents that waits, once they are stored."""
    for document in report.documents.filter(state=DocumentState.QUEUED).order_by("pk"):
        transaction.on_commit(partial(render_document.delay, document_id=document.pk))
