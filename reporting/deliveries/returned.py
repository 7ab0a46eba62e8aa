"""Mails that come back: delivery status (RFC 3464) and complaints (RFC 5965), read and noted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import Message
from enum import StrEnum

from reporting.deliveries.errors import CannotBeNoted
from reporting.deliveries.models import Delivery, DeliveryState
from reporting.deliveries.noting import note

STATES = {
    "failed": DeliveryState.RETURNED,
    "delivered": DeliveryState.SENT,
    "relayed": DeliveryState.SENT,
    "complaint": DeliveryState.COMPLAINED,
}
STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


class Taken(StrEnum):
    """What became of a mail that came back."""

    NOTED = "noted"
    KNOWN = "known"  # it says what is known, or that the mail is only delayed
    UNKNOWN = "unknown"  # it is no report, or of no mail of ours: a person has to look


@dataclass(frozen=True, kw_only=True)
class Returned:
    """What a report says of one mail: `action` is of RFC 3464, or `complaint`."""

    message_id: str
    action: str
    status: str = ""


def take(*, content: bytes, at: datetime) -> Taken:
    """Note on the delivery what the mail that came back says of it. Again changes nothing."""
    returned = read(content)
    delivery = returned and Delivery.objects.filter(message_id=returned.message_id).first()
    if not returned or not delivery:
        return Taken.UNKNOWN
    state = STATES.get(returned.action)
    if state is None or state == delivery.state:
        return Taken.KNOWN
    try:
        note(delivery=delivery, state=state, at=at, code=_code(returned))
    except CannotBeNoted:
        return Taken.KNOWN
    return Taken.NOTED


def read(content: bytes) -> Returned | None:
    """What the report says; None for any other mail, and for one that cannot be read."""
    try:
        message = message_from_bytes(content, policy=policy.default)
        message_id = _message_id(message)
        kind = message.get_content_type() == "multipart/report" and message.get_param("report-type")
        if not message_id or not isinstance(kind, str):
            return None
        if kind.lower() == "feedback-report":
            return Returned(message_id=message_id, action="complaint")
        return _status(message, message_id=message_id)
    except (LookupError, TypeError, ValueError):  # what `email` raises over what is no e-mail
        return None


def _status(message: Message, *, message_id: str) -> Returned | None:
    """The last recipient's block that has an Action: our mails have one recipient each."""
    blocks = [
        block
        for part in message.walk()
        if part.get_content_type() == "message/delivery-status"
        for block in _inside(part)
        if block["Action"]
    ]
    if not blocks:
        return None
    found = STATUS.search(str(blocks[-1]["Status"] or ""))
    return Returned(
        message_id=message_id,
        action=str(blocks[-1]["Action"]).strip().lower(),
        status=found.group() if found else "",
    )


def _message_id(message: Message) -> str:
    """Of the mail that came back: in the part with it, or with its headers alone."""
    originals = (each for part in message.walk() for each in _originals(part))
    found = (str(each["Message-ID"] or "").strip() for each in originals)
    return next(filter(None, found), "")


def _originals(part: Message) -> list[Message]:
    kind = part.get_content_type()
    if kind == "message/rfc822":
        return _inside(part)
    if kind == "text/rfc822-headers":
        text = part.get_payload(decode=True)
        return [message_from_bytes(text, policy=policy.default)] if isinstance(text, bytes) else []
    return []


def _inside(part: Message) -> list[Message]:
    """The messages, or blocks of headers, that the part is made of."""
    found = part.get_payload()
    return [each for each in found if isinstance(each, Message)] if isinstance(found, list) else []


def _code(returned: Returned) -> str:
    if returned.action == "complaint":
        return "complaint"
    return f"status_{returned.status}" if returned.status and returned.action == "failed" else ""
