"""Reads of deviations: a year's months, a span, and what waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from legevakt.lib.periods import Period, last_complete_month
from legevakt.lib.words import month_name
from municipalities.access.models import User
from municipalities.access.permissions import is_held
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.quality.deviations.models import DeviationCount, DeviationMonth
from municipalities.quality.deviations.rules import Reported, Year, months_between, months_of
from municipalities.todo import Todo

REPORTED_BY = timedelta(days=14)  # of the month after


@dataclass(frozen=True)
class Summary:
    """The last reported month, and the one before it; None where there is none."""

    last: Reported | None
    before: Reported | None


def year_of(*, cooperation: Cooperation, year: int) -> Year:
    """The year's months with what is reported. Two queries."""
    return span_of(cooperation=cooperation, months=months_of(year))


def series_of(*, cooperation: Cooperation, since: date, until: date) -> Year:
    """The months that begin before `until`, from that of `since`. Two queries."""
    return span_of(cooperation=cooperation, months=months_between(since=since, until=until))


def span_of(*, cooperation: Cooperation, months: Sequence[date]) -> Year:
    """The months with what is reported of them. Two queries."""
    rows = DeviationMonth.objects.filter(cooperation=cooperation, month_date__in=months)
    reported = dict(rows.values_list("pk", "month_date"))
    counts: dict[int, dict[tuple[str, str, str], int]] = {pk: {} for pk in reported}
    found = DeviationCount.objects.filter(month__in=list(reported)).values_list(
        "month", "category__name", "severity__name", "state", "count"
    )
    for month, category, severity, state, count in found:
        counts[month][category, severity or "", state] = count
    return Year(
        months=months,
        reported={day: Reported(day, counts[pk]) for pk, day in reported.items()},
    )


def rows_of(*, cooperation: Cooperation, year: int) -> dict[date, DeviationMonth]:
    """The reported months of the year as they are stored."""
    rows = DeviationMonth.objects.filter(cooperation=cooperation, month_date__year=year)
    return {each.month_date: each for each in rows.select_related("reported_by")}


def years_of(cooperation: Cooperation) -> list[int]:
    """The years of which something is reported, the newest first."""
    found = DeviationMonth.objects.filter(cooperation=cooperation).dates("month_date", "year")
    return sorted({each.year for each in found}, reverse=True)


def summary_of(*, cooperation: Cooperation, user: User, today: date) -> Summary:
    """The last two months that are reported. Three queries."""
    days = DeviationMonth.objects.filter(cooperation=cooperation).order_by("-month_date")
    last = list(days.values_list("month_date", flat=True)[:2])
    found = span_of(cooperation=cooperation, months=last)
    told = [found.reported[each] for each in last]
    return Summary(last=told[0] if told else None, before=told[1] if len(told) > 1 else None)


def waiting_for(*, cooperation: Cooperation, user: User, today: date) -> list[Todo]:
    """Last month's deviations, once they should have been reported. Two queries.

    Of a cooperation that has begun to report them.
    """
    if not is_held(user=user, permission=Permission.MANAGE_QUALITY, cooperation=cooperation):
        return []
    last = last_complete_month(today)
    rows = DeviationMonth.objects.filter(cooperation=cooperation)
    due = last.ends_on + REPORTED_BY
    known = set(rows.filter(month_date__lte=last.starts_on).values_list("month_date", flat=True))
    if not known or last.starts_on in known or today < last.ends_on:
        return []
    told = {"month": month_name(last)}
    url = reverse("deviation_month", args=[cooperation.slug, f"{last.starts_on:%Y-%m}"])
    return [Todo(capfirst(_("report the deviations of %(month)s") % told), url, due)]


def month_from(text: str) -> date | None:
    """The first day of the month that an address names as YYYY-MM, if it does."""
    try:
        year, month = text.split("-")
        return Period.month(int(year), int(month)).starts_on
    except ValueError:
        return None
