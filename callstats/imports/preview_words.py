"""The first calls of a file as people read them, to the second: an order of the date or a clock

that is read wrongly shows there.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils.formats import date_format, localize
from django.utils.timezone import localtime
from django.utils.translation import gettext as _


def arrival(told: str) -> str:
    """An ISO moment → 24. oktober 2025 21:51:03, by the name of its month."""
    local = localtime(datetime.fromisoformat(told))
    return f"{date_format(local, 'DATE_FORMAT')} {date_format(local, 'H:i:s')}"


def wait(told: str | None) -> str:
    """Seconds, without the decimals that say nothing; null is not known."""
    if told is None:
        return _("unknown")
    seconds = Decimal(told).normalize()
    shown = localize(seconds if seconds % 1 else int(seconds))
    return _("%(seconds)s s") % {"seconds": shown}
