"""A month or a year as its address writes it, 2025-10 or 2025, and as people call it."""

from __future__ import annotations

import re

from legevakt.lib import words
from legevakt.lib.periods import Period, PeriodError

WRITTEN = re.compile(r"(?P<year>[0-9]{4})(-(?P<month>[0-9]{2}))?")
# From the earliest call that an import takes; the end of the last month is a day as well.
YEARS = range(2000, 9999)


def named(text: str) -> Period:
    """The month or year that is written; raises PeriodError.

    >>> str(named("2025-10")), str(named("2025"))
    ('2025-10-01/2025-11-01', '2025-01-01/2026-01-01')
    """
    found = WRITTEN.fullmatch(text)
    if found is None or int(found["year"]) not in YEARS:
        raise PeriodError(f"{text} is no month or year")
    year = int(found["year"])
    return Period.month(year, int(found["month"])) if found["month"] else Period.year(year)


def name_of(period: Period) -> str:
    """The inverse of `named`.

    >>> name_of(Period.month(2025, 10)), name_of(Period.year(2025))
    ('2025-10', '2025')
    """
    return f"{period.starts_on:%Y-%m}" if is_month(period) else f"{period.starts_on:%Y}"


def spoken(period: Period) -> str:
    """As inside a sentence: the month with its year, or the year."""
    return words.month_name(period) if is_month(period) else f"{period.starts_on:%Y}"


def is_month(period: Period) -> bool:
    return len(period.months()) == 1
