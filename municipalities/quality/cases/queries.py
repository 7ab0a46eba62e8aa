"""Reads of complaints and supervision, and what waits for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from municipalities.access.models import User
from municipalities.access.permissions import is_held
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.quality.cases.models import (
    ComplaintCount,
    ComplaintKind,
    Supervision,
    SupervisionOutcome,
)
from municipalities.quality.cases.rules import Cell, ComplaintYear, Counted
from municipalities.todo import Todo

SOON = timedelta(days=30)
IS_OPEN = Q(outcome=SupervisionOutcome.OPEN) | Q(
    outcome=SupervisionOutcome.BREACH, corrected_date__isnull=True
)


@dataclass(frozen=True)
class Summary:
    """This year's complaints and last year's; the cases of supervision that are open or late."""

    complaints: ComplaintYear
    before: ComplaintYear
    open: int
    late: int


def complaints_of(*, cooperation: Cooperation, year: int) -> ComplaintYear:
    """The year's complaints. One query."""
    return _of_years(cooperation, [year])[0]


def complaints_beside(*, cooperation: Cooperation, years: Sequence[int]) -> list[ComplaintYear]:
    """The complaints of each year, in the order asked for. One query."""
    return _of_years(cooperation, years)


def counts_of(*, cooperation: Cooperation, year: int, quarter: int) -> list[ComplaintCount]:
    """What is reported of a quarter."""
    rows = ComplaintCount.objects.filter(cooperation=cooperation, year=year, quarter=quarter)
    return list(rows.order_by("kind"))


def years_of(cooperation: Cooperation) -> list[int]:
    """The years of which a complaint is reported, the newest first."""
    rows = ComplaintCount.objects.filter(cooperation=cooperation)
    return list(rows.values_list("year", flat=True).distinct().order_by("-year"))


def supervisions_of(*, cooperation: Cooperation, user: User) -> QuerySet[Supervision]:
    """Every case, the newest first."""
    rows = Supervision.objects.visible_to(user).filter(cooperation=cooperation)
    return rows.order_by("-opened_date", "-pk")


def supervisions_until(*, cooperation: Cooperation, day: date) -> list[Supervision]:
    """The cases that were opened before the day, the oldest first. One query."""
    rows = Supervision.objects.filter(cooperation=cooperation, opened_date__lt=day)
    return list(rows.order_by("opened_date", "pk"))


def open_supervisions(cooperation: Cooperation) -> list[Supervision]:
    """The cases that are not concluded, and breaches not put right, by deadline."""
    rows = Supervision.objects.filter(IS_OPEN, cooperation=cooperation)
    return sorted(rows, key=lambda each: (each.deadline_date or date.max, each.pk))


def summary_of(*, cooperation: Cooperation, user: User, today: date) -> Summary:
    """What hubs say. Two queries."""
    rows = Supervision.objects.filter(cooperation=cooperation).filter(IS_OPEN)
    late = Q(outcome=SupervisionOutcome.BREACH, deadline_date__lt=today)
    complaints, before = _of_years(cooperation, [today.year, today.year - 1])
    return Summary(
        complaints=complaints,
        before=before,
        **rows.aggregate(open=Count("pk"), late=Count("pk", filter=late)),
    )


def waiting_for(*, cooperation: Cooperation, user: User, today: date) -> list[Todo]:
    """Breaches that are to be put right within 30 days, or should have been. Two queries."""
    if not is_held(user=user, permission=Permission.MANAGE_QUALITY, cooperation=cooperation):
        return []
    rows = Supervision.objects.filter(
        cooperation=cooperation,
        outcome=SupervisionOutcome.BREACH,
        corrected_date__isnull=True,
        deadline_date__lte=today + SOON,
    )
    return [
        Todo(
            _("%(authority)s %(reference)s: the breach is to be put right")
            % {"authority": each.authority, "reference": each.reference},
            reverse("supervision", args=[cooperation.slug, each.pk]),
            each.deadline_date,
        )
        for each in rows.order_by("deadline_date", "pk")
    ]


def _of_years(cooperation: Cooperation, years: Sequence[int]) -> list[ComplaintYear]:
    """The complaints of each year, in the order asked for. One query."""
    cells: dict[int, dict[Cell, Counted]] = {year: {} for year in years}
    for each in ComplaintCount.objects.filter(cooperation=cooperation, year__in=years):
        counted = Counted(each.received, each.decided, each.upheld)
        cells[each.year][each.quarter, each.kind] = counted
    return [ComplaintYear(year, tuple(ComplaintKind.values), cells[year]) for year in years]
