"""Setting the schedule, releasing a report to its recipients, and sending it once more."""

from __future__ import annotations

import uuid
from datetime import datetime, time

from django.conf import settings
from django.db import transaction

from municipalities.models import Cooperation, Membership, User
from municipalities.queries import is_held
from municipalities.rules import Permission
from reporting.annual_report.models import AnnualReport, ReportState
from reporting.deliveries import queries
from reporting.deliveries.models import ENDED_BADLY, Delivery, DeliveryState, Schedule
from reporting.deliveries.sending import send, settle_lost

__all__ = [
    "IsNoRecipient",
    "IsNotToBeSentAgain",
    "MayNotSend",
    "NotOfThisCooperation",
    "ReportIsNotApproved",
    "release",
    "send",
    "send_again",
    "set_schedule",
    "settle_lost",
]


class ReportIsNotApproved(Exception):
    """Only an approved report is sent."""


class NotOfThisCooperation(Exception):
    """The report and the schedule are of different cooperations."""


class MayNotSend(Exception):
    """The person does not hold the right to send reports of the cooperation."""


class IsNotToBeSentAgain(Exception):
    """The delivery has not ended, was sent, or changed since the person looked at it."""


class IsNoRecipient(Exception):
    """The person is a director of the host or a participant no more."""


@transaction.atomic
def set_schedule(
    *,
    cooperation: Cooperation,
    month: int,
    day: int,
    local_time: time,
    is_active: bool,
    at: datetime,
) -> Schedule:
    """The one schedule of the cooperation: made, or changed at the moment.

    Saving the same once more is no change, and moves nothing.
    """
    wanted = {"month": month, "day": day, "local_time": local_time, "is_active": is_active}
    same = Schedule.objects.filter(cooperation=cooperation, **wanted).first()
    if same is not None:
        return same
    schedule, _ = Schedule.objects.update_or_create(
        cooperation=cooperation, defaults={**wanted, "changed_at": at}
    )
    return schedule


@transaction.atomic
def release(*, schedule: Schedule, report: AnnualReport, at: datetime) -> list[Delivery]:
    """Make the permit to send the report to each director once; returns those that wait.

    Repeating it, also at the same moment, makes none twice: the database keeps one row a
    person. Raises ReportIsNotApproved or NotOfThisCooperation.
    """
    if report.cooperation_id != schedule.cooperation_id:
        raise NotOfThisCooperation(str(report))
    if report.state != ReportState.APPROVED:
        raise ReportIsNotApproved(str(report))
    permits = [
        _permit(schedule=schedule, report=report, membership=membership, at=at)
        for membership in queries.recipients(cooperation=schedule.cooperation)
    ]
    Delivery.objects.bulk_create(permits, ignore_conflicts=True)
    waiting = Delivery.objects.filter(schedule=schedule, report=report, state=DeliveryState.WAITING)
    return list(waiting.order_by("pk"))


@transaction.atomic
def send_again(*, delivery: Delivery, by: User, at: datetime) -> Delivery:
    """Let a delivery that failed, or whose outcome nobody knows, wait to be sent once more.

    The same permit and message id, new attempts, to the address and in the language that
    the person has now. `delivery` is as the caller saw it. Raises MayNotSend,
    IsNotToBeSentAgain or IsNoRecipient.
    """
    found = Delivery.objects.select_for_update().get(pk=delivery.pk)
    cooperation = found.schedule.cooperation
    if not is_held(user=by, permission=Permission.SEND_DELIVERIES, cooperation=cooperation):
        raise MayNotSend(str(found))
    if found.state not in ENDED_BADLY or found.state != delivery.state:
        raise IsNotToBeSentAgain(str(found))
    people = {membership.user for membership in queries.recipients(cooperation=cooperation)}
    if found.recipient not in people:
        raise IsNoRecipient(str(found))
    found.state, found.attempts, found.error_code = DeliveryState.WAITING, 0, ""
    found.email, found.language = found.recipient.email, found.recipient.language
    found.next_attempt_at = at
    found.save()
    return found


def _permit(
    *, schedule: Schedule, report: AnnualReport, membership: Membership, at: datetime
) -> Delivery:
    return Delivery(
        schedule=schedule,
        report=report,
        recipient=membership.user,
        municipality=membership.municipality,
        email=membership.user.email,
        language=membership.user.language,
        message_id=f"<{uuid.uuid4().hex}@{_domain()}>",
        next_attempt_at=at,
    )


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rstrip(">").rpartition("@")[2]
