"""The signature by which a receiver knows that a message is ours (Standard Webhooks).

The secret is not stored: it follows from the installation's own key, so that a copy of the
database lets nobody sign.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import UTC, datetime

from standardwebhooks import Webhook

PURPOSE = b"legevakt webhook signing secret v1"


def secret(*, installation_key: str, endpoint_id: int, generation: int) -> str:
    """The endpoint's secret of that generation, as its receiver keeps it: `whsec_…`."""
    key = hmac.digest(installation_key.encode(), PURPOSE, hashlib.sha256)
    derived = hmac.digest(key, f"{endpoint_id}.{generation}".encode(), hashlib.sha256)
    return "whsec_" + base64.b64encode(derived).decode()


def headers(
    *, message_id: str, body: bytes, at: datetime, secrets: Iterable[str]
) -> dict[str, str]:
    """The three headers of the standard, signed at the moment with each secret."""
    moment = at.astimezone(UTC).replace(microsecond=0)
    signatures = [Webhook(each).sign(message_id, moment, body.decode()) for each in secrets]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
