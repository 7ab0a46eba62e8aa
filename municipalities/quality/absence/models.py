"""Sickness absence of a unit in a quarter."""

from __future__ import annotations

from decimal import Decimal

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.quality.deviations.models import FiguresSource, OfQualityQuerySet


def _days(label) -> models.DecimalField[Decimal, Decimal]:
    return models.DecimalField(label, max_digits=9, decimal_places=2)


def _part(label) -> models.DecimalField[Decimal | None, Decimal | None]:
    return models.DecimalField(label, max_digits=9, decimal_places=2, null=True, blank=True)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class SicknessAbsence(models.Model):
    """Lost days (dagsverk) of the agreed ones: certified by a doctor, and told by oneself.

    Short is 1 to 16 calendar days (the employer's period), long 17 and more; together they are
    certified and self-certified together. `employees` decides whether the split may be shown.
    """

    cooperation = models.ForeignKey(
        Cooperation, on_delete=models.CASCADE, related_name="sickness_absence"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    unit = models.CharField(_("unit"), max_length=80)
    employees = models.PositiveSmallIntegerField(_("employees"))
    agreed_days = _days(_("agreed working days"))
    certified_days = _days(_("lost days, certified by a doctor"))
    self_certified_days = _days(_("lost days, self-certified"))
    short_days = _part(_("of all lost days: absence of 1–16 days"))
    long_days = _part(_("of all lost days: absence of 17 days and more"))
    source = models.CharField(max_length=5, choices=FiguresSource.choices)
    file_name = models.CharField(max_length=200, blank=True)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfQualityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "sickness absence"
        constraints = [
            models.UniqueConstraint(
                fields=["cooperation", "year", "quarter", "unit"],
                name="absence_is_reported_once_a_quarter",
            ),
            models.CheckConstraint(
                condition=Q(quarter__range=(1, 4)), name="absence_is_of_a_quarter"
            ),
            models.CheckConstraint(
                condition=Q(agreed_days__gt=0, certified_days__gte=0, self_certified_days__gte=0)
                & Q(agreed_days__gte=F("certified_days") + F("self_certified_days")),
                name="absence_is_part_of_the_agreed_days",
            ),
            models.CheckConstraint(
                condition=Q(short_days__isnull=True, long_days__isnull=True)
                | Q(
                    short_days__isnull=False,
                    long_days__isnull=False,
                    short_days__gte=0,
                    long_days__gte=0,
                    short_days=F("certified_days") + F("self_certified_days") - F("long_days"),
                ),
                name="short_and_long_absence_are_all_of_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.year} {self.quarter}"
