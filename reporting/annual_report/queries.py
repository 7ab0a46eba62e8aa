"""Reads about reports: which there are, which years can have one, what waits to be rendered."""

from __future__ import annotations

import hashlib
from datetime import date

from django.db.models import Max, Min, QuerySet

from callstats.models import FeedHour
from callstats.queries import Definition, ServiceLevel, by_id, service_level, stored_months
from legevakt.lib.periods import Period, local_day
from municipalities.models import Cooperation, User
from reporting.annual_report import rules
from reporting.annual_report.document.written import Written
from reporting.annual_report.models import (
    FROZEN,
    AnnualReport,
    DocumentState,
    ReportDocument,
)

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


def editions_of(report: AnnualReport, *, user: User) -> list[AnnualReport]:
    """The editions of the year's report that the user may see, latest first."""
    return list(
        AnnualReport.objects.visible_to(user)
        .filter(cooperation=report.cooperation_id, year=report.year)
        .select_related("cooperation", "approved_by", "checked_by", "prepared_by", "issued_by")
        .prefetch_related("documents")
        .order_by("-edition", "pk")
    )


def latest_edition(*, cooperation: Cooperation, year: int) -> AnnualReport | None:
    """The year's last edition, whatever its state."""
    editions = AnnualReport.objects.filter(cooperation=cooperation, year=year)
    return editions.order_by("-edition").first()


def edition_before(report: AnnualReport) -> AnnualReport | None:
    """The edition that this one corrects."""
    earlier = AnnualReport.objects.filter(
        cooperation=report.cooperation_id, year=report.year, edition__lt=report.edition
    )
    return earlier.order_by("-edition").first()


def is_corrected(report: AnnualReport) -> bool:
    """Whether a later edition is approved."""
    editions = AnnualReport.objects.filter(cooperation=report.cooperation_id, year=report.year)
    return editions.filter(edition__gt=report.edition, state__in=FROZEN).exists()


def calls_differ_now(report: AnnualReport) -> bool:
    """Whether calls or hours of the year have come or gone since the figures were frozen."""
    frozen = ServiceLevel.from_dict(report.figures["total"]["year"])
    centrals = report.cooperation.centrals.counted().order_by("name", "pk")
    now = service_level(
        centrals=list(centrals), period=Period.year(report.year), definition=_definition(report)
    )
    told = ("offered", "answered", "numerator", "denominator", "hours_with_feed")
    return any(getattr(now, count) != getattr(frozen, count) for count in told)


def unpublished_months(report: AnnualReport) -> list[tuple[str, list[date]]]:
    """By central: the first days of the year's months whose figures are not published."""
    centrals = list(report.cooperation.centrals.counted().order_by("name", "pk"))
    period = Period.year(report.year)
    stored = stored_months(centrals=centrals, definition=_definition(report), period=period)
    published = {(each.central_id, each.starts_on) for each in stored if each.state == "published"}
    found = [
        (
            central.name,
            [m.starts_on for m in period.months() if (central.pk, m.starts_on) not in published],
        )
        for central in centrals
    ]
    return [(name, days) for name, days in found if days]


def _definition(report: AnnualReport) -> Definition:
    return by_id(report.figures["definition"]["id"])


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
