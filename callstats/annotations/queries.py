"""The notes on a central's figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from callstats.annotations.models import Annotation, AnnotationKind
from legevakt.lib.periods import Period
from municipalities.models import Central

SHOWN = 50


@dataclass(frozen=True)
class Note:
    """What happened on the days from `starts_on` up to, and not with, `ends_on`."""

    kind: str
    starts_on: date
    ends_on: date
    text: str

    @property
    def kind_words(self) -> str:
        """The kind in the language of the page."""
        return str(AnnotationKind(self.kind).label)

    @property
    def last_day(self) -> date:
        return self.ends_on - timedelta(days=1)


def touching(*, central: Central, period: Period) -> list[Note]:
    """The notes that have a day in the period, in order. By annotation_central_start."""
    found = Annotation.objects.filter(
        central=central, starts_on__lt=period.ends_on, ends_on__gt=period.starts_on
    ).order_by("starts_on", "pk")
    return [Note(*row) for row in found.values_list("kind", "starts_on", "ends_on", "text")]


def removed(*, central: Central) -> QuerySet[Annotation]:
    """The notes that somebody has taken away, the last ones first."""
    found = Annotation.with_removed.filter(central=central, removed_at__isnull=False)
    return found.select_related("created_by", "removed_by").order_by("-removed_at", "-pk")[:SHOWN]
