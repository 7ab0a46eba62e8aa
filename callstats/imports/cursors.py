"""Where whoever tails an event log resumes: the last line of it that was stored."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from callstats.feeds.models import FeedCursor, Source


def note(*, source: Source, path: Path, event_at: datetime, at: datetime) -> None:
    """Note the file's last line. Run it in the transaction that stores the file's events."""
    FeedCursor.objects.update_or_create(
        source=source,
        defaults={
            "line_sha256": last_line_sha256(path.read_bytes()),
            "event_at": event_at,
            "stored_at": at,
        },
    )


def last_line_sha256(data: bytes) -> str:
    """SHA-256 of the last line that is not blank, without its line end."""
    last = data.rstrip(b"\r\n \t").rpartition(b"\n")[2]
    return hashlib.sha256(last.strip(b"\r")).hexdigest()
