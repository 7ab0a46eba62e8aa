"""The notes on a curve."""

from __future__ import annotations

from django.db.models import Q

from legevakt.lib.periods import Period
from municipalities.cooperations.models import Cooperation
from municipalities.quality.notes.models import QualityNote


def notes_of(*, cooperation: Cooperation, subject: str, year: int) -> list[QualityNote]:
    """The notes that touch the year, in order."""
    days = Period.year(year)
    touching = Q(starts_date__lt=days.ends_on) & (
        Q(ends_date__gt=days.starts_on) | Q(ends_date__isnull=True, starts_date__gte=days.starts_on)
    )
    rows = QualityNote.objects.filter(touching, cooperation=cooperation, subject=subject)
    return list(rows.order_by("starts_date", "pk"))
