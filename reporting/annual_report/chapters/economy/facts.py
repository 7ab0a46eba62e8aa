"""The economy of the year and up to three before it, as JSON: kroner as text, days as ISO 8601.

`pools`: slug, name and `years`, the newest first. A year has `figures` (wages, running, capital,
own_revenue, net; each with budget, budget_so_far, accounts, deviation, percent, forecast; null is
not known), `keys` as they were kept, `settlement` or null, and `municipalities`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from municipalities.queries import Paid, YearOfPool, years_of_pools
from reporting.annual_report.chapters.chapter import ReportYear

YEARS_BEFORE = 3
OF_COSTS = ("wages", "running", "capital", "own_revenue")
TERMS = (
    "number",
    "starts",
    "ends",
    "counted_date",
    "usage_measure",
    "usage_years",
    "overhead_nok",
    "overhead_percent_of_wages",
    "floor",
    "cap",
    "parts",
)
STEPS = ("gross", "own_revenue", "overhead", "fund", "rounding", "net")


def facts(asked: ReportYear) -> dict[str, Any]:
    """Of the pools that all share in the year; {} where nothing of any of them is stored."""
    years = range(asked.year - YEARS_BEFORE, asked.year + 1)
    known = years_of_pools(cooperation=asked.cooperation, years=years)
    found = [each for each in known if _is_shared(each, year=asked.year)]
    if not found:
        return {}
    pools = groupby(found, key=lambda each: each.pool_year.pool)
    return {
        "year": asked.year,
        "pools": [
            {"slug": pool.slug, "name": pool.name, "years": [_year(each) for each in rows]}
            for pool, rows in pools
        ],
    }


def _is_shared(known: YearOfPool, *, year: int) -> bool:
    pool = known.pool_year.pool
    begins, ends = pool.starts_date, pool.ends_date or date.max
    return begins < date(year + 1, 1, 1) and ends > date(year, 1, 1)


def _year(known: YearOfPool) -> dict[str, Any]:
    return {
        "year": known.pool_year.year,
        "is_closed": known.pool_year.is_closed,
        "up_to_month": known.up_to_month,
        "figures": _figures(known),
        "keys": [{name: key[name] for name in TERMS if name in key} for key in known.keys],
        "settlement": _settlement(known),
        "municipalities": [_paid(each) for each in known.lines],
    }


def _figures(known: YearOfPool) -> dict[str, dict[str, str | None]]:
    """As the page of the accounts shows them; what is not stored is null, and never nought."""
    report = known.report
    rows = {name: report.by_treatment[name] for name in OF_COSTS} | {"net": report.net}
    budget, accounts = report.budget is not None, report.accounts is not None
    return {
        name: {
            "budget": _told(row.budget) if budget else None,
            "budget_so_far": _told(row.budget_so_far) if budget and accounts else None,
            "accounts": _told(row.accounts) if accounts else None,
            "deviation": _told(row.deviation) if budget and accounts else None,
            "percent": _told(row.deviation_percent) if budget and accounts else None,
            "forecast": _told(row.forecast) if budget and accounts else None,
        }
        for name, row in rows.items()
    }


def _told(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def _settlement(known: YearOfPool) -> dict[str, Any] | None:
    found = known.settlement
    if found is None:
        return None
    steps = {name: str(getattr(found, name)) for name in STEPS}
    return {
        "kind": found.kind,
        "state": found.state,
        "is_correction": found.corrects_id is not None,
        **steps,
    }


def _paid(line: Paid) -> dict[str, Any]:
    return {
        "number": line.number,
        "name": line.name,
        "share_percent": str(line.share_percent),
        "inhabitants": line.inhabitants,
        "days": [line.days.starts_on.isoformat(), line.days.ends_on.isoformat()]
        if line.days
        else None,
        "amount": str(line.amount),
        "a_konto": str(line.a_konto),
        "settled_before": _told(line.settled_before),
        "rest": _told(line.rest),
        "is_host": line.claimed is None,
        "claimed": _told(line.claimed),
    }
