"""That a central fell below its target, told once, until it is clearly above it again."""

from __future__ import annotations

from django.db import models

from municipalities.models import Central, User


class TargetAlertQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> TargetAlertQuerySet:
        """Alerts of the centrals that the user may see."""
        return self.filter(central__in=Central.objects.visible_to(user))


class TargetAlert(models.Model):
    """From the month that was below the target, to the one that ended it."""

    central = models.ForeignKey(
        Central, on_delete=models.PROTECT, related_name="target_alerts", db_index=False
    )
    definition_id = models.CharField(max_length=40)
    raised_for = models.DateField()
    numerator = models.PositiveIntegerField()
    denominator = models.PositiveIntegerField()
    raised_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    cleared_for = models.DateField(null=True)
    cleared_at = models.DateTimeField(null=True)

    objects = TargetAlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["central", "definition_id"],
                condition=models.Q(cleared_at__isnull=True),
                name="target_alert_lasts_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.central} {self.raised_for}: {self.numerator}/{self.denominator}"
