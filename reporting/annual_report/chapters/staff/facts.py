"""Facts of the staff: absence of all units together, HSE deviations, and competence as checked.

What may not be shown of few people is hidden before it comes here, and is not frozen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from legevakt.lib.periods import local_day
from municipalities.queries import absence_in, absence_percents, hse_between
from reporting.annual_report.chapters.chapter import ReportYear
from reporting.annual_report.chapters.staff.competence_facts import competence_facts

YEARS_BEFORE = 3
SHARES = ("total", "certified", "self_certified", "short", "long")


def facts(asked: ReportYear) -> dict[str, Any]:
    """The parts of which something is registered. Nine queries, and two for each central."""
    found = {
        "absence": _absence(asked),
        "hse": _hse(asked),
        "competence": competence_facts(asked),
    }
    return {name: told for name, told in found.items() if told}


def _absence(asked: ReportYear) -> list[dict[str, Any]]:
    """The years with a reported quarter, the latest first. `percent` null is not known in full."""
    until = _until(asked)
    quarters: dict[int, Mapping[int, Any]] = {}
    for year in (asked.year, asked.year - 2):
        told = absence_in(cooperation=asked.cooperation, year=year, today=until)
        quarters |= {year: told.quarters, year - 1: told.before}
    percents = absence_percents(cooperation=asked.cooperation, years=quarters)
    return [
        {
            "year": year,
            "percent": str(percents[year]) if year in percents else None,
            "quarters": [
                {"quarter": quarter, **_quarter(shown)} for quarter, shown in told.items()
            ],
        }
        for year, told in quarters.items()
        if any(told.values())
    ]


def _quarter(shown: Any) -> dict[str, Any]:
    """All units together, in per cent as text; null is hidden, or not told."""
    if shown is None:
        return {"is_reported": False}
    shares = shown.together
    told = {name: getattr(shares, name) for name in SHARES}
    return {
        "is_reported": True,
        "is_hidden": shares.hidden is not None,
        "is_split_hidden": shares.split_hidden is not None,
        "units": len(shown.units),
        "employees": shares.employees,
        **{name: None if share is None else str(share) for name, share in told.items()},
    }


def _hse(asked: ReportYear) -> list[dict[str, Any]]:
    """The years with a reported month, the latest first; a null count is not reported."""
    until = _until(asked).replace(day=1)
    since = date(asked.year - YEARS_BEFORE, 1, 1)
    months = hse_between(cooperation=asked.cooperation, since=since, until=until)
    by_year = {
        year: [each for each in months if each["month"][:4] == str(year)]
        for year in range(asked.year, since.year - 1, -1)
    }
    return [
        {"year": year, "months": told}
        for year, told in by_year.items()
        if any(month["count"] is not None for month in told)
    ]


def _until(asked: ReportYear) -> date:
    """The day up to which quarters and months are over."""
    return min(asked.period.ends_on, local_day(asked.at))
