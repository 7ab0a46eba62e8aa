"""Reads about reports: which there are, which years can have one, what waits to be rendered."""

from __future__ import annotations

import hashlib
from datetime import date

from django.db.models import Max, Min, QuerySet

from callstats.models import FeedHour
from legevakt.lib.periods import local_day
from municipalities.models import Cooperation, User
from reporting.annual_report import rules
from reporting.annual_report.document.written import Written
from reporting.annual_report.models import AnnualReport, DocumentState, ReportDocument

UNFINISHED = (DocumentState.QUEUED, DocumentState.RENDERING)


class DocumentIsDamaged(Exception):
    """The file is gone, or is not the one that was rendered."""


def reports_for(user: User) -> QuerySet[AnnualReport]:
    """The reports the user may see, latest year first, with what a list shows of them."""
    return (
        AnnualReport.objects.visible_to(user)
        .defer("figures")
        .select_related("cooperation", "approved_by")
        .prefetch_related("documents")
        .order_by("-year", "-edition", "cooperation__name", "pk")
    )


def years_with_data(*, cooperation: Cooperation, today: date) -> list[int]:
    """The years of which a source of the cooperation has told, latest first; none to come."""
    span = FeedHour.objects.filter(source__central__cooperation=cooperation).aggregate(
        first=Min("hour_at"), last=Max("hour_at")
    )
    if span["first"] is None:
        return []
    latest = min(local_day(span["last"]).year, today.year)
    return list(range(latest, local_day(span["first"]).year - 1, -1))


def texts_of(report: AnnualReport) -> dict[str, dict[str, str]]:
    """What is written in the report, by language and chapter; nothing before it is stored."""
    found: dict[str, dict[str, str]] = {language: {} for language in rules.DOCUMENT_LANGUAGES}
    if report.pk is None:
        return found
    for language, chapter, text in report.texts.values_list("language", "chapter", "text"):
        found.setdefault(language, {})[chapter] = text
    return found


def written_in(report: AnnualReport, *, language: str) -> Written:
    """What people decided about the report's document in the language."""
    return Written(
        texts=texts_of(report)[language],
        left_out=report.left_out,
        edition=report.edition,
        reason=report.correction_reason,
    )


def documents_of(report: AnnualReport) -> list[ReportDocument]:
    """The report's documents, nynorsk first."""
    return list(report.documents.order_by("-language", "pk"))


def has_all_documents(report: AnnualReport) -> bool:
    """Whether every language is ready, from what the report holds now."""
    ready = report.documents.filter(
        state=DocumentState.DONE, content_sha256=report.content_sha256
    ).values_list("language", flat=True)
    return set(ready) == set(rules.DOCUMENT_LANGUAGES)


def unfinished_documents() -> list[ReportDocument]:
    """Documents that wait for a worker or have one, oldest first."""
    return list(ReportDocument.objects.filter(state__in=UNFINISHED).order_by("queued_at", "pk"))


def lock_name(document: ReportDocument) -> str:
    """The lock that a worker holds as long as it renders the document."""
    return f"report document {document.pk}"


def is_lost(document: ReportDocument) -> bool:
    """Whether a ready document's file is gone, or is not the one that was rendered."""
    if document.state != DocumentState.DONE:
        return False
    try:
        pdf_of(document)
    except DocumentIsDamaged:
        return True
    return False


def pdf_of(document: ReportDocument) -> bytes:
    """The stored PDF; DocumentIsDamaged where its content has not the stored SHA-256."""
    try:
        content = document.path.read_bytes()
    except OSError as error:
        raise DocumentIsDamaged(document.pdf_sha256) from error
    if hashlib.sha256(content).hexdigest() != document.pdf_sha256:
        raise DocumentIsDamaged(document.pdf_sha256)
    return content
