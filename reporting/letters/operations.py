"""Making a letter: its figures are frozen when it is made, and never again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from legevakt.lib.periods import Period
from municipalities.models import Cooperation
from reporting.annual_report.rules import checksum
from reporting.letters import queries
from reporting.letters.models import PeriodLetter


class LetterHasToWait(Exception):
    """The period has not ended, or its month is not published."""


@transaction.atomic
def make(*, kind: str, cooperation: Cooperation, period: Period, at: datetime) -> PeriodLetter:
    """The period's letter: the one that is there, or made now with the figures as they are.

    Two at the same moment make one. Raises LetterHasToWait.
    """
    own = {"cooperation": cooperation, "kind": kind, "starts_date": period.starts_on}
    found = PeriodLetter.objects.filter(**own).order_by("-edition").first()
    if found is not None:
        return found
    ready = queries.ready_at(kind=kind, cooperation=cooperation, period=period)
    if ready is None or ready > at:
        raise LetterHasToWait(f"{cooperation} {kind} {period}")
    figures = queries.figures_of(kind=kind, cooperation=cooperation, period=period)
    frozen = {"figures": figures, "figures_sha256": checksum(figures), "made_at": at}
    letter = PeriodLetter(**own, ends_date=period.ends_on, **frozen)
    PeriodLetter.objects.bulk_create([letter], ignore_conflicts=True)
    return PeriodLetter.objects.get(**own, edition=1)
