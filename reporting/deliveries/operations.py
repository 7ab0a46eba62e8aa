"""Releasing a report to its recipients, and what becomes of each delivery."""

from __future__ import annotations

import uuid
from datetime import datetime, time

from django.conf import settings
from django.db import transaction
from django.db.models import F

from legevakt.lib import locks, mail
from legevakt.lib.mail import InvalidMail, MailRefused, MailUnknown
from municipalities.models import Cooperation, Membership
from reporting.annual_report.models import AnnualReport, ReportState
from reporting.annual_report.queries import DocumentIsDamaged
from reporting.deliveries import queries, rules
from reporting.deliveries.message import message_for
from reporting.deliveries.models import Delivery, DeliveryState, Schedule


class ReportIsNotApproved(Exception):
    """Only an approved report is sent."""


class NotOfThisCooperation(Exception):
    """The report and the schedule are of different cooperations."""


@transaction.atomic
def set_schedule(
    *, cooperation: Cooperation, month: int, day: int, local_time: time, is_active: bool
) -> Schedule:
    """The one schedule of the cooperation: made, or changed."""
    schedule, _ = Schedule.objects.update_or_create(
        cooperation=cooperation,
        defaults={
            "month": month,
            "day": day,
            "local_time": local_time,
            "is_active": is_active,
        },
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


def send(*, delivery: Delivery, at: datetime) -> bool:
    """Send the mail, once. False, and nothing done, where it is not due or another has it.

    The claim is stored before the mail server hears a word. A worker that dies after that
    leaves `sending`, and `settle_lost` makes it `unknown`: better asked about than sent twice.
    """
    with locks.only_one(queries.lock_name(delivery)) as got:
        if not got or not _claim(delivery=delivery, at=at):
            return False
        delivery.refresh_from_db()
        _settle(delivery, **_outcome(delivery=delivery, at=at))
    return True


def _claim(*, delivery: Delivery, at: datetime) -> bool:
    with transaction.atomic(durable=True):
        due = Delivery.objects.filter(
            pk=delivery.pk, state=DeliveryState.WAITING, next_attempt_at__lte=at
        )
        return bool(due.update(state=DeliveryState.SENDING, attempts=F("attempts") + 1))


def _outcome(*, delivery: Delivery, at: datetime) -> dict[str, object]:
    """Send, and what the row is to say of it."""
    try:
        mail.send(**message_for(delivery))
    except MailUnknown:
        return {"state": DeliveryState.UNKNOWN, "error_code": "connection_lost"}
    except MailRefused as refusal:
        return _refused(delivery=delivery, refusal=refusal, at=at)
    except InvalidMail:
        return {"state": DeliveryState.FAILED, "error_code": "invalid_address"}
    except DocumentIsDamaged:
        return {"state": DeliveryState.FAILED, "error_code": "document_missing"}
    return {"state": DeliveryState.SENT, "sent_at": at, "error_code": ""}


def _refused(*, delivery: Delivery, refusal: MailRefused, at: datetime) -> dict[str, object]:
    code = f"smtp_{refusal.code}" if refusal.code else "no_connection"
    pause = None if refusal.permanent else rules.pause_after(delivery.attempts)
    if pause is None:
        return {"state": DeliveryState.FAILED, "error_code": code}
    return {
        "state": DeliveryState.WAITING,
        "error_code": code,
        "next_attempt_at": at + pause,
    }


def settle_lost() -> int:
    """Deliveries whose worker is gone become `unknown`; returns how many."""
    lost = 0
    for delivery in Delivery.objects.filter(state=DeliveryState.SENDING).order_by("pk"):
        with locks.only_one(queries.lock_name(delivery)) as is_free:
            if is_free:
                lost += _settle(delivery, state=DeliveryState.UNKNOWN, error_code="worker_lost")
    return lost


def _settle(delivery: Delivery, **values: object) -> int:
    return Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.SENDING).update(**values)
