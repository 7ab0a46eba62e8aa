"""A mapping that is being made: a sample of a source's files, and what was said about it."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from callstats.feeds.models import Source
from municipalities.models import User
from municipalities.rules import Permission


class MappingDraftQuerySet(models.QuerySet):
    def where(self, user: User, permission: Permission) -> MappingDraftQuerySet:
        """Drafts for the sources on whose cooperation the user holds the permission."""
        return self.filter(source__in=Source.objects.where(user, permission))


class MappingDraft(models.Model):
    """A mapping before it is saved. It lives a day at most, and its file with it.

    `choices` is what a person said beside the mapping: `date_order` (dmy, mdy) and `queues`
    {queue: class:number}; and what the page tells of the sample: `sheets` (names) and
    `lacking` (columns of the mapping it began with that the file does not have).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="mapping_drafts")
    file_name = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField(max_length=64)
    mapping = models.JSONField(_("mapping"), default=dict)
    choices = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = MappingDraftQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.source}: {self.file_name}"

    @property
    def path(self) -> Path:
        """Where the sample lies until the draft is gone."""
        return settings.UPLOADS_DIR / "drafts" / str(self.pk)
