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
    """A draft and a checked report can change; from its approval on a report never does."""

    DRAFT = "draft", _("draft")
    CHECKED = "checked", _("checked")
    APPROVED = "approved", _("approved")
    ISSUED = "issued", _("issued")


FROZEN = (ReportState.APPROVED, ReportState.ISSUED)


class AnnualReportQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> AnnualReportQuerySet:
        """Issued reports for those who may see them; all others for those who work on them."""
        issued = cooperations_where(user=user, permission=Permission.VIEW_ISSUED_REPORTS)
        drafts = cooperations_where(user=user, permission=Permission.VIEW_DRAFT_REPORTS)
        return self.filter(
            Q(cooperation__in=issued, state=ReportState.ISSUED) | Q(cooperation__in=drafts)
        )

    def where(self, user: User, permission: Permission) -> AnnualReportQuerySet:
        """Reports of the cooperations on which the user holds the permission."""
        return self.filter(cooperation__in=cooperations_where(user=user, permission=permission))


# What may still change of an approved report: that it is issued, once.
FREEZE_APPROVED_REPORT = """
    IF OLD.state IN ('approved', 'issued') AND (
        TG_OP = 'DELETE' OR NOT (
            OLD.state = 'approved' AND NEW.state = 'issued'
            AND to_jsonb(OLD) - '{state,issued_at,issued_by_id}'::text[]
              = to_jsonb(NEW) - '{state,issued_at,issued_by_id}'::text[]
        )
    ) THEN
        RAISE EXCEPTION 'an approved report is frozen';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
"""


@pghistory.track(exclude=["figures"])
class AnnualReport(models.Model):
    """A year's report of a cooperation: figures frozen at `figures_at`, and what is written.

    `content_sha256` is of all that its documents are made of: figures, texts, chapters left out.
    What is wrong in an approved report is put right by the next `edition`, which says why.
    """

    cooperation = models.ForeignKey(
        Cooperation, on_delete=models.PROTECT, related_name="annual_reports"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    correction_reason = models.TextField(_("why it is corrected"), blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=ReportState.choices, default=ReportState.DRAFT
    )
    figures = models.JSONField()
    figures_sha256 = models.CharField(max_length=64)
    figures_at = models.DateTimeField()
    left_out = models.JSONField(_("chapters left out"), default=list, blank=True)
    content_sha256 = models.CharField(max_length=64)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    issued_at = models.DateTimeField(null=True, blank=True)

    objects = AnnualReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperation", "year", "edition"], name="edition_is_made_once_a_year"
            ),
            models.UniqueConstraint(
                fields=["cooperation", "year"],
                condition=Q(state__in=["draft", "checked"]),
                name="one_edition_is_worked_on_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(edition=1, correction_reason="")
                | (Q(edition__gt=1) & ~Q(correction_reason="")),
                name="a_later_edition_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="report_is_checked_by_somebody_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["draft", "checked"],
                    approved_at__isnull=True,
                    approved_by__isnull=True,
                )
                | Q(
                    state__in=["approved", "issued"],
                    approved_at__isnull=False,
                    approved_by__isnull=False,
                ),
                name="report_is_approved_by_somebody_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="issued", issued_at__isnull=False)
                | (~Q(state="issued") & Q(issued_at__isnull=True, issued_by__isnull=True)),
                name="report_is_issued_at_a_time",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="approved_report_is_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func=FREEZE_APPROVED_REPORT,
            )
        ]

    def __str__(self) -> str:
        return f"{self.cooperation} {self.year}"

    @property
    def is_frozen(self) -> bool:
        """Whether it is approved, so that nothing in it changes any more."""
        return self.state in FROZEN


@pghistory.track()
class ChapterText(models.Model):
    """What is written in a chapter (`chapters.CHAPTERS`), in one language."""

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="texts")
    chapter = models.SlugField(_("chapter"), max_length=20)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    text = models.TextField(_("text"), blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "chapter", "language"],
                name="chapter_is_written_once_a_language",
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="approved_text_is_frozen",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func="""
    IF EXISTS (
        SELECT 1 FROM reporting_annualreport
        WHERE id IN (COALESCE(NEW.report_id, OLD.report_id), COALESCE(OLD.report_id, NEW.report_id))
          AND state IN ('approved', 'issued')
    ) THEN
        RAISE EXCEPTION 'the text of an approved report is frozen';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
""",
            )
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.chapter} ({self.language})"


class DocumentState(models.TextChoices):
    """How far the rendering of one language is."""

    QUEUED = "queued", _("waits for its turn")
    RENDERING = "rendering", _("is being rendered")
    DONE = "done", _("ready")
    FAILED = "failed", _("failed")


# Not a Protect: its condition cannot look at the report's row.
FREEZE_APPROVED_DOCUMENT = """
    IF EXISTS (
        SELECT 1 FROM reporting_annualreport
        WHERE id = OLD.report_id AND state IN ('approved', 'issued')
    ) AND (
        TG_OP = 'DELETE' OR
        ROW(OLD.report_id, OLD.language, OLD.content_sha256, OLD.pdf_sha256, OLD.pdf_bytes)
        IS DISTINCT FROM
        ROW(NEW.report_id, NEW.language, NEW.content_sha256, NEW.pdf_sha256, NEW.pdf_bytes)
    ) THEN
        RAISE EXCEPTION 'the document of an approved report is frozen';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
"""


class ReportDocument(models.Model):
    """The report as PDF in one language, rendered from the content with that SHA-256.

    When the report is approved, the database refuses to delete the document and to change
    which content it shows and which file it is. `state` and `stage` stay free, so that a
    lost file can be rendered again, to the same checksum.
    """

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="documents")
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    state = models.CharField(
        _("state"), max_length=9, choices=DocumentState.choices, default=DocumentState.QUEUED
    )
    stage = models.CharField(max_length=20, blank=True)
    content_sha256 = models.CharField(max_length=64)
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
