"""Reads of sickness absence: quarters with what may be shown of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from municipalities.access.models import User
from municipalities.access.permissions import is_held
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.quality.absence.models import SicknessAbsence
from municipalities.quality.absence.rules import Days, Shown, shown
from municipalities.todo import Todo

REPORTED_BY = timedelta(days=45)
Quarter = tuple[int, int]  # year, quarter


@dataclass(frozen=True)
class QuarterShown:
    """A quarter: its units and their sum as they may be shown; no unit where it is missing."""

    year: int
    quarter: int
    units: tuple[Shown, ...]
    total: Shown | None

    @property
    def is_reported(self) -> bool:
        return bool(self.units)


def quarters_of(*, cooperation: Cooperation, quarters: Iterable[Quarter]) -> list[QuarterShown]:
    """The quarters, in order, each as it may be shown. One query."""
    wanted = list(quarters)
    rows = SicknessAbsence.objects.filter(
        cooperation=cooperation, year__in={year for year, _quarter in wanted}
    ).order_by("unit", "pk")
    by_quarter: dict[Quarter, list[Days]] = defaultdict(list)
    for row in rows:
        by_quarter[row.year, row.quarter].append(_days(row))
    return [_shown(each, by_quarter[each]) for each in wanted]


def year_of(*, cooperation: Cooperation, year: int) -> list[QuarterShown]:
    """The four quarters of a year. One query."""
    return quarters_of(cooperation=cooperation, quarters=[(year, n) for n in range(1, 5)])


def ended_quarters(*, until: date, count: int) -> list[Quarter]:
    """The last quarters that have ended before the day, in order.

    >>> ended_quarters(until=date(2025, 11, 10), count=3)
    [(2025, 1), (2025, 2), (2025, 3)]
    """
    found, year, quarter = [], until.year, (until.month - 1) // 3 + 1
    for _n in range(count):
        year, quarter = (year, quarter - 1) if quarter > 1 else (year - 1, 4)
        found.append((year, quarter))
    return found[::-1]


def years_of(cooperation: Cooperation) -> list[int]:
    """The years of which something is reported, the newest first."""
    rows = SicknessAbsence.objects.filter(cooperation=cooperation)
    return list(rows.values_list("year", flat=True).distinct().order_by("-year"))


def summary_of(*, cooperation: Cooperation, user: User, today: date) -> QuarterShown | None:
    """The last quarter that is reported, of the last eight. One query."""
    found = quarters_of(cooperation=cooperation, quarters=ended_quarters(until=today, count=8))
    return next((each for each in reversed(found) if each.is_reported), None)


def waiting_for(*, cooperation: Cooperation, user: User, today: date) -> list[Todo]:
    """A quarter that should have been reported, where the cooperation has begun to. Two queries."""
    if not is_held(user=user, permission=Permission.MANAGE_QUALITY, cooperation=cooperation):
        return []
    (last,) = ended_quarters(until=today, count=1)
    due = date(last[0] + last[1] // 4, last[1] * 3 % 12 + 1, 1) + REPORTED_BY
    rows = SicknessAbsence.objects.filter(cooperation=cooperation)
    known = set(rows.values_list("year", "quarter").distinct())
    if not known or last in known or today < due - REPORTED_BY / 2:
        return []
    told = {"quarter": last[1], "year": last[0]}
    return [
        Todo(
            _("Report the sickness absence of quarter %(quarter)s, %(year)s") % told,
            reverse("absence_new", args=[cooperation.slug]),
            due,
        )
    ]


def _days(row: SicknessAbsence) -> Days:
    return Days(
        unit=row.unit,
        employees=row.employees,
        agreed=row.agreed_days,
        certified=row.certified_days,
        self_certified=row.self_certified_days,
        short=row.short_days,
        long=row.long_days,
    )


def _shown(quarter: Quarter, days: list[Days]) -> QuarterShown:
    units, total = shown(days)
    return QuarterShown(year=quarter[0], quarter=quarter[1], units=tuple(units), total=total)
