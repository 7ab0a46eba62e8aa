"""Facts of the doctors' duty: shifts of four years, and posts, exemptions and back-up duty.

Exemptions are told as to everybody: what the room hides is not here either.
"""

from __future__ import annotations

from typing import Any

from legevakt.lib.periods import DAY
from municipalities.models import Pool, PoolKind
from municipalities.queries import duty_in, members_within, shared_by_all, shift_years
from reporting.annual_report.chapters.chapter import ReportYear

YEARS_BEFORE = 3


def facts(asked: ReportYear) -> dict[str, Any]:
    """`years` the latest first; `{}` where nothing of the duty is registered. At most 9 queries.

    Null exemptions are hidden where `is_hidden` says so.
    """
    duty = duty_in(cooperation=asked.cooperation, year=asked.year, today=asked.known_day, user=None)
    years, back_up = _years(asked), _back_up(asked)
    duties = [_duty(each) for each in duty.municipalities]
    is_known = any(each["posts"] is not None or each["exemptions"] for each in duties)
    if not (years or back_up or is_known):
        return {}
    return {
        "day": duty.day.isoformat(),
        "duties": duties if is_known else [],
        "exemptions": duty.exemptions,
        "years": years,
        "back_up": back_up,
    }


def _duty(duty: Any) -> dict[str, Any]:
    left = None if duty.is_hidden else duty.posts_left
    return {
        "number": duty.municipality.number,
        "name": duty.municipality.name,
        "posts": duty.posts,
        "share_percent": None if duty.share_percent is None else str(duty.share_percent),
        "exemptions": None if duty.is_hidden else duty.exemptions,
        "is_hidden": duty.is_hidden,
        "posts_left": None if left is None else str(left),
    }


def _years(asked: ReportYear) -> list[dict[str, Any]]:
    """The years that have shifts, each with who took part, by number; null counts: not known."""
    years = range(asked.year - YEARS_BEFORE, asked.year + 1)
    rows = shift_years(cooperation=asked.cooperation, years=years, until=asked.known_day + DAY)
    by_year = {year: [each for each in rows if each.year == year] for year in reversed(years)}
    return [
        {
            "year": year,
            "is_crossing": any(each.is_crossing for each in told),
            "municipalities": [_shifts(each) for each in told],
        }
        for year, told in by_year.items()
        if any(each.counts for each in told)
    ]


def _shifts(told: Any) -> dict[str, Any]:
    """A municipality's of a year."""
    return {
        "number": told.municipality.number,
        "name": told.municipality.name,
        "counts": told.counts._asdict() if told.counts else None,
        "days": told.days,
        "days_in": told.days_in,
    }


def _back_up(asked: ReportYear) -> list[dict[str, Any]]:
    """Who shares the back-up duty some day of the year; what is between two is not told."""
    days = {"starts": asked.period.starts_on, "ends": asked.known_day + DAY}
    pools = shared_by_all(cooperation=asked.cooperation, kind=PoolKind.BACK_UP, **days)
    told = [{"name": pool.name, "members": _members(pool, days)} for pool in pools]
    return [each for each in told if each["members"]]


def _members(pool: Pool, days: dict[str, Any]) -> list[str]:
    members = members_within(pool=pool, **days)
    return list(dict.fromkeys(each.municipality.name for each in members))
