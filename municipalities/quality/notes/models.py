"""Notes on the curves of quality: what happened when a figure changed."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.quality.deviations.models import OfQualityQuerySet


class NoteSubject(models.TextChoices):
    """Which curve a note is on."""

    DEVIATIONS = "deviations", _("deviations")
    ABSENCE = "absence", _("sickness absence")
    COMPLAINTS = "complaints", _("complaints")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class QualityNote(models.Model):
    """A sentence on a curve from a day, or over days (half-open)."""

    cooperation = models.ForeignKey(Cooperation, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(_("about"), max_length=10, choices=NoteSubject.choices)
    starts_date = models.DateField(_("from"))
    ends_date = models.DateField(_("to"), null=True, blank=True)
    text = models.CharField(_("note"), max_length=200)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfQualityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_date__isnull=True) | Q(ends_date__gt=F("starts_date")),
                name="quality_note_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.text
