"""Reads of deviations: a year, a series of months, what waits and what the hub says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Sum as SumOf
from django.urls import reverse
from django.utils.translation import gettext as _

from legevakt.lib.periods import Period
from legevakt.lib.words import month_name
from municipalities.access.models import Membership, User
from municipalities.access.rules import Role
from municipalities.cooperations.models import Cooperation
from municipalities.quality.deviations.models import (
    DeviationCategory,
    DeviationCount,
    DeviationMonth,
    DeviationSeverity,
    OfQualityQuerySet,
)
from municipalities.quality.deviations.rules import (
    MonthFigures,
    Sum,
    asked_for_by,
    by_key,
    is_over,
    months_between,
    summed,
)
from municipalities.quality.notes.models import NoteSubject, QualityNote
from municipalities.todo import Todo


@dataclass(frozen=True, kw_only=True)
class DeviationYear:
    """A year's months that are over, and the names (pk → name) that its counts use."""

    year: int
    months: Sequence[MonthFigures]
    categories: dict[int, str]
    severities: dict[int, str]
    notes: Sequence[QualityNote]

    @property
    def total(self) -> Sum:
        """All the year's deviations, and how many months tell of them."""
        return summed(self.months)

    def sums(self, name: str) -> dict[int | str | None, int] | None:
        """The year's `by_category`, `by_severity` or `by_state`; None where no month is told."""
        return by_key(self.months, name) if self.total.reported else None


@dataclass(frozen=True)
class Summary:
    """The latest reported month and its count, and whether one that should be there is missing."""

    month: date | None
    count: int | None
    is_missing: bool


def year_of(*, cooperation: Cooperation, year: int, today: date) -> DeviationYear:
    """The year as it is reported. Five queries."""
    days = Period.year(year)
    months = series_of(
        cooperation=cooperation, since=days.starts_on, until=min(days.ends_on, today)
    )
    return DeviationYear(
        year=year,
        months=[each for each in months if is_over(each.month, today=today)],
        categories=_names(DeviationCategory.objects.filter(cooperation=cooperation)),
        severities=_names(DeviationSeverity.objects.filter(cooperation=cooperation)),
        notes=notes_of(cooperation=cooperation, since=days.starts_on, until=days.ends_on),
    )


def years_before(
    found: DeviationYear, *, cooperation: Cooperation, count: int
) -> list[DeviationYear]:
    """The years before the found one that have a reported month, the latest first. Two queries."""
    since, until = date(found.year - count, 1, 1), date(found.year, 1, 1)
    series = series_of(cooperation=cooperation, since=since, until=until)
    years = [
        replace(
            found, year=year, months=[each for each in series if each.month.year == year], notes=()
        )
        for year in range(found.year - 1, since.year - 1, -1)
    ]
    return [each for each in years if each.total.reported]


def series_of(*, cooperation: Cooperation, since: date, until: date) -> list[MonthFigures]:
    """Every month with a day in the half-open days, those not reported too. Two queries."""
    reported = {
        each.month_date: each
        for each in cooperation.deviation_months.filter(
            month_date__gte=since.replace(day=1), month_date__lt=until
        )
    }
    counts: dict[int, list[DeviationCount]] = {}
    for row in DeviationCount.objects.filter(month__in=reported.values()):
        counts.setdefault(row.month_id, []).append(row)
    return [_figures(month, reported.get(month), counts) for month in months_between(since, until)]


def years_of(*, cooperation: Cooperation, today: date) -> list[int]:
    """The years with a reported month, and this one; the latest first."""
    found = cooperation.deviation_months.dates("month_date", "year")
    return sorted({today.year, *(each.year for each in found)}, reverse=True)


def notes_of(*, cooperation: Cooperation, since: date, until: date) -> list[QualityNote]:
    """The notes on the curve that begin in the half-open days."""
    notes = QualityNote.objects.filter(
        cooperation=cooperation,
        subject=NoteSubject.DEVIATIONS,
        starts_date__gte=since,
        starts_date__lt=until,
    )
    return list(notes.order_by("starts_date", "pk"))


def offered(
    kind: type[DeviationCategory] | type[DeviationSeverity],
    *,
    cooperation: Cooperation,
    month: date,
    used: set[int],
) -> list[Any]:
    """The words of a list that a month may use: not ended before it, or used in it."""
    entries = kind.objects.filter(cooperation=cooperation).order_by("position", "name", "pk")
    return [
        each
        for each in entries
        if each.ends_date is None or each.ends_date > month or each.pk in used
    ]


def summary_of(*, cooperation: Cooperation, user: User, today: date) -> Summary:
    """What the hub's card says. Two queries."""
    months = DeviationMonth.objects.visible_to(user).filter(cooperation=cooperation)
    latest = months.annotate(total=SumOf("counts__count")).order_by("-month_date").first()
    asked, _day = asked_for_by(today)
    is_missing = not months.filter(month_date=asked).exists()
    if latest is None:
        return Summary(None, None, is_missing)
    return Summary(latest.month_date, latest.total or 0, is_missing)


def waiting_for(*, cooperation: Cooperation, user: User, today: date) -> list[Todo]:
    """The leader is asked for a month that is not reported by the 15th after. Two queries."""
    month, day = asked_for_by(today)
    leads = Membership.objects.filter(user=user, cooperation=cooperation, role=Role.LEADER)
    if not leads.exists() or cooperation.deviation_months.filter(month_date=month).exists():
        return []
    name = month_name(Period.month(month.year, month.month))
    return [
        Todo(
            _("The deviations of %(month)s are not reported.") % {"month": name},
            reverse("deviation_month", args=[cooperation.slug, month.year, month.month]),
            day,
        )
    ]


def _figures(
    month: date, found: DeviationMonth | None, counts: dict[int, list[DeviationCount]]
) -> MonthFigures:
    if found is None:
        return MonthFigures(month=month, is_reported=False)
    by_category: dict[int, int] = {}
    by_severity: dict[int | None, int] = {}
    by_state: dict[str, int] = {}
    for row in counts.get(found.pk, []):
        by_category[row.category_id] = by_category.get(row.category_id, 0) + row.count
        by_severity[row.severity_id] = by_severity.get(row.severity_id, 0) + row.count
        by_state[row.state] = by_state.get(row.state, 0) + row.count
    return MonthFigures(
        month=month,
        is_reported=True,
        by_category=by_category,
        by_severity=by_severity,
        by_state=by_state,
        median_days=found.median_days,
    )


def _names(entries: OfQualityQuerySet) -> dict[int, str]:
    return dict(entries.order_by("position", "name", "pk").values_list("pk", "name"))
