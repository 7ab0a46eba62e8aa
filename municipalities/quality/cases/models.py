"""Counts of complaints, and cases of supervision by the state: never about whom."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.quality.deviations.models import OfQualityQuerySet


class ComplaintKind(models.TextChoices):
    """Whom a complaint went to."""

    SERVICE = "service", _("complaint to the legevakt itself")
    RIGHTS = "rights", _("complaint on rights, to the county governor")
    DUTY = "duty", _("request for supervision, to the county governor")
    COMPENSATION = "compensation", _("claim for compensation to patients")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ComplaintCount(models.Model):
    """Complaints of a kind that came in a quarter; nought is told, what is missing is not."""

    cooperation = models.ForeignKey(Cooperation, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    kind = models.CharField(_("kind"), max_length=12, choices=ComplaintKind.choices)
    received = models.PositiveSmallIntegerField(_("received"))
    decided = models.PositiveSmallIntegerField(_("of these decided"), default=0)
    upheld = models.PositiveSmallIntegerField(_("of those wholly or partly upheld"), default=0)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfQualityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperation", "year", "quarter", "kind"],
                name="complaints_are_counted_once_a_quarter",
            ),
            models.CheckConstraint(
                condition=Q(quarter__range=(1, 4)), name="complaints_are_of_a_quarter"
            ),
            models.CheckConstraint(
                condition=Q(decided__lte=F("received"), upheld__lte=F("decided")),
                name="complaints_upheld_are_decided_and_received",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.quarter} {self.kind}"


class SupervisionOutcome(models.TextChoices):
    """What the authority concluded."""

    OPEN = "open", _("not concluded")
    NO_BREACH = "no_breach", _("no breach of the law")
    ADVICE = "advice", _("advice or remark")
    BREACH = "breach", _("breach of the law")


@pghistory.track()
class Supervision(models.Model):
    """A case of supervision: who, about which subject, under which reference, with what outcome.

    A breach is put right by a deadline, and has a day on which it was.
    """

    cooperation = models.ForeignKey(
        Cooperation, on_delete=models.CASCADE, related_name="supervisions"
    )
    authority = models.CharField(_("authority"), max_length=120)
    reference = models.CharField(_("reference"), max_length=60)
    subject = models.CharField(_("subject"), max_length=160)
    opened_date = models.DateField(_("opened"))
    closed_date = models.DateField(_("concluded"), null=True, blank=True)
    outcome = models.CharField(
        _("outcome"),
        max_length=9,
        choices=SupervisionOutcome.choices,
        default=SupervisionOutcome.OPEN,
    )
    deadline_date = models.DateField(_("to be put right by"), null=True, blank=True)
    corrected_date = models.DateField(_("put right"), null=True, blank=True)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfQualityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperation", "authority", "reference"],
                name="supervision_is_registered_once",
            ),
            models.CheckConstraint(
                condition=Q(closed_date__isnull=True) | Q(closed_date__gte=F("opened_date")),
                name="supervision_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(outcome="open", closed_date__isnull=True)
                | (~Q(outcome="open") & Q(closed_date__isnull=False)),
                name="supervision_concluded_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(corrected_date__isnull=True)
                | Q(outcome="breach", corrected_date__gte=F("opened_date")),
                name="only_a_breach_is_put_right",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.reference}"
