"""The sample evening's queue log, moved to another day."""

import re
from datetime import UTC, datetime
from pathlib import Path

SAMPLES = Path(__file__).parent / "samples"
LOGS = ("asterisk20_2025-10-24_queue_log.0", "asterisk20_2025-10-24_queue_log")
EVENING = datetime(2025, 10, 24, tzinfo=UTC)
# A line begins with an epoch; a call id is an epoch, a point and a number.
EPOCH = re.compile(r"(?m)^(\d{10})(?=\|)|(?<=\|)(\d{10})(?=\.\d+(?:\||$))")


def evening_on(day: datetime) -> str:
    """Both files as one, as if the evening had been `day`'s (UTC midnight)."""
    moved = int((day - EVENING).total_seconds())
    whole = "".join((SAMPLES / name).read_text(encoding="utf-8") for name in LOGS)
    return EPOCH.sub(lambda found: str(int(found[0]) + moved), whole)
