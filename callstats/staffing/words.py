"""Numbers, hours and spans as people read them, in the language of the page."""

from __future__ import annotations

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from legevakt.lib.periods import Period

NOT_KNOWN = "–"


def clock_hour(hour: int) -> str:
    """
    >>> clock_hour(8)
    '08–09'
    """
    return f"{hour:02d}–{hour + 1:02d}"


def weekday(isoweekday: int) -> str:
    """The day's name, as it begins a cell."""
    return capfirst(str(WEEKDAYS[isoweekday - 1]))


def number(value: int | Decimal) -> str:
    """A count or a decimal number with the language's separators."""
    decimals = 0 if isinstance(value, int) else -int(value.as_tuple().exponent)
    return number_format(value, decimals, force_grouping=True)


def percent(value: int) -> str:
    return in_percent(number(value))


def in_percent(written: str) -> str:
    """A number already written, as a percentage."""
    return _("%(number)s%%") % {"number": written}


def rounded(value: float, places: str) -> Decimal:
    """Half up, to the places of an example.

    >>> rounded(62.65, "0.1")
    Decimal('62.7')
    """
    return Decimal(str(value)).quantize(Decimal(places), ROUND_HALF_UP)


def duration(seconds: float) -> str:
    """Minutes and seconds, to the nearest second."""
    minutes, rest = divmod(round(seconds), 60)
    return in_minutes(number(minutes), str(rest)) if minutes else in_seconds(str(rest))


def in_minutes(minutes: str, seconds: str) -> str:
    return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": seconds}


def in_seconds(written: str) -> str:
    return _("%(seconds)s s") % {"seconds": written}


def days(period: Period) -> str:
    """First and last day of the period."""
    return _("%(first)s to %(last)s") % {
        "first": date_format(period.starts_on, "DATE_FORMAT"),
        "last": date_format(period.ends_on - timedelta(days=1), "DATE_FORMAT"),
    }
