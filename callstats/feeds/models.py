"""Who may send calls: the telephone systems, how their logs are read, and their tokens."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from rest_framework_api_key.models import AbstractAPIKey

from callstats.feeds.rules import every_scope
from municipalities.models import Central, PublicNumber, User
from municipalities.queries import cooperations_where
from municipalities.rules import Permission


class SourceQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> SourceQuerySet:
        """Sources of the centrals whose imports the user may see."""
        return self.where(user, Permission.VIEW_IMPORTS)

    def where(self, user: User, permission: Permission) -> SourceQuerySet:
        """Sources of the cooperations on which the user holds the permission."""
        return self.filter(
            central__cooperation__in=cooperations_where(user=user, permission=permission)
        )


@pghistory.track()
class Source(models.Model):
    """One telephone system of one central, and how its log is read."""

    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    central = models.ForeignKey(Central, on_delete=models.PROTECT, related_name="sources")
    profile = models.CharField(_("profile"), max_length=40)
    zone = models.CharField(_("time zone"), max_length=40, default="Europe/Oslo")
    is_synthetic = models.BooleanField(_("synthetic data"), default=False)
    is_expected = models.BooleanField(_("its silence is a gap"), default=True)
    silent_after_minutes = models.PositiveIntegerField(
        _("silent after (minutes)"), null=True, blank=True
    )

    objects = SourceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def mapping_version(self) -> MappingVersion | None:
        """The newest mapping, by which files are read; costs a query."""
        return self.mapping_versions.order_by("-version").first()


@pgtrigger.register(pgtrigger.Protect(name="mapping_stays", operation=pgtrigger.Update))
class MappingVersion(models.Model):
    """How a source's files are read. A change is a new version; an import names the one it used."""

    source = models.ForeignKey(
        Source, on_delete=models.CASCADE, related_name="mapping_versions", db_index=False
    )
    version = models.PositiveIntegerField()
    mapping = models.JSONField(_("mapping"))
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "version"], name="mapping_version_is_one")
        ]

    def __str__(self) -> str:
        return f"{self.source} v{self.version}"


@pghistory.track()
class QueueLine(models.Model):
    """Which public number a queue (or dialled number) of the source serves; `*` is any other."""

    source = models.ForeignKey(
        Source, on_delete=models.CASCADE, related_name="queue_lines", db_index=False
    )
    queue = models.CharField(_("queue"), max_length=80)
    line = models.ForeignKey(PublicNumber, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "queue"], name="queue_is_mapped_once")
        ]

    def __str__(self) -> str:
        return f"{self.queue} → {self.line}"


class SourceToken(AbstractAPIKey):
    """A telephone system's right to send calls to one source; only its hash is stored.

    `networks` are the addresses (CIDR) it may come from; none means any.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="tokens")
    scopes = ArrayField(models.CharField(max_length=20), default=every_scope)
    networks = ArrayField(models.CharField(max_length=43), default=list, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta(AbstractAPIKey.Meta):
        verbose_name = "source token"
        verbose_name_plural = "source tokens"


class FeedCursor(models.Model):
    """The last event line of a source that was stored, so that whoever tails a log can resume."""

    source = models.OneToOneField(Source, on_delete=models.CASCADE, primary_key=True)
    line_sha256 = models.CharField(max_length=64)
    event_at = models.DateTimeField()
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.source}: {self.event_at:%Y-%m-%dT%H:%M:%SZ}"


class SourceSilence(models.Model):
    """A time in which nothing was heard from a source that should have sent."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="silences")
    last_seen_at = models.DateTimeField()
    noticed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=models.Q(ended_at__isnull=True),
                name="source_is_silent_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.last_seen_at:%Y-%m-%dT%H:%MZ}"
