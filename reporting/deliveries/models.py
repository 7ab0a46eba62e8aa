"""When reports are sent, and to whom they were."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.models import Cooperation, Municipality, User
from municipalities.queries import cooperations_where
from municipalities.rules import Permission
from reporting.annual_report.models import AnnualReport
from reporting.letters.models import PeriodLetter


class ScheduleKind(models.TextChoices):
    """What a schedule sends."""

    ANNUAL_REPORT = "annual_report", _("annual report")
    TERTIAL = "tertial_report", _("tertial report")
    MONTHLY = "monthly_letter", _("monthly letter on answer time")
    ORIENTATION = "orientation", _("orientation of the mayors")


class ScheduleQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> ScheduleQuerySet:
        """Schedules of the cooperations whose deliveries the user may see."""
        return self.filter(
            cooperation__in=cooperations_where(user=user, permission=Permission.VIEW_DELIVERIES)
        )


@pghistory.track()
class Schedule(models.Model):
    """When what is due of a period is sent, and to whom: a day and local time (Europe/Oslo) of the
    month that is `months_after` the period's last one (1: the next).

    Only a moment after `changed_at` counts: saving a schedule sends nothing. `roles` are the
    access roles of those who receive it. What is `is_optional` a receiver can decline.
    """

    cooperation = models.ForeignKey(
        Cooperation, on_delete=models.CASCADE, related_name="report_schedules"
    )
    kind = models.CharField(
        _("what is sent"),
        max_length=20,
        choices=ScheduleKind.choices,
        default=ScheduleKind.ANNUAL_REPORT,
    )
    months_after = models.PositiveSmallIntegerField(
        _("months after the period"), validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    day = models.PositiveSmallIntegerField(
        _("day"), validators=[MinValueValidator(1), MaxValueValidator(28)]
    )
    local_time = models.TimeField(_("time of day"))
    roles = models.JSONField(_("who receives it"), default=list)
    is_attached = models.BooleanField(_("attach the PDF"), default=True)
    is_active = models.BooleanField(_("active"), default=True)
    changed_at = models.DateTimeField(_("last changed"), default=timezone.now)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperation", "kind"], name="one_schedule_of_a_kind"),
            models.CheckConstraint(
                condition=Q(months_after__range=(1, 12), day__range=(1, 28)),
                name="schedule_day_is_in_every_month",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cooperation} {self.kind} +{self.months_after} {self.day}."

    @property
    def is_optional(self) -> bool:
        """Whether a receiver can decline it: the annual report is owed to all."""
        return self.kind != ScheduleKind.ANNUAL_REPORT


@pghistory.track()
class OutsideRecipient(models.Model):
    """Somebody without a login who receives what a schedule sends: a mayor, an archive."""

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="outside")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "schedule",
                Lower("email"),
                condition=Q(removed_at__isnull=True),
                name="an_address_is_a_recipient_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.schedule})"


@pghistory.track()
class Declined(models.Model):
    """Somebody wants what is optional no more; the row goes when it is wanted again."""

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="declined")
    email = models.EmailField(_("e-mail address"))
    declined_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("schedule", Lower("email"), name="an_address_declines_once")
        ]

    def __str__(self) -> str:
        return f"{self.email} ({self.schedule})"


class DispatchQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> DispatchQuerySet:
        """Dispatches of the cooperations whose deliveries the user may see."""
        return self.filter(
            schedule__cooperation__in=cooperations_where(
                user=user, permission=Permission.VIEW_DELIVERIES
            )
        )


@pghistory.track()
class Dispatch(models.Model):
    """What a schedule sends of one period: an issued report, or a letter. Made once."""

    schedule = models.ForeignKey(Schedule, on_delete=models.PROTECT, related_name="dispatches")
    starts_date = models.DateField(_("period from"))
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    report = models.ForeignKey(
        AnnualReport, on_delete=models.PROTECT, null=True, related_name="dispatches"
    )
    letter = models.ForeignKey(
        PeriodLetter, on_delete=models.PROTECT, null=True, related_name="dispatches"
    )
    released_at = models.DateTimeField()
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = DispatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "dispatches"
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "starts_date", "edition"], name="a_period_is_sent_once"
            ),
            models.CheckConstraint(
                condition=Q(report__isnull=False, letter__isnull=True)
                | Q(report__isnull=True, letter__isnull=False),
                name="dispatch_is_of_a_report_or_a_letter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.schedule} {self.starts_date}"


class DeliveryState(models.TextChoices):
    """Sending is claimed before the mail goes; a worker that dies there leaves `unknown`."""

    WAITING = "waiting", _("waits to be sent")
    SENDING = "sending", _("is being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    UNKNOWN = "unknown", _("unknown, check with the recipient")
    RETURNED = "returned", _("came back")
    COMPLAINED = "complained", _("marked as unwanted")


ENDED_BADLY = (DeliveryState.FAILED, DeliveryState.UNKNOWN, DeliveryState.RETURNED)


class DeliveryQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> DeliveryQuerySet:
        """Deliveries of the cooperations in which the user may see them."""
        return self.where(user, Permission.VIEW_DELIVERIES)

    def where(self, user: User, permission: Permission) -> DeliveryQuerySet:
        """Deliveries of the cooperations on which the user holds the permission."""
        return self.filter(
            dispatch__schedule__cooperation__in=cooperations_where(user=user, permission=permission)
        )


@pghistory.track()
class Delivery(models.Model):
    """The permit to send one dispatch to one person once, and what became of it.

    The recipient is a user, or somebody outside. `message_id` stays the same when a person has it
    sent again (with a `reason`), so that a mail that came twice after all can be known as one.
    `subject` and `pdf_sha256` say what was sent.
    """

    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, related_name="deliveries")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    outside = models.ForeignKey(
        OutsideRecipient, on_delete=models.PROTECT, null=True, related_name="deliveries"
    )
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=DeliveryState.choices,
        default=DeliveryState.WAITING,
    )
    message_id = models.CharField(max_length=120, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    error_code = models.CharField(max_length=40, blank=True)
    reason = models.CharField(_("why it is sent again"), max_length=200, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dispatch", "recipient"], name="a_dispatch_is_sent_once_a_person"
            ),
            models.UniqueConstraint(
                fields=["dispatch", "outside"], name="a_dispatch_is_sent_once_an_outsider"
            ),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, outside__isnull=True)
                | Q(recipient__isnull=True, outside__isnull=False),
                name="recipient_is_a_user_or_outside",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "returned", "complained"], sent_at__isnull=False)
                | (~Q(state__in=["sent", "returned", "complained"]) & Q(sent_at__isnull=True)),
                name="delivery_is_sent_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dispatch} → {self.email}"
