"""The notes on a curve."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from legevakt.lib.periods import Period
from municipalities.cooperations.models import Cooperation
from municipalities.quality.notes.models import QualityNote


def notes_of(*, cooperation: Cooperation, subject: str, days: Period) -> list[QualityNote]:
    """The curve's notes that touch the days, in order."""
    return list(touching(cooperation=cooperation, days=days).filter(subject=subject))


def touching(*, cooperation: Cooperation, days: Period) -> QuerySet[QualityNote]:
    """The notes on every curve that touch the days, in order; one without an end has one day."""
    touches = Q(starts_date__lt=days.ends_on) & (
        Q(ends_date__gt=days.starts_on) | Q(ends_date__isnull=True, starts_date__gte=days.starts_on)
    )
    rows = QualityNote.objects.filter(touches, cooperation=cooperation)
    return rows.order_by("starts_date", "pk")


def years_of(*, cooperation: Cooperation, subject: str) -> set[int]:
    """The years in which a note on the curve begins. One query."""
    rows = QualityNote.objects.filter(cooperation=cooperation, subject=subject)
    return {each.year for each in rows.dates("starts_date", "year")}
