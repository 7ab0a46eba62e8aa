"""The days of a year on which the clock was moved, and how long they were."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from legevakt.lib.periods import Period

DAY = timedelta(days=1)


def odd_days(year: int) -> list[tuple[date, int]]:
    """Each day that has not 24 hours, with its hours."""
    whole = Period.year(year)
    firsts = (whole.starts_on + DAY * n for n in range(whole.days))
    days = [Period(first, first + DAY) for first in firsts]
    return [(each.starts_on, each.hours()) for each in days if each.hours() != 24]


def clock_words(year: int) -> str:
    """Which days had 23 and 25 hours; empty for a year in which the clock stood."""
    found = odd_days(year)
    if len(found) != 2:
        return ""
    (spring, short), (autumn, long) = found
    return _(
        "The clock was moved twice: %(spring)s had %(short)s hours and %(autumn)s %(long)s, and"
        " every hour is counted once."
    ) % {
        "spring": date_format(spring, "MONTH_DAY_FORMAT"),
        "short": short,
        "autumn": date_format(autumn, "MONTH_DAY_FORMAT"),
        "long": long,
    }
