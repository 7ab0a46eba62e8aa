"""A period of whole months as it stands in an address: 2025-10, 2025 or 2025-07--2025-09."""

from __future__ import annotations

import re

from legevakt.lib.periods import Period, PeriodError, rolling_months

# From the earliest call that an import takes; the end of the last month is a day as well.
YEARS = range(2000, 9999)
MOST_MONTHS = 60
MONTH = "([0-9]{4})-([0-9]{2})"
WRITTEN = re.compile(f"(?P<year>[0-9]{{4}})|{MONTH}(?:--{MONTH})?")


class NoPeriod(ValueError):
    """The text names no period of whole months, or one of more than five years."""


def period_of(text: str) -> Period:
    """The period; raises NoPeriod.

    >>> str(period_of("2025-07--2025-09"))
    '2025-07-01/2025-10-01'
    """
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise NoPeriod(text)
    try:
        if found["year"]:
            return _within_years(Period.year(int(found["year"])))
        first, last = _month(found[2], found[3]), _month(found[4] or found[2], found[5] or found[3])
        return _within_years(Period(first.starts_on, last.ends_on))
    except PeriodError as error:
        raise NoPeriod(text) from error


def address_of(period: Period) -> str:
    """The text that names it.

    >>> address_of(Period.year(2025)), address_of(Period.month(2025, 10))
    ('2025', '2025-10')
    """
    first, last = period.starts_on, rolling_months(1, before=period.ends_on).starts_on
    if period == Period.year(first.year):
        return f"{first:%Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    return f"{first:%Y-%m}--{last:%Y-%m}"


def _month(year: str, month: str) -> Period:
    return Period.month(int(year), int(month))


def _within_years(period: Period) -> Period:
    first, end = period.starts_on, period.ends_on
    months = 12 * (end.year - first.year) + end.month - first.month
    if first.year not in YEARS or months > MOST_MONTHS:
        raise NoPeriod(str(period))
    return period
