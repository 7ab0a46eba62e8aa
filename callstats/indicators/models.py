"""What was computed for a central, a definition and a period."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from municipalities.models import Central, User


class IndicatorPeriodQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> IndicatorPeriodQuerySet:
        """Figures of the centrals that the user may see."""
        return self.filter(central__in=Central.objects.visible_to(user))


class PeriodState(models.TextChoices):
    """Whether later data may change the figure."""

    OPEN = "open", _("open")
    PUBLISHED = "published", _("published")


@pgtrigger.register(
    pgtrigger.Protect(
        name="published_stays",
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Q(old__state="published"),
    )
)
@pghistory.track(
    pghistory.UpdateEvent(
        row=pghistory.Old, condition=pghistory.AnyChange("numerator", "denominator")
    )
)
class IndicatorPeriod(models.Model):
    """A month's indicator, computed by Celery from the hourly sums.

    The percentage is never stored: always numerator, denominator and what they rest on.
    Late data change a month; the history keeps what it said before.
    """

    central = models.ForeignKey(Central, on_delete=models.PROTECT, related_name="+", db_index=False)
    definition_id = models.CharField(_("definition"), max_length=40)
    starts_on = models.DateField()
    ends_on = models.DateField()
    numerator = models.PositiveIntegerField()
    denominator = models.PositiveIntegerField()
    figures = models.JSONField()
    computed_at = models.DateTimeField()
    state = models.CharField(
        _("state"), max_length=9, choices=PeriodState.choices, default=PeriodState.OPEN
    )
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = IndicatorPeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["central", "definition_id", "starts_on", "ends_on"],
                name="indicator_period_is_computed_once",
            ),
            models.CheckConstraint(
                condition=Q(numerator__lte=F("denominator")),
                name="indicator_numerator_within_denominator",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="indicator_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(state="published", published_at__isnull=False)
                | Q(state="open", published_at__isnull=True),
                name="indicator_publishing_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.central} {self.starts_on}: {self.numerator}/{self.denominator}"
