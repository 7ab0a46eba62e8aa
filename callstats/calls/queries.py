"""Reads about calls."""

from __future__ import annotations

from datetime import datetime

from callstats.calls.models import CallPurge
from municipalities.models import Central


def purged_before(*, central: Central) -> datetime | None:
    """Until when the central's call rows are deleted and only their hours kept; None: never."""
    return CallPurge.objects.filter(central=central).values_list("before_at", flat=True).first()
