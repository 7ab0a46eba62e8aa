"""Which day a prepared topic of quality tells of."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from legevakt.lib.periods import local_day
from municipalities.meetings.topics.prepared import Asked


def known_day(asked: Asked) -> date:
    """The last day that is asked of, or today where a meeting is still to come.

    What is not over is not missing yet.
    """
    return min(asked.until - timedelta(days=1), local_day(timezone.now()))
