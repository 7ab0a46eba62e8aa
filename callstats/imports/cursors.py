"""Where whoever tails an event log resumes: the last line of it that was stored."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from callstats.feeds.models import FeedCursor, Source


def note(*, source: Source, path: Path, event_at: datetime, at: datetime) -> None:
    """Note the file's last line, unless a later one is noted: files may come out of order.

    Run it in the transaction that stores the file's events.
    """
    if FeedCursor.objects.filter(source=source, event_at__gt=event_at).exists():
        return
    FeedCursor.objects.update_or_create(
        source=source,
        defaults={
            "line_sha256": last_line_sha256(path.read_bytes()),
            "event_at": event_at,
            "stored_at": at,
        },
    )


def last_line_sha256(data: bytes) -> str:
    """SHA-256 of the first five fields (time, call, queue, agent, event) of the last line.

    What follows them may be the caller's number, which could be found again from a hash.
    """
    last = data.rstrip(b"\r\n \t").rpartition(b"\n")[2]
    return hashlib.sha256(b"|".join(last.strip(b"\r").split(b"|")[:5])).hexdigest()
