"""Numbers, hours and spans as people read them, in the language of the page."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst

from legevakt.lib import words
from legevakt.lib.periods import Period

NOT_KNOWN = "–"
number, percent, duration = words.number, words.percent, words.duration
in_percent, in_minutes, in_seconds = words.in_percent, words.in_minutes, words.in_seconds


def clock_hour(hour: int) -> str:
    """
    >>> clock_hour(8)
    '08–09'
    """
    return f"{hour:02d}–{hour + 1:02d}"


def weekday(isoweekday: int) -> str:
    """The day's name, as it begins a cell."""
    return capfirst(str(WEEKDAYS[isoweekday - 1]))


def rounded(value: float, places: str) -> Decimal:
    """Half up, to the places of an example.

    >>> rounded(62.65, "0.1")
    Decimal('62.7')
    """
    return Decimal(str(value)).quantize(Decimal(places), ROUND_HALF_UP)


def days(period: Period) -> str:
    """First and last day of the period."""
    return words.days(period.starts_on, period.ends_on)
