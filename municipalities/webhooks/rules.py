"""What is told, in which shape, and when it is tried again. No Django here."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any


class EventType(StrEnum):
    """What a receiver can ask to be told; the values are the contract of docs/api/webhooks.md."""

    IMPORT_COMPLETED = "import.completed"
    IMPORT_ROWS_REJECTED = "import.rows_rejected"
    SOURCE_SILENT = "source.silent"
    SOURCE_RESUMED = "source.resumed"
    INDICATOR_PUBLISHED = "indicator.published"
    INDICATOR_REVISED = "indicator.revised"
    INDICATOR_BELOW_TARGET = "indicator.below_target"


TEST_EVENT = "webhook.test"  # only ever sent by a person's hand
GONE = 410  # the receiver wants no more
TOO_MANY = 429
PAUSES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
)
LATER_PAUSE = timedelta(hours=12)
GIVE_UP_AFTER = timedelta(days=3)
SECRETS_OVERLAP = timedelta(hours=24)
KEPT = timedelta(days=30)
LONGEST_REST = timedelta(minutes=5)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts, from 1 (Standard Webhooks' own schedule).

    >>> [str(pause_after(n)) for n in (1, 2, 6, 7, 8)]
    ['0:00:05', '0:05:00', '10:00:00', '12:00:00', '12:00:00']
    """
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else LATER_PAUSE


def next_attempt_at(*, attempts: int, at: datetime, give_up_at: datetime) -> datetime | None:
    """When to try again after an attempt that failed at `at`; None gives up.

    The last attempt is at `give_up_at` itself, or at the first moment after it.

    >>> noon = datetime(2026, 1, 5, 12, tzinfo=UTC)
    >>> next_attempt_at(attempts=2, at=noon, give_up_at=noon + timedelta(days=3)).isoformat()
    '2026-01-05T12:05:00+00:00'
    >>> next_attempt_at(attempts=9, at=noon, give_up_at=noon + timedelta(hours=1)).isoformat()
    '2026-01-05T13:00:00+00:00'
    >>> next_attempt_at(attempts=10, at=noon, give_up_at=noon) is None
    True
    """
    if at >= give_up_at:
        return None
    return min(at + pause_after(attempts), give_up_at)


def is_delivered(status: int) -> bool:
    """Whether the receiver took it: any 2xx."""
    return 200 <= status < 300


def is_troubled(status: int | None) -> bool:
    """Whether another message would fare no better now: no answer, 429, or an error of theirs.

    >>> [is_troubled(status) for status in (None, 204, 307, 400, 429, 503)]
    [True, False, False, False, True, True]
    """
    return status is None or status == TOO_MANY or status >= 500


def rest_after(attempts: int) -> timedelta:
    """How long a webhook's other messages wait when one could not be sent, after its attempts.

    >>> [str(rest_after(n)) for n in (1, 2, 8)]
    ['0:00:05', '0:05:00', '0:05:00']
    """
    return min(pause_after(attempts), LONGEST_REST)


def payload(*, event_type: str, at: datetime, data: dict[str, Any]) -> dict[str, Any]:
    """The message as the receiver reads it; the timestamp is when it happened, in UTC.

    >>> payload(event_type="source.silent", at=datetime(2026, 1, 5, 12, tzinfo=UTC), data={})
    {'type': 'source.silent', 'timestamp': '2026-01-05T12:00:00Z', 'data': {}}
    """
    moment = at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return {"type": str(event_type), "timestamp": moment, "data": data}


def body(told: dict[str, Any]) -> bytes:
    """The very bytes that are signed and sent, the same at every attempt."""
    ordered = {name: told[name] for name in ("type", "timestamp", "data")}
    return json.dumps(ordered, ensure_ascii=False, separators=(",", ":")).encode()
