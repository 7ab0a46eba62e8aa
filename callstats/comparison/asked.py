"""What an address asks for; anything that is no such thing is no page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from django.http import Http404, QueryDict

from callstats.comparison.queries import year_until
from legevakt.lib.periods import Period, PeriodError, rolling_months

# From the earliest call that an import takes; the end of the last month is a day as well.
YEARS = range(2000, 9999)
MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
YEAR = re.compile(r"[0-9]{4}")
LAST_MONTHS = 12


def month(text: str) -> Period:
    """A month as 2025-10; raises Http404."""
    if not MONTH.fullmatch(text) or int(text[:4]) not in YEARS:
        raise Http404
    try:
        return Period.month(int(text[:4]), int(text[5:]))
    except PeriodError:
        raise Http404 from None


def year_or_last_months(query: QueryDict, *, today: date) -> Period:
    """`?year=2024`, or without it the last twelve complete months; raises Http404."""
    text = query.get("year", "")
    if not text:
        return rolling_months(LAST_MONTHS, before=today)
    if not YEAR.fullmatch(text) or int(text) not in YEARS:
        raise Http404
    try:
        return year_until(int(text), before=today)
    except PeriodError:
        raise Http404 from None


def between(query: QueryDict, *, told: Sequence[Period]) -> Period:
    """`?from=2025-01&to=2025-10`, both with; without them the last twelve months told of.

    Raises Http404.
    """
    last = told[-1].ends_on if told else date(YEARS.start, 2, 1)
    if text := query.get("to", ""):
        last = month(text).ends_on
    first = rolling_months(LAST_MONTHS, before=last).starts_on
    if text := query.get("from", ""):
        first = month(text).starts_on
    try:
        return Period(first, last)
    except PeriodError:
        raise Http404 from None
