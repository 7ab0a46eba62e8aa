"""Counts that others have counted. They are never calls, and are never summed with calls."""

from __future__ import annotations

import uuid
from pathlib import Path

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from callstats.aggregates.constraints import BANDS_FIT, PERIOD_FITS, after, never_overlap
from municipalities.models import Central, LineClass, User
from municipalities.queries import cooperations_where
from municipalities.rules import Permission


class AggregateSeriesQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> AggregateSeriesQuerySet:
        """Series of the centrals whose imports the user may see."""
        return self.where(user, Permission.VIEW_IMPORTS)

    def where(self, user: User, permission: Permission) -> AggregateSeriesQuerySet:
        """Series of the cooperations on which the user holds the permission."""
        return self.filter(
            central__cooperation__in=cooperations_where(user=user, permission=permission)
        )


@pghistory.track()
class AggregateSeries(models.Model):
    """Reports of one kind about one central, counted by one system in one way."""

    central = models.ForeignKey(
        Central, on_delete=models.PROTECT, related_name="aggregate_series", db_index=False
    )
    slug = models.SlugField(_("short name"))
    name = models.CharField(_("name"), max_length=120)
    origin = models.CharField(_("where the counts are from"), max_length=200)
    zone = models.CharField(_("time zone"), max_length=40, default="Europe/Oslo")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = AggregateSeriesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["central", "slug"], name="aggregate_series_is_named_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ReportState(models.TextChoices):
    """What has become of a report; only a checked one is open for a person's decision."""

    CHECKED = "checked", _("checked, waits for confirmation")
    STORED = "stored", _("stored")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class AggregateReportQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> AggregateReportQuerySet:
        """Reports to the series that the user may see."""
        return self.where(user, Permission.VIEW_IMPORTS)

    def where(self, user: User, permission: Permission) -> AggregateReportQuerySet:
        """Reports to the series of cooperations on which the user holds the permission."""
        return self.filter(series__in=AggregateSeries.objects.where(user, permission))


@pghistory.track(exclude=["refused", "preview"])
class AggregateReport(models.Model):
    """One file with counts: what it was and what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    series = models.ForeignKey(
        AggregateSeries, on_delete=models.PROTECT, related_name="reports", db_index=False
    )
    file_name = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=9, choices=ReportState.choices)
    decided_at = models.DateTimeField(null=True)
    error_code = models.CharField(max_length=40, blank=True)
    error_params = models.JSONField(default=dict, blank=True)
    received = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    ignored = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list, blank=True)
    preview = models.JSONField(default=dict, blank=True)

    objects = AggregateReportQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["series", "-received_at"], name="aggregate_report_received")
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="stored")
                | Q(received=F("created") + F("updated") + F("unchanged") + F("rejected")),
                name="aggregate_report_accounts_for_every_row",
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name} → {self.series}"

    @property
    def path(self) -> Path:
        """Where the file lies until somebody has decided about it."""
        return settings.UPLOADS_DIR / f"{self.id}"


@pghistory.track(
    pghistory.UpdateEvent(
        "before_change",
        condition=pghistory.AnyChange("offered", "answered", "abandoned"),
        row=pghistory.Old,
    ),
    pghistory.DeleteEvent(),
)
class AggregatePeriod(models.Model):
    """Calls of a half-open period, of one line or (null) of lines not told apart."""

    series = models.ForeignKey(
        AggregateSeries, on_delete=models.PROTECT, related_name="periods", db_index=False
    )
    line_class = models.CharField(
        _("kind of line"), max_length=12, choices=LineClass.choices, null=True
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    offered = models.PositiveIntegerField(_("offered"))
    answered = models.PositiveIntegerField(_("answered"))
    abandoned = models.PositiveIntegerField(_("abandoned"), null=True)
    revision = models.PositiveIntegerField(default=1)
    report = models.ForeignKey(
        AggregateReport, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["series", "line_class", "starts_at", "ends_at"],
                nulls_distinct=False,
                name="aggregate_period_is_counted_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="aggregate_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(answered__lte=F("offered")), name="aggregate_answered_within_offered"
            ),
            models.CheckConstraint(
                condition=Q(offered__gte=F("answered") + Coalesce("abandoned", 0)),
                name="aggregate_parts_within_offered",
            ),
            *(never_overlap(line_class) for line_class in (None, *LineClass.values)),
        ]
        triggers = [
            after(pgtrigger.Update, name="aggregate_period_fits_bands", func=PERIOD_FITS),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.starts_at:%Y-%m-%dT%H:%MZ}: {self.answered}/{self.offered}"


@pghistory.track(
    pghistory.UpdateEvent(
        "before_change", condition=pghistory.AnyChange("answered"), row=pghistory.Old
    ),
    pghistory.DeleteEvent(),
)
class AggregateBand(models.Model):
    """How many of a period's calls were answered within so many seconds, inclusive."""

    period = models.ForeignKey(
        AggregatePeriod, on_delete=models.CASCADE, related_name="bands", db_index=False
    )
    within_seconds = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["period", "within_seconds"], name="aggregate_band_is_counted_once"
            ),
            models.CheckConstraint(
                condition=Q(answered__gte=0), name="aggregate_band_is_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(within_seconds__gt=0), name="aggregate_band_has_seconds"
            ),
        ]
        triggers = [
            after(pgtrigger.Insert, name="aggregate_bands_fit", func=BANDS_FIT),
            after(pgtrigger.Update, name="aggregate_bands_still_fit", func=BANDS_FIT),
        ]

    def __str__(self) -> str:
        return f"{self.period} ≤ {self.within_seconds} s: {self.answered}"
