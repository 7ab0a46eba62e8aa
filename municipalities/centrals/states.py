"""How the checklists of centrals stand, counted in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q, QuerySet

from municipalities.centrals.models import Central, RequirementPlan
from municipalities.centrals.requirements import keys
from municipalities.centrals.rows import in_use, with_latest
from municipalities.centrals.rules import SOON, State


@dataclass(frozen=True, kw_only=True)
class ChecklistState:
    """How many rows the latest check found met, partly, not met; `never` have none.

    `late` and `soon` (within 14 days) are of all of them; `due_date` the first of these days.
    """

    met: int = 0
    partly: int = 0
    not_met: int = 0
    never: int = 0
    late: int = 0
    soon: int = 0
    due_date: date | None = None

    @property
    def total(self) -> int:
        return self.met + self.partly + self.not_met + self.never

    def __add__(self, other: ChecklistState) -> ChecklistState:
        dates = [each.due_date for each in (self, other) if each.due_date]
        return ChecklistState(
            met=self.met + other.met,
            partly=self.partly + other.partly,
            not_met=self.not_met + other.not_met,
            never=self.never + other.never,
            late=self.late + other.late,
            soon=self.soon + other.soon,
            due_date=min(dates, default=None),
        )


def states_of(*, centrals: QuerySet[Central], today: date) -> dict[Central, ChecklistState]:
    """The state of each central's checklist, by name. Two queries, however many they are."""
    counted = centrals.annotate(
        numbers_in_use=Count("numbers", filter=in_use(today, prefix="numbers__"))
    )
    checked = {row.pop("central"): row for row in _counts(centrals=centrals, today=today)}
    return {
        central: _state(numbers_in_use=central.numbers_in_use, counts=checked.get(central.pk, {}))
        for central in counted.order_by("name", "pk")
    }


def _counts(*, centrals: QuerySet[Central], today: date) -> QuerySet:
    """Of each central how its planned rows stand."""
    rows = Q(requirement__in=keys(per_number=False), number__isnull=True)
    rows |= Q(requirement__in=keys(per_number=True), number__isnull=False) & in_use(
        today, prefix="number__"
    )
    plans = RequirementPlan.objects.filter(rows, central__in=centrals)
    late = Q(next_due_date__lt=today)
    soon = Q(next_due_date__gte=today, next_due_date__lte=today + SOON)
    return (
        with_latest(plans)
        .values("central")
        .order_by("central")
        .annotate(
            met=Count("pk", filter=Q(last_result=State.MET)),
            partly=Count("pk", filter=Q(last_result=State.PARTLY)),
            not_met=Count("pk", filter=Q(last_result=State.NOT_MET)),
            late=Count("pk", filter=late),
            soon=Count("pk", filter=soon),
            due_date=Min("next_due_date", filter=late | soon),
        )
        .values("central", "met", "partly", "not_met", "late", "soon", "due_date")
    )


def _state(*, numbers_in_use: int, counts: dict) -> ChecklistState:
    total = len(keys(per_number=False)) + len(keys(per_number=True)) * numbers_in_use
    checked = sum(counts.get(name, 0) for name in ("met", "partly", "not_met"))
    return ChecklistState(**counts, never=total - checked)
