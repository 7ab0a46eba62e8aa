"""Decisions on the legevakt in all its municipalities, and who was notified of them."""

from __future__ import annotations

from datetime import date

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from legevakt.lib.constraints import municipality_lives
from municipalities.access.models import User
from municipalities.cooperations.models import (
    Cooperation,
    OfCooperationQuerySet,
    left_date_of,
)
from municipalities.documents.models import Disclosable, Document
from municipalities.register.models import Municipality


class Level(models.TextChoices):
    """Who decided: elected people, or the administration."""

    POLITICAL = "political", _("political")
    ADMINISTRATIVE = "administrative", _("administrative")


class DecisionKind(models.TextChoices):
    """An ordinary decision, or what a participant may do in a host cooperation (§ 20-2)."""

    DECISION = "decision", _("decision")
    INSTRUCTION = "instruction", _("instruction to the host")
    REVERSAL = "reversal", _("reversal of the host's decision")


@pghistory.track()
class Decision(Disclosable):
    """A decision as it was made; later events in its life are dates of their own.

    An instruction or reversal is a participant's, never the host's, and a reversal names the
    host's decision that it reverses. A complaint is decided by the municipality that delegated
    (§ 20-5); three members of a council can demand a control of legality (§ 20-7).
    """

    cooperation = models.ForeignKey(Cooperation, on_delete=models.CASCADE, related_name="decisions")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(
        _("kind"), max_length=11, choices=DecisionKind.choices, default=DecisionKind.DECISION
    )
    level = models.CharField(_("level"), max_length=14, choices=Level.choices)
    body = models.CharField(_("decided by"), max_length=120)
    case_number = models.CharField(_("case number"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("what was decided"), max_length=4_000, blank=True)
    decided_date = models.DateField(_("decided on"))
    is_notified = models.BooleanField(_("the participants are to be notified"), default=True)
    reverses = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversals"
    )
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    appeal_deadline_date = models.DateField(_("deadline for appeal"), null=True, blank=True)
    appealed_date = models.DateField(_("appealed"), null=True, blank=True)
    appeal_outcome = models.CharField(_("outcome of the appeal"), max_length=200, blank=True)
    legality_demanded_date = models.DateField(_("legality control demanded"), null=True, blank=True)
    legality_outcome = models.CharField(_("outcome of the control"), max_length=200, blank=True)
    followed_up_date = models.DateField(_("followed up by the host"), null=True, blank=True)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfCooperationQuerySet.as_manager()

    class Meta(Disclosable.Meta):
        constraints = [
            *Disclosable.Meta.constraints,
            models.UniqueConstraint(
                fields=["cooperation", "municipality", "case_number", "decided_date"],
                name="decision_is_registered_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="reversal", reverses__isnull=False)
                | (~Q(kind="reversal") & Q(reverses__isnull=True)),
                name="reversal_names_what_it_reverses",
            ),
            models.CheckConstraint(
                condition=(Q(appealed_date__isnull=True) | Q(appealed_date__gte=F("decided_date")))
                & (
                    Q(appeal_deadline_date__isnull=True)
                    | Q(appeal_deadline_date__gte=F("decided_date"))
                )
                & (
                    Q(legality_demanded_date__isnull=True)
                    | Q(legality_demanded_date__gte=F("decided_date"))
                )
                & (Q(followed_up_date__isnull=True) | Q(followed_up_date__gte=F("decided_date"))),
                name="what_follows_a_decision_is_after_it",
            ),
        ]
        triggers = [municipality_lives("decided_date", name="decision_is_by_one_that_exists")]

    def __str__(self) -> str:
        return self.title


class NotificationQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> NotificationQuerySet:
        return self.filter(decision__in=Decision.objects.visible_to(user))

    def with_left_date(self) -> NotificationQuerySet:
        """With `left_date`, the day on which the municipality left; None while it takes part."""
        return self.annotate(left_date=left_date_of("decision__cooperation"))

    def waited_for(self, today: date) -> NotificationQuerySet:
        """Those that are not confirmed, of municipalities that have not left."""
        stays = Q(left_date__isnull=True) | Q(left_date__gt=today)
        return self.with_left_date().filter(stays, read_at__isnull=True)


@pghistory.track()
class Notification(models.Model):
    """That a municipality is to be told of a decision, by when, and who confirmed it when."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="notifications")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    deadline_date = models.DateField(_("receipt by"))
    told_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = NotificationQuerySet.as_manager()
    left_date: date | None  # by with_left_date()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "municipality"], name="municipality_is_notified_once"
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__isnull=False, read_by__isnull=False),
                name="receipt_is_by_somebody_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} · {self.decision}"

    def has_left(self, today: date) -> bool:
        """Whether the municipality (`with_left_date`) takes part no more."""
        return self.left_date is not None and self.left_date <= today
