"""What happened, written on the curves: an outage, an epidemic, a change of system."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from legevakt.lib.periods import Period
from municipalities.models import Central, User


class AnnotationKind(models.TextChoices):
    """What kind of event a note is about."""

    OUTAGE = "outage", _("outage")
    EPIDEMIC = "epidemic", _("epidemic")
    DEVIATION = "deviation", _("deviation")
    STAFFING = "staffing", _("staffing")
    SERIES_BREAK = "series_break", _("series break")
    DIFFERENCE = "difference", _("difference from other figures")
    OTHER = "other", _("other")


class AnnotationQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> AnnotationQuerySet:
        """Notes on the centrals that the user may see."""
        return self.filter(central__in=Central.objects.visible_to(user))

    def touching(self, period: Period) -> AnnotationQuerySet:
        """Notes that have a day in the period, in order (index annotation_central_start)."""
        within = self.filter(starts_on__lt=period.ends_on, ends_on__gt=period.starts_on)
        return within.order_by("starts_on", "pk")


@pghistory.track()
class Annotation(models.Model):
    """A note on the days from `starts_on` up to `ends_on` of a central's figures. No persons."""

    central = models.ForeignKey(
        Central, on_delete=models.PROTECT, related_name="annotations", db_index=False
    )
    kind = models.CharField(_("kind"), max_length=12, choices=AnnotationKind.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    text = models.CharField(_("what happened"), max_length=200)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["central", "starts_on"], name="annotation_central_start")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="annotation_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="annotation_says_something"),
        ]

    def __str__(self) -> str:
        return self.text
