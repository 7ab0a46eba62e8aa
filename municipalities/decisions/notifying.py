"""Underretning: who is to be told of a decision, who was, and who has confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.decisions.evidence import receipts_are_expected, receipts_are_in
from municipalities.decisions.facts import DecisionError
from municipalities.decisions.models import Decision, Notification
from municipalities.register.models import Municipality


@transaction.atomic
def notify(*, decision: Decision, receipt_by: date, at: datetime) -> list[Notification]:
    """Every other municipality that takes part on the day is to confirm. Again adds who is new.

    Raises DecisionError where the deadline has passed already.
    """
    if receipt_by < local_day(at):
        raise DecisionError("receipt_by_has_passed", field="receipt_by")
    Decision.objects.filter(pk=decision.pk, is_notified=False).update(is_notified=True)
    return _add_missing(decision, receipt_by=receipt_by, at=at)


@transaction.atomic
def realign(*, decision: Decision, at: datetime) -> None:
    """After a correction of whose decision it is: nobody is notified of the own one."""
    rows = decision.notifications.order_by("deadline_date", "pk")
    first = rows.first()
    if first is not None:
        rows.filter(municipality=decision.municipality_id).delete()
        _add_missing(decision, receipt_by=first.deadline_date, at=at)


@transaction.atomic
def confirm(
    *, decision: Decision, municipalities: Iterable[Municipality], by: User, at: datetime
) -> int:
    """Read and confirmed on behalf of the municipalities; how many receipts that is.

    Again does no harm: the first receipt stands.
    """
    Decision.objects.select_for_update().get(pk=decision.pk)
    own = decision.notifications.filter(municipality__in=municipalities, read_at__isnull=True)
    confirmed = list(own.select_related("municipality"))
    own.update(read_at=at, read_by=by)
    receipts_are_in(decision=decision, notifications=confirmed, by=by, at=at)
    return len(confirmed)


def claim_telling(*, notification: Notification, at: datetime) -> bool:
    """Whether it is the caller's to tell: of all that try, one gets it, and nobody later."""
    rows = Notification.objects.filter(pk=notification.pk, told_at__isnull=True)
    return rows.update(told_at=at) == 1


def claim_reminder(*, notification: Notification, at: datetime) -> bool:
    """The same of the one reminder, unless it is confirmed meanwhile."""
    rows = Notification.objects.filter(pk=notification.pk, read_at__isnull=True)
    return rows.filter(reminded_at__isnull=True).update(reminded_at=at) == 1


def _add_missing(decision: Decision, *, receipt_by: date, at: datetime) -> list[Notification]:
    others = decision.cooperation.participants.on(local_day(at)).exclude(
        municipality=decision.municipality_id
    )
    rows = [
        Notification(decision=decision, municipality_id=each, deadline_date=receipt_by)
        for each in others.values_list("municipality", flat=True)
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    made = decision.notifications.filter(read_at__isnull=True).select_related("municipality")
    receipts_are_expected(decision=decision, notifications=made)
    return list(made)
