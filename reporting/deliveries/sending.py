"""A worker's way with one delivery: claim it, send the mail, note what became of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from legevakt.lib import locks, mail
from legevakt.lib.mail import InvalidMail, MailRefused, MailUnknown
from reporting.annual_report.queries import DocumentIsDamaged
from reporting.deliveries import queries, rules
from reporting.deliveries.message import message_for
from reporting.deliveries.models import Delivery, DeliveryState


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
