"""What the agreement obliges to, when each is due, and the evidence that it was kept."""

from __future__ import annotations

from datetime import date

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from municipalities.access.models import User
from municipalities.access.rules import Role
from municipalities.agreements.models import AgreementVersion
from municipalities.cooperations.models import (
    Cooperation,
    OfCooperationQuerySet,
    left_date_of,
)
from municipalities.documents.models import Document
from municipalities.register.models import Municipality


class Rhythm(models.TextChoices):
    """How often something is due."""

    YEARLY = "yearly", _("on fixed days of the year")
    ON_EVENT = "on_event", _("whenever it happens")


class Scope(models.TextChoices):
    """Whether it is kept once for all, or once with each participant."""

    COMMON = "common", _("for all together")
    EACH_PARTNER = "each_partner", _("with each participant")


@pghistory.track()
class Obligation(models.Model):
    """A routine that the agreement demands, half-open in time.

    `due_days` are days of the year as MM-DD, one for each time it is due; `topics` what must be
    dealt with each time; `clause` where the agreement says so. `code` is what other features hand
    in evidence by, and is the same in every cooperation.
    """

    cooperation = models.ForeignKey(
        Cooperation, on_delete=models.CASCADE, related_name="obligations"
    )
    version = models.ForeignKey(
        AgreementVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    code = models.SlugField(_("code"), max_length=40)
    title = models.CharField(_("title"), max_length=160)
    clause = models.CharField(_("where it is agreed"), max_length=120, blank=True)
    scope = models.CharField(_("kept"), max_length=12, choices=Scope.choices)
    rhythm = models.CharField(_("rhythm"), max_length=8, choices=Rhythm.choices)
    due_days = ArrayField(
        models.CharField(max_length=5), verbose_name=_("due on"), default=list, blank=True
    )
    topics = ArrayField(
        models.CharField(max_length=160), verbose_name=_("minimum topics"), default=list, blank=True
    )
    responsible = models.CharField(
        _("responsible"), max_length=20, choices=[(role.value, role.value) for role in Role]
    )
    remind_days = models.PositiveSmallIntegerField(_("reminder, days before"), default=21)
    starts_date = models.DateField(_("from"))
    ends_date = models.DateField(_("to"), null=True, blank=True)

    objects = OfCooperationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperation", "code"],
                condition=Q(ends_date__isnull=True),
                name="obligation_in_force_is_one",
            ),
            models.CheckConstraint(
                condition=Q(ends_date__isnull=True) | Q(ends_date__gte=F("starts_date")),
                name="obligation_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(rhythm="on_event", due_days=[])
                | (Q(rhythm="yearly") & ~Q(due_days=[])),
                name="yearly_obligation_has_its_days",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DueQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> DueQuerySet:
        return self.filter(obligation__in=Obligation.objects.visible_to(user))

    def with_kept(self) -> DueQuerySet:
        """With `kept_date`, the day of the first evidence, and `left_date` of the municipality.

        None where there is none, and while it takes part.
        """
        return self.annotate(
            kept_date=models.Min("evidence__happened_date"),
            left_date=left_date_of("obligation__cooperation"),
        )

    def open(self) -> DueQuerySet:
        """Those that wait for evidence, late ones too."""
        return self.filter(evidence__isnull=True, waived_reason="")

    def due_by(self, today: date) -> DueQuerySet:
        """Open ones that are late, or due within the days that one is reminded before.

        Without what was expected of a municipality that has left.
        """
        remind_date = models.ExpressionWrapper(
            F("due_date") - F("obligation__remind_days"), output_field=models.DateField()
        )
        gone_date = left_date_of("obligation__cooperation")
        stays = Q(gone_date__isnull=True) | Q(gone_date__gt=today)
        return (
            self.open()
            .alias(remind_date=remind_date, gone_date=gone_date)
            .filter(stays | Q(obligation__rhythm=Rhythm.YEARLY), remind_date__lte=today)
        )


@pghistory.track()
class Due(models.Model):
    """One time that an obligation is due: in a year, perhaps with one municipality.

    Of an obligation by event the row comes with the event: `about` tells which, and `key` is what
    the evidence is handed in by (`decision:12`). `waived_reason` tells why it need not be kept this
    time.
    """

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="dues")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("which time of the year"))
    due_date = models.DateField(_("due"))
    about = models.CharField(_("about"), max_length=200, blank=True)
    key = models.CharField(max_length=80, blank=True, db_default="", default="")
    waived_reason = models.CharField(_("why it is waived"), max_length=400, blank=True)

    objects = DueQuerySet.as_manager()
    kept_date: date | None  # by with_kept()
    left_date: date | None  # by with_kept()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "year", "number", "municipality"],
                nulls_distinct=False,
                name="obligation_is_due_once",
            ),
            models.UniqueConstraint(
                fields=["obligation", "key", "municipality"],
                nulls_distinct=False,
                condition=~Q(key=""),
                name="event_is_expected_once",
            ),
        ]
        indexes = [models.Index(fields=["due_date"], name="due_date")]

    def __str__(self) -> str:
        return f"{self.obligation} {self.year}/{self.number}"

    def has_left(self, today: date) -> bool:
        """Whether what happened (`with_kept`) concerns a municipality that takes part no more."""
        is_event = self.obligation.rhythm == Rhythm.ON_EVENT
        return is_event and self.left_date is not None and self.left_date <= today


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> EvidenceQuerySet:
        return self.filter(due__in=Due.objects.visible_to(user))


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Evidence(models.Model):
    """What shows that it was kept: a meeting, a report, a decision; by a link or a document.

    `key` tells which thing in the product it is (`meeting:12`), so that handing it in again does
    no harm. `topics` are those that it covered.
    """

    due = models.ForeignKey(Due, on_delete=models.CASCADE, related_name="evidence")
    key = models.CharField(max_length=80)
    title = models.CharField(_("title"), max_length=200)
    happened_date = models.DateField(_("date"))
    path = models.CharField(_("address"), max_length=300, blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    topics = ArrayField(models.CharField(max_length=160), default=list, blank=True)
    handed_in_at = models.DateTimeField()
    handed_in_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["due", "key"], name="evidence_is_handed_in_once")
        ]

    def __str__(self) -> str:
        return self.title


class ReminderKind(models.TextChoices):
    """When a reminder is sent."""

    BEFORE = "before", _("before the deadline")
    OVERDUE = "overdue", _("the deadline has passed")


class Reminder(models.Model):
    """A reminder that is queued to a person; claimed by this row, so that two beats send one."""

    due = models.ForeignKey(Due, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=7, choices=ReminderKind.choices)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["due", "kind", "user"], name="reminder_is_sent_once")
        ]

    def __str__(self) -> str:
        return f"{self.due} {self.kind}"
