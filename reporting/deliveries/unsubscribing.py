"""The signed link with which a receiver declines what is optional, without a login (RFC 8058).

The link names a delivery, never an address: addresses would end in the logs of proxies.
"""

from __future__ import annotations

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from reporting.deliveries.models import Delivery

SALT = "reporting.deliveries.unsubscribing"


class NoSuchLink(LookupError):
    """The link is not one of ours, or of what cannot be declined."""


def link_to_decline(delivery: Delivery) -> str:
    """The whole address; it stays good as long as the mail does."""
    token = Signer(salt=SALT).sign(str(delivery.pk))
    return settings.SITE_URL + reverse("unsubscribe", args=[token])


def headers_of(delivery: Delivery) -> dict[str, str]:
    """What lets a mail program offer to decline with one click; nothing where it is owed to all."""
    if not delivery.dispatch.schedule.is_optional:
        return {}
    return {
        "List-Unsubscribe": f"<{link_to_decline(delivery)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def delivery_of(token: str) -> Delivery:
    """The delivery that the link came with. Raises NoSuchLink."""
    try:
        pk = Signer(salt=SALT).unsign(token)
    except BadSignature as error:
        raise NoSuchLink from error
    rows = Delivery.objects.select_related("dispatch__schedule__cooperation", "recipient")
    found = rows.defer("dispatch__report", "dispatch__letter").filter(pk=pk).first()
    if found is None or not found.dispatch.schedule.is_optional:
        raise NoSuchLink(pk)
    return found


def address_of(delivery: Delivery) -> str:
    """Whom the link is for: the user's address of today, else the one it was sent to."""
    return delivery.recipient.email if delivery.recipient else delivery.email
