"""The letters of a month, a tertial or a year: figures frozen once, told in either language."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from municipalities.models import Cooperation, User
from municipalities.queries import cooperations_where
from municipalities.rules import Permission


class LetterKind(models.TextChoices):
    """What is sent besides the annual report."""

    MONTHLY = "monthly_letter", _("monthly letter on answer time")
    TERTIAL = "tertial_report", _("tertial report")
    ORIENTATION = "orientation", _("orientation of the mayors")


class PeriodLetterQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> PeriodLetterQuerySet:
        """Letters of the cooperations whose issued reports the user may see."""
        seen = cooperations_where(user=user, permission=Permission.VIEW_ISSUED_REPORTS)
        return self.filter(cooperation__in=seen)


@pghistory.track(exclude=["figures"])
class PeriodLetter(models.Model):
    """A letter of a period (half-open days): the facts of its topics, frozen when it was made.

    A later `edition` of the same period says why it was made. Never changed, never deleted.
    """

    cooperation = models.ForeignKey(Cooperation, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(_("kind"), max_length=20, choices=LetterKind.choices)
    starts_date = models.DateField(_("from"))
    ends_date = models.DateField(_("to"))
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    correction_reason = models.TextField(_("why it is corrected"), blank=True)
    figures = models.JSONField()
    figures_sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    objects = PeriodLetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperation", "kind", "starts_date", "edition"],
                name="letter_is_made_once_a_period",
            ),
            models.CheckConstraint(
                condition=Q(ends_date__gt=F("starts_date")), name="letter_is_of_some_days"
            ),
            models.CheckConstraint(
                condition=Q(edition=1, correction_reason="")
                | (Q(edition__gt=1) & ~Q(correction_reason="")),
                name="a_later_letter_says_why",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="letter_is_frozen", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.cooperation} {self.kind} {self.starts_date}"
