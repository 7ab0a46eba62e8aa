"""Hearings (medverknad): the participants are asked before something of weight is decided."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from legevakt.lib.constraints import frozen_while, refused_unless
from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation, OfCooperationQuerySet
from municipalities.decisions.models import Decision
from municipalities.documents.models import Document
from municipalities.register.models import Municipality


@pghistory.track()
class Hearing(models.Model):
    """A case that the participants are heard in until a deadline; closed with an outcome."""

    cooperation = models.ForeignKey(Cooperation, on_delete=models.CASCADE, related_name="hearings")
    title = models.CharField(_("title"), max_length=160)
    question = models.TextField(_("what is asked"), max_length=8_000)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    deadline_date = models.DateField(_("answer by"))
    documents = models.ManyToManyField(Document, related_name="+", blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.TextField(_("outcome"), max_length=4_000, blank=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="hearings"
    )

    objects = OfCooperationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, outcome="")
                | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="closed_hearing_has_its_outcome",
            )
        ]
        triggers = [
            refused_unless(
                "OLD.closed_at IS NULL",
                name="closed_hearing_stays",
                why="the hearing is closed",
                operation=pgtrigger.Update,
            )
        ]

    def __str__(self) -> str:
        return self.title


HEARING_IS_CLOSED = """
    EXISTS (SELECT FROM municipalities_hearing h
            WHERE h.id = {row}.hearing_id AND h.closed_at IS NOT NULL)
"""


class HearingDocument(Hearing.documents.through):  # type: ignore[name-defined]
    """A document that a hearing is about."""

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = [
            frozen_while(
                HEARING_IS_CLOSED,
                name="closed_hearing_keeps_its_documents",
                why="the hearing is closed",
            )
        ]


class Position(models.TextChoices):
    """What a municipality answers."""

    AGREES = "agrees", pgettext_lazy("hearing", "agrees")
    WITH_REMARKS = "with_remarks", _("agrees, with remarks")
    DISAGREES = "disagrees", _("disagrees")
    NO_REMARKS = "no_remarks", _("has no remarks")


class HearingAnswerQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> HearingAnswerQuerySet:
        return self.filter(hearing__in=Hearing.objects.visible_to(user))


@pghistory.track()
class HearingAnswer(models.Model):
    """A municipality's row in a hearing: asked when it opens, answered once or not at all.

    Changed while the hearing is open, the earlier answer stays in the history.
    """

    hearing = models.ForeignKey(Hearing, on_delete=models.CASCADE, related_name="answers")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    position = models.CharField(_("answer"), max_length=12, choices=Position.choices, blank=True)
    text = models.TextField(_("remarks"), max_length=8_000, blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = HearingAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hearing", "municipality"], name="municipality_is_heard_once"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, position="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(position="")),
                name="hearing_answer_is_by_somebody",
            ),
        ]
        triggers = [
            frozen_while(
                HEARING_IS_CLOSED,
                name="answers_of_a_closed_hearing_stay",
                why="the hearing is closed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality} · {self.hearing}"
