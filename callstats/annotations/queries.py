"""The notes on a central's figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from callstats.annotations.models import Annotation, AnnotationKind
from legevakt.lib import words
from legevakt.lib.periods import Period
from municipalities.models import Central, User
from municipalities.queries import cooperations_where
from municipalities.rules import Permission

FIELDS = ("pk", "central__slug", "kind", "starts_on", "ends_on", "text")

SHOWN = 50


@dataclass(frozen=True)
class Note:
    """What happened on the days from `starts_on` up to, and not with, `ends_on`.

    `central` is its short name in addresses; `may_change` is of the reader that it is read for.
    """

    pk: int
    central: str
    kind: str
    starts_on: date
    ends_on: date
    text: str
    may_change: bool = False

    @property
    def kind_words(self) -> str:
        """The kind in the language of the page."""
        return str(AnnotationKind(self.kind).label)

    @property
    def days(self) -> str:
        """The month, the day, or the first and the last day, in the language of the page."""
        return words.days(self.starts_on, self.ends_on)

    @property
    def last_day(self) -> date:
        return self.ends_on - timedelta(days=1)


def touching(*, central: Central, period: Period) -> list[Note]:
    """The notes that have a day in the period, in order, for a report that nobody reads yet."""
    found = Annotation.objects.get_queryset().touching(period).filter(central=central)
    return [Note(*row) for row in found.values_list(*FIELDS)]


def seen_by(*, user: User, centrals: Sequence[Central], period: Period) -> list[Note]:
    """The notes that have a day in the period and that the user may see, in order: one query."""
    writable = cooperations_where(user=user, permission=Permission.ANNOTATE)
    may_change = Exists(writable.filter(pk=OuterRef("central__cooperation_id")))
    found = Annotation.objects.visible_to(user).filter(central__in=centrals).touching(period)
    return [Note(*row) for row in found.values_list(*FIELDS, may_change)]


def removed(*, central: Central) -> QuerySet[Annotation]:
    """The notes that somebody has taken away, the last ones first."""
    found = Annotation.with_removed.filter(central=central, removed_at__isnull=False)
    return found.select_related("created_by", "removed_by").order_by("-removed_at", "-pk")[:SHOWN]
