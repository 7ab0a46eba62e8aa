"""A worker's way with one delivery: write the mail, claim, send, note what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import structlog
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F

from legevakt.lib import locks, mail
from legevakt.lib.mail import InvalidMail, MailRefused, MailUnknown
from legevakt.lib.pdf import PdfError
from reporting.annual_report.queries import DocumentIsDamaged
from reporting.deliveries import queries, rules
from reporting.deliveries.message import Message, message_for
from reporting.deliveries.models import Delivery, DeliveryState
from reporting.deliveries.recipients import recipient_of

log = structlog.get_logger(__name__)


def send(*, delivery: Delivery, at: datetime) -> bool:
    """Send the mail, once. False, and nothing done, where it is not due or another has it.

    The mail is written first, so that a worker that dies over it has surely sent nothing. The
    claim is stored before the mail server hears a word. A worker that dies after that leaves
    `sending`, and `settle_lost` makes it `unknown`: better asked about than sent twice.
    """
    with locks.only_one(queries.lock_name(delivery)) as got:
        found = _due(delivery, at=at) if got else None
        return found is not None and _sent(found, at=at)


def _sent(found: Delivery, *, at: datetime) -> bool:
    if recipient_of(found) is None:
        return _claim(found, at=at) and _settle(found, **_failed("no_recipient"))
    try:
        message = message_for(found)
    except DocumentIsDamaged:
        return _claim(found, at=at) and _settle(found, **_failed("document_missing"))
    except PdfError:
        return _put_off("document_not_made", delivery=found, at=at)
    except (OperationalError, InterfaceError):
        raise  # the database is away: it waits as before
    except Exception:
        log.exception("mail not written", delivery=found.pk)
        return _put_off("mail_not_written", delivery=found, at=at)
    return _claim(found, at=at, **_snapshot(message)) and _settle(
        found, **_outcome(message, delivery=found, at=at)
    )


def _due(delivery: Delivery, *, at: datetime) -> Delivery | None:
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING, next_attempt_at__lte=at)
    return waiting.filter(pk=delivery.pk).first()


def _claim(delivery: Delivery, *, at: datetime, **snapshot: str) -> bool:
    with transaction.atomic(durable=True):
        due = Delivery.objects.filter(
            pk=delivery.pk,
            state=DeliveryState.WAITING,
            next_attempt_at__lte=at,
            email=delivery.email,
        )
        claimed = {"state": DeliveryState.SENDING, "attempts": F("attempts") + 1}
        is_mine = bool(due.update(**claimed, **snapshot))
    delivery.refresh_from_db(fields=["attempts"])
    return is_mine


def _snapshot(message: Message) -> dict[str, str]:
    """What the row keeps of what was sent."""
    longest = Delivery._meta.get_field("subject").max_length
    return {"subject": message.subject[:longest], "pdf_sha256": message.pdf_sha256}


def _outcome(message: Message, *, delivery: Delivery, at: datetime) -> dict[str, Any]:
    """Send, and what the row is to say of it."""
    try:
        mail.send(**message.for_mail())
    except MailUnknown:
        return {"state": DeliveryState.UNKNOWN, "error_code": "connection_lost"}
    except MailRefused as refusal:
        return _refused(delivery=delivery, refusal=refusal, at=at)
    except InvalidMail:
        return _failed("invalid_address")
    return {"state": DeliveryState.SENT, "sent_at": at, "error_code": ""}


def _failed(code: str) -> dict[str, Any]:
    return {"state": DeliveryState.FAILED, "error_code": code}


def _refused(*, delivery: Delivery, refusal: MailRefused, at: datetime) -> dict[str, Any]:
    code = f"smtp_{refusal.code}" if refusal.code else "no_connection"
    return _failed(code) if refusal.permanent else _later(code, delivery=delivery, at=at)


def _put_off(code: str, *, delivery: Delivery, at: datetime) -> bool:
    """The mail was not written: that is an attempt too, or it would wait for ever unseen."""
    return _claim(delivery, at=at) and _settle(delivery, **_later(code, delivery=delivery, at=at))


def _later(code: str, *, delivery: Delivery, at: datetime) -> dict[str, Any]:
    """Tried again after a pause; failed after the last attempt."""
    pause = rules.pause_after(delivery.attempts)
    if pause is None:
        return _failed(code)
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


def _settle(delivery: Delivery, **values: Any) -> bool:
    mine = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.SENDING)
    return bool(mine.update(**values))
