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


class StandingManager(models.Manager):
    """The notes that nobody has taken away; whoever asks for notes means these."""

    def get_queryset(self) -> AnnotationQuerySet:
        return AnnotationQuerySet(self.model, using=self._db).filter(removed_at__isnull=True)

    def visible_to(self, user: User) -> AnnotationQuerySet:
        """Those on the centrals that the user may see."""
        return self.get_queryset().visible_to(user)


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
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    objects = StandingManager()
    with_removed = AnnotationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["central", "starts_on"], name="annotation_central_start")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="annotation_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="annotation_says_something"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="annotation_is_removed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.text
