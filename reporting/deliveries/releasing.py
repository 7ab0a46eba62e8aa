"""Releasing what is due: a dispatch of the period, and a permit for each recipient, made once."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from legevakt.lib.periods import Period
from municipalities.models import User
from reporting.annual_report.models import AnnualReport, ReportState
from reporting.deliveries import queries
from reporting.deliveries.errors import NotOfThisCooperation, ReportIsNotIssued
from reporting.deliveries.models import (
    Delivery,
    DeliveryState,
    Dispatch,
    Schedule,
    ScheduleKind,
)
from reporting.deliveries.recipients import Recipient, not_told
from reporting.letters import operations as letters
from reporting.letters.models import PeriodLetter


@transaction.atomic
def release_due(*, due: queries.Due, at: datetime, by: User | None = None) -> list[Delivery]:
    """Release the report, or the period's letter, which is made where it is not there yet.

    Raises LetterHasToWait, and as `release`.
    """
    if due.report is not None:
        return release(schedule=due.schedule, report=due.report, at=at, by=by)
    letter = letters.make(
        kind=due.schedule.kind, cooperation=due.schedule.cooperation, period=due.period, at=at
    )
    return release_letter(schedule=due.schedule, letter=letter, at=at, by=by)


@transaction.atomic
def release(
    *, schedule: Schedule, report: AnnualReport, at: datetime, by: User | None = None
) -> list[Delivery]:
    """Make the permit to send the report to each recipient once; returns those that wait.

    Repeating it, also at the same moment, makes none twice: the database keeps one row a
    person. Raises ReportIsNotIssued or NotOfThisCooperation.
    """
    if (
        report.cooperation_id != schedule.cooperation_id
        or schedule.kind != ScheduleKind.ANNUAL_REPORT
    ):
        raise NotOfThisCooperation(str(report))
    if report.state != ReportState.ISSUED:
        raise ReportIsNotIssued(str(report))
    starts_date = Period.year(report.year).starts_on
    return _released(schedule, starts_date, report.edition, at=at, by=by, report=report)


@transaction.atomic
def release_letter(
    *, schedule: Schedule, letter: PeriodLetter, at: datetime, by: User | None = None
) -> list[Delivery]:
    """The same of a letter. Raises NotOfThisCooperation."""
    if letter.cooperation_id != schedule.cooperation_id or letter.kind != schedule.kind:
        raise NotOfThisCooperation(str(letter))
    return _released(schedule, letter.starts_date, letter.edition, at=at, by=by, letter=letter)


@transaction.atomic
def correct_letter(
    *, letter: PeriodLetter, reason: str, at: datetime, by: User
) -> tuple[PeriodLetter, list[Delivery]]:
    """The letter's next edition, sent at once where its kind has a schedule.

    Raises as `letters.correct`.
    """
    made = letters.correct(letter=letter, reason=reason, at=at)
    schedule = Schedule.objects.filter(cooperation=letter.cooperation, kind=letter.kind).first()
    if schedule is None:
        return made, []
    return made, release_letter(schedule=schedule, letter=made, at=at, by=by)


def _released(
    schedule: Schedule,
    starts_date: date,
    edition: int,
    *,
    at: datetime,
    by: User | None,
    **content: Any,
) -> list[Delivery]:
    own = {"schedule": schedule, "starts_date": starts_date, "edition": edition}
    made = Dispatch(**own, **content, released_at=at, released_by=by)
    Dispatch.objects.bulk_create([made], ignore_conflicts=True)
    dispatch = Dispatch.objects.get(**own)
    permits = [_permit(dispatch, recipient, at=at) for recipient in not_told(dispatch)]
    Delivery.objects.bulk_create(permits, ignore_conflicts=True)
    return list(dispatch.deliveries.filter(state=DeliveryState.WAITING).order_by("pk"))


def _permit(dispatch: Dispatch, recipient: Recipient, *, at: datetime) -> Delivery:
    return Delivery(
        dispatch=dispatch,
        recipient=recipient.user,
        outside=recipient.outside,
        municipality=recipient.municipality,
        email=recipient.email,
        language=recipient.language,
        message_id=f"<{uuid.uuid4().hex}@{_domain()}>",
        next_attempt_at=at,
    )


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rstrip(">").rpartition("@")[2]
