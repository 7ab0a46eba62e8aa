"""When reports are sent, and to whom they were."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.models import Cooperation, Municipality, User
from municipalities.queries import cooperations_where
from municipalities.rules import Permission
from reporting.annual_report.models import AnnualReport


class ScheduleQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> ScheduleQuerySet:
        """Schedules of the cooperations whose deliveries the user may see."""
        return self.filter(
            cooperation__in=cooperations_where(user=user, permission=Permission.VIEW_DELIVERIES)
        )


@pghistory.track()
class Schedule(models.Model):
    """The day and local time (Europe/Oslo) when last year's approved report is sent.

    Only a moment after `changed_at` counts: saving a schedule sends nothing.
    """

    cooperation = models.OneToOneField(
        Cooperation, on_delete=models.CASCADE, related_name="report_schedule"
    )
    month = models.PositiveSmallIntegerField(
        _("month"), validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    day = models.PositiveSmallIntegerField(
        _("day"), validators=[MinValueValidator(1), MaxValueValidator(28)]
    )
    local_time = models.TimeField(_("time of day"))
    is_active = models.BooleanField(_("active"), default=True)
    changed_at = models.DateTimeField(_("last changed"), default=timezone.now)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(month__range=(1, 12), day__range=(1, 28)),
                name="schedule_day_is_in_every_year",
            )
        ]

    def __str__(self) -> str:
        return f"{self.cooperation} {self.day}.{self.month}. {self.local_time:%H:%M}"


class DeliveryState(models.TextChoices):
    """Sending is claimed before the mail goes; a worker that dies there leaves `unknown`."""

    WAITING = "waiting", _("waits to be sent")
    SENDING = "sending", _("is being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    UNKNOWN = "unknown", _("unknown, check with the recipient")


ENDED_BADLY = (DeliveryState.FAILED, DeliveryState.UNKNOWN)


class DeliveryQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> DeliveryQuerySet:
        """Deliveries of the cooperations in which the user may see them."""
        return self.where(user, Permission.VIEW_DELIVERIES)

    def where(self, user: User, permission: Permission) -> DeliveryQuerySet:
        """Deliveries of the cooperations on which the user holds the permission."""
        return self.filter(
            schedule__cooperation__in=cooperations_where(user=user, permission=permission)
        )


@pghistory.track()
class Delivery(models.Model):
    """The permit to send one report to one person once, and what became of it.

    `message_id` stays the same when a person has it sent again, so that a mail that came
    twice after all can be known as one.
    """

    schedule = models.ForeignKey(Schedule, on_delete=models.PROTECT, related_name="deliveries")
    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="deliveries")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    state = models.CharField(
        _("state"),
        max_length=8,
        choices=DeliveryState.choices,
        default=DeliveryState.WAITING,
    )
    message_id = models.CharField(max_length=120, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    error_code = models.CharField(max_length=40, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "report", "recipient"], name="report_is_sent_once_a_person"
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="delivery_is_sent_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} → {self.email}"
