"""Named rules that leave calls out, and the sums of what they leave out."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from callstats.calls.models import Outcome
from callstats.exclusions.rules import ExclusionKind, ExclusionState
from municipalities.models import Central, PublicNumber, User

KINDS = [
    (ExclusionKind.TEST_CALLS.value, _("test calls")),
    (ExclusionKind.OUTAGE.value, _("outage")),
]
STATES = [
    (ExclusionState.PROPOSED.value, _("waits for approval")),
    (ExclusionState.APPROVED.value, _("approved")),
    (ExclusionState.REFUSED.value, _("not approved")),
    (ExclusionState.WITHDRAWN.value, _("withdrawn")),
]


class ExclusionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> ExclusionQuerySet:
        """Rules of the centrals that the user may see."""
        return self.filter(central__in=Central.objects.visible_to(user))


@pghistory.track()
class Exclusion(models.Model):
    """The calls that arrived from `starts_at` up to `ends_at`, of one line or (null) of all.

    Proposed by one person and decided by another. The calls stay where they are, and counted.
    """

    central = models.ForeignKey(Central, on_delete=models.PROTECT, related_name="exclusions")
    kind = models.CharField(_("kind"), max_length=10, choices=KINDS)
    name = models.CharField(_("name"), max_length=80)
    reason = models.CharField(_("reason"), max_length=400)
    line = models.ForeignKey(PublicNumber, on_delete=models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    state = models.CharField(
        _("state"), max_length=9, choices=STATES, default=ExclusionState.PROPOSED.value
    )
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.CharField(
        _("why it is withdrawn"), max_length=400, blank=True, default="", db_default=""
    )

    objects = ExclusionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="exclusion_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="exclusion_is_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["approved", "refused"], decided_by__isnull=False)
                | Q(state="withdrawn", withdrawn_by__isnull=False)
                | Q(state="proposed", decided_by__isnull=True),
                name="exclusion_decision_has_a_person",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ExcludedHour(models.Model):
    """What an approved rule leaves out of an hour; the same sums as CallHour's, of its calls."""

    exclusion = models.ForeignKey(
        Exclusion, on_delete=models.CASCADE, related_name="hours", db_index=False
    )
    line = models.ForeignKey(
        PublicNumber, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    hour_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    municipality = models.CharField(max_length=4, default="")
    calls = models.PositiveIntegerField()
    ambiguous_calls = models.PositiveIntegerField()
    waits_ms = ArrayField(models.IntegerField())
    rung_back_ms = ArrayField(models.IntegerField())
    talk_seconds = models.DecimalField(max_digits=12, decimal_places=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["exclusion", "hour_at", "line", "outcome", "municipality"],
                name="excluded_hour_is_summed_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.exclusion} {self.hour_at:%Y-%m-%dT%H}: {self.calls}"
