"""The annual report: figures frozen once, documents rendered from them."""

from __future__ import annotations

from pathlib import Path

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from municipalities.models import Cooperation, User
from municipalities.queries import cooperations_where
from municipalities.rules import Permission


class ReportState(models.TextChoices):
    """A draft can be made anew from later figures; an approved report never changes."""

    DRAFT = "draft", _("draft")
    APPROVED = "approved", _("approved")


class AnnualReportQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> AnnualReportQuerySet:
        """Approved reports for those who may see them; drafts for those who work on them."""
        issued = cooperations_where(user=user, permission=Permission.VIEW_ISSUED_REPORTS)
        drafts = cooperations_where(user=user, permission=Permission.VIEW_DRAFT_REPORTS)
        return self.filter(
            Q(cooperation__in=issued, state=ReportState.APPROVED) | Q(cooperation__in=drafts)
        )

    def where(self, user: User, permission: Permission) -> AnnualReportQuerySet:
        """Reports of the cooperations on which the user holds the permission."""
        return self.filter(cooperation__in=cooperations_where(user=user, permission=permission))


@pghistory.track(exclude=["figures"])
class AnnualReport(models.Model):
    """A year's report of a cooperation, from figures frozen at `figures_at`."""

    cooperation = models.ForeignKey(
        Cooperation, on_delete=models.PROTECT, related_name="annual_reports"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(
        _("state"), max_length=8, choices=ReportState.choices, default=ReportState.DRAFT
    )
    figures = models.JSONField()
    figures_sha256 = models.CharField(max_length=64)
    figures_at = models.DateTimeField()
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = AnnualReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperation", "year"], name="report_is_made_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", approved_at__isnull=True, approved_by__isnull=True)
                | Q(state="approved", approved_at__isnull=False, approved_by__isnull=False),
                name="report_is_approved_by_somebody_at_a_time",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="approved_report_is_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="approved"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.cooperation} {self.year}"


class DocumentState(models.TextChoices):
    """How far the rendering of one language is."""

    QUEUED = "queued", _("waits for its turn")
    RENDERING = "rendering", _("is being rendered")
    DONE = "done", _("ready")
    FAILED = "failed", _("failed")


# Not a Protect: its condition cannot look at the report's row.
FREEZE_APPROVED_DOCUMENT = """
    IF EXISTS (
        SELECT 1 FROM reporting_annualreport WHERE id = OLD.report_id AND state = 'approved'
    ) AND (
        TG_OP = 'DELETE' OR
        ROW(OLD.report_id, OLD.language, OLD.figures_sha256, OLD.pdf_sha256, OLD.pdf_bytes)
        IS DISTINCT FROM
        ROW(NEW.report_id, NEW.language, NEW.figures_sha256, NEW.pdf_sha256, NEW.pdf_bytes)
    ) THEN
        RAISE EXCEPTION 'the document of an approved report is frozen';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
"""


class ReportDocument(models.Model):
    """The report as PDF in one language, rendered from the figures with that SHA-256.

    When the report is approved, the database refuses to delete the document and to change
    which figures it shows and which file it is. `state` and `stage` stay free, so that a
    lost file can be rendered again, to the same checksum.
    """

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="documents")
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    state = models.CharField(
        _("state"), max_length=9, choices=DocumentState.choices, default=DocumentState.QUEUED
    )
    stage = models.CharField(max_length=20, blank=True)
    figures_sha256 = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pdf_bytes = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    queued_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "language"], name="document_is_made_once_a_language"
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="approved_document_is_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func=FREEZE_APPROVED_DOCUMENT,
            )
        ]

    def __str__(self) -> str:
        return f"{self.report} ({self.language})"

    @property
    def path(self) -> Path:
        """Where the PDF lies; its name is its content's SHA-256."""
        return settings.DOCUMENTS_DIR / f"{self.pdf_sha256}.pdf"
