"""Making a letter: its figures are frozen when it is made, and never again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from legevakt.lib.periods import Period
from municipalities.models import Cooperation
from reporting.annual_report.rules import checksum
from reporting.letters import queries
from reporting.letters.models import PeriodLetter


class LetterHasToWait(Exception):
    """The period has not ended, or its month is not published."""


class CannotBeCorrected(Exception):
    """The letter is not the period's latest, or what it tells is what it would tell today."""


class CorrectionNeedsReason(Exception):
    """A corrected letter says what was wrong."""


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
    return _frozen(figures, at=at, edition=1, ends_date=period.ends_on, **own)


@transaction.atomic
def correct(*, letter: PeriodLetter, reason: str, at: datetime) -> PeriodLetter:
    """The period's next edition, with today's figures; the earlier one stays as it is.

    Raises CorrectionNeedsReason, CannotBeCorrected.
    """
    if not reason.strip():
        raise CorrectionNeedsReason(str(letter))
    own = {"cooperation": letter.cooperation, "kind": letter.kind}
    own["starts_date"] = letter.starts_date
    if PeriodLetter.objects.filter(**own, edition__gt=letter.edition).exists():
        raise CannotBeCorrected(str(letter))
    period = Period(letter.starts_date, letter.ends_date)
    figures = queries.figures_of(kind=letter.kind, cooperation=letter.cooperation, period=period)
    if checksum(figures) == letter.figures_sha256:
        raise CannotBeCorrected(str(letter))
    later = {"edition": letter.edition + 1, "correction_reason": reason.strip()}
    return _frozen(figures, at=at, ends_date=letter.ends_date, **own, **later)


def _frozen(figures: dict[str, Any], *, at: datetime, **own: Any) -> PeriodLetter:
    """The letter, made now or by another at the same moment: the database keeps one."""
    made = PeriodLetter(figures=figures, figures_sha256=checksum(figures), made_at=at, **own)
    PeriodLetter.objects.bulk_create([made], ignore_conflicts=True)
    named = ("cooperation", "kind", "starts_date", "edition")
    return PeriodLetter.objects.get(**{name: own[name] for name in named})
