"""What came, how far it is, and what was refused."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from callstats.feeds.models import MappingVersion, Source, SourceQuerySet
from municipalities.models import User
from municipalities.rules import Permission


class ImportState(models.TextChoices):
    """The life of an import; only the first two rows are open for a person's decision."""

    CHECKING = "checking", _("is being checked")
    CHECKED = "checked", _("checked, waits for confirmation")
    QUEUED = "queued", _("waits for its turn")
    IMPORTING = "importing", _("is being imported")
    COMPLETED = "completed", _("completed")
    COMPLETED_WITH_ERRORS = "completed_with_errors", _("completed with refused rows")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


WAITING_FOR_WORKER = (ImportState.CHECKING, ImportState.QUEUED, ImportState.IMPORTING)
STORED = (ImportState.COMPLETED, ImportState.COMPLETED_WITH_ERRORS)


class Channel(models.TextChoices):
    """The way an import came in."""

    PAGE = "page", _("page")
    COMMAND = "command", _("command line")
    API = "api", _("API")


class CallImportQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> CallImportQuerySet:
        """Imports to the sources that the user may see."""
        return self._of(Source.objects.visible_to(user))

    def where(self, user: User, permission: Permission) -> CallImportQuerySet:
        """Imports to the sources of cooperations on which the user holds the permission."""
        return self._of(Source.objects.where(user, permission))

    def _of(self, sources: SourceQuerySet) -> CallImportQuerySet:
        """By the sources' ids, few as they are, so that the list is read off its index."""
        return self.filter(source__in=list(sources.values_list("pk", flat=True)))


class CallImport(models.Model):
    """One file or request with calls: what it was, how far it is, what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="imports", db_index=False
    )
    channel = models.CharField(_("channel"), max_length=8, choices=Channel.choices)
    file_name = models.CharField(_("file name"), max_length=255)
    file_format = models.CharField(_("format"), max_length=10, default="file")
    mapping_version = models.ForeignKey(
        MappingVersion, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    is_atomic = models.BooleanField(_("all rows or none"), default=False)
    is_dry_run = models.BooleanField(_("checked only"), default=False)
    idempotency_key = models.CharField(max_length=255, null=True)
    request_sha256 = models.CharField(max_length=64, null=True)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    file_deleted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    state = models.CharField(_("state"), max_length=22, choices=ImportState.choices)
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    error_code = models.CharField(max_length=40, blank=True)
    error_params = models.JSONField(default=dict, blank=True)

    received = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    ignored = models.PositiveIntegerField(default=0)
    pending = models.PositiveIntegerField(default=0)
    covers_from_at = models.DateTimeField(null=True, blank=True)
    covers_to_at = models.DateTimeField(null=True, blank=True)
    first_at = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField(null=True, blank=True)
    preview = models.JSONField(default=dict, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    affected_months = models.JSONField(default=list, blank=True)

    objects = CallImportQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["source", "-created_at"], name="import_source_created"),
            models.Index(fields=["-created_at", "-last_at", "id"], name="import_list"),
            models.Index(
                fields=["created_at"],
                name="import_unfinished",
                condition=Q(state__in=["checking", "queued", "importing"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["completed", "completed_with_errors"])
                | Q(
                    received=F("created")
                    + F("updated")
                    + F("unchanged")
                    + F("rejected")
                    + F("pending")
                ),
                name="import_accounts_for_every_call",
            ),
            models.UniqueConstraint(
                fields=["source", "idempotency_key"],
                condition=Q(idempotency_key__isnull=False),
                name="idempotency_key_is_used_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} → {self.source}"

    @property
    def path(self) -> Path:
        """Where the raw file lies until its retention ends."""
        return settings.UPLOADS_DIR / f"{self.id}"

    @property
    def state_label(self) -> str:
        """The state in words; a dry run that has ended was never meant to be stored."""
        if self.is_dry_run and self.state == ImportState.CANCELLED:
            return str(_("only tried out"))
        return self.get_state_display()

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None


class RefusedRow(models.Model):
    """A row that was not stored, with its place and reason. Never the row itself."""

    call_import = models.ForeignKey(
        CallImport, on_delete=models.CASCADE, related_name="refused_rows", db_index=False
    )
    line = models.PositiveIntegerField(_("line"), null=True)
    index = models.PositiveIntegerField(_("index"), null=True)
    external_id = models.CharField(_("id"), max_length=120, null=True)
    field = models.CharField(_("field"), max_length=40, null=True)
    code = models.CharField(_("code"), max_length=30)
    value = models.CharField(_("value"), max_length=80, null=True)

    class Meta:
        indexes = [models.Index(fields=["call_import", "line"], name="refused_import_line")]

    def __str__(self) -> str:
        return f"{self.line}: {self.code}"


class CallTrace(models.Model):
    """The event lines of one call of an event log, without caller and agent.

    Kept so that lines of the same call in another file can be united with them.
    """

    source = models.ForeignKey(
        Source, on_delete=models.CASCADE, related_name="traces", db_index=False
    )
    external_id = models.CharField(max_length=120)
    trace = models.TextField()
    last_event_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"], name="trace_is_kept_once_a_call"
            )
        ]

    def __str__(self) -> str:
        return self.external_id
