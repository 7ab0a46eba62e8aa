"""The periods that a period is held against, so that a reader sees what is new. No Django here."""

from __future__ import annotations

from legevakt.lib.periods import Period, rolling_months

YEARS_BEFORE = 3
LONGEST_COMPARED = 12


def earlier_periods(period: Period) -> list[Period]:
    """Of a month the one before it, then the same months of three years before, latest first.

    Periods of more than a year overlap with themselves a year before, and have none.
    """
    months = len(period.months())
    if months > LONGEST_COMPARED:
        return []
    before = [rolling_months(1, before=period.starts_on)] if months == 1 else []
    return before + [_years_before(period, years) for years in range(1, YEARS_BEFORE + 1)]


def _years_before(period: Period, years: int) -> Period:
    first, end = period.starts_on, period.ends_on
    return Period(first.replace(year=first.year - years), end.replace(year=end.year - years))
