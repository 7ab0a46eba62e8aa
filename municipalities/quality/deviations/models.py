"""Counts of deviations by month: never a text, a name or a case."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from municipalities.access import permissions
from municipalities.access.models import User
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation


class OfQualityQuerySet(models.QuerySet):
    """Rows with a `cooperation`, seen by those who see its quality figures."""

    def visible_to(self, user: User) -> OfQualityQuerySet:
        return self.filter(
            cooperation__in=permissions.cooperations_where(
                user=user, permission=Permission.VIEW_QUALITY
            )
        )


class ListEntry(models.Model):
    """A word of a list that the host edits; one that has ended is not offered any more."""

    name = models.CharField(_("name"), max_length=80)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    ends_date = models.DateField(_("not used from"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class DeviationCategory(ListEntry):
    """What a deviation is about: health and safety, quality of service, staffing …"""

    cooperation = models.ForeignKey(Cooperation, on_delete=models.CASCADE, related_name="+")

    objects = OfQualityQuerySet.as_manager()

    class Meta(ListEntry.Meta):
        abstract = False
        verbose_name_plural = "deviation categories"
        constraints = [
            models.UniqueConstraint(
                fields=["cooperation", "name"], name="deviation_category_is_named_once"
            )
        ]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class DeviationSeverity(ListEntry):
    """How grave a deviation is, the least grave first."""

    cooperation = models.ForeignKey(Cooperation, on_delete=models.CASCADE, related_name="+")

    objects = OfQualityQuerySet.as_manager()

    class Meta(ListEntry.Meta):
        abstract = False
        verbose_name_plural = "deviation severities"
        constraints = [
            models.UniqueConstraint(
                fields=["cooperation", "name"], name="deviation_severity_is_named_once"
            )
        ]


class FiguresSource(models.TextChoices):
    """How figures came here."""

    TYPED = "typed", _("typed")
    FILE = "file", _("from a file")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class DeviationMonth(models.Model):
    """That a month is reported: without counts it had none; a month without the row is missing.

    `median_days` is from a deviation being reported to it being closed, of those closed in the
    month.
    """

    cooperation = models.ForeignKey(
        Cooperation, on_delete=models.CASCADE, related_name="deviation_months"
    )
    month_date = models.DateField(_("month"))
    source = models.CharField(max_length=5, choices=FiguresSource.choices)
    file_name = models.CharField(max_length=200, blank=True)
    median_days = models.DecimalField(
        _("median days to close"), max_digits=6, decimal_places=1, null=True, blank=True
    )
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfQualityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperation", "month_date"], name="deviations_are_reported_once_a_month"
            ),
            models.CheckConstraint(
                condition=Q(month_date__day=1), name="deviation_month_is_its_first_day"
            ),
            models.CheckConstraint(
                condition=Q(median_days__isnull=True) | Q(median_days__gte=0),
                name="median_days_are_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month_date:%Y-%m}"


class DeviationState(models.TextChoices):
    """How far a deviation has come when the month is counted."""

    NEW = "new", _("new")
    IN_PROGRESS = "in_progress", _("being dealt with")
    MEASURES = "measures", _("measures decided")
    CLOSED = "closed", pgettext_lazy("deviation", "closed")


class OfMonthQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> OfMonthQuerySet:
        return self.filter(month__in=DeviationMonth.objects.visible_to(user))


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class DeviationCount(models.Model):
    """How many of the month's reported deviations are of a kind; severity None: not told."""

    month = models.ForeignKey(DeviationMonth, on_delete=models.CASCADE, related_name="counts")
    category = models.ForeignKey(DeviationCategory, on_delete=models.PROTECT, related_name="+")
    severity = models.ForeignKey(
        DeviationSeverity, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(_("state"), max_length=11, choices=DeviationState.choices)
    count = models.PositiveIntegerField(_("count"))

    objects = OfMonthQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "category", "severity", "state"],
                nulls_distinct=False,
                name="deviations_of_a_kind_are_counted_once",
            ),
            models.CheckConstraint(condition=Q(count__gt=0), name="deviation_count_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.category} {self.count}"
