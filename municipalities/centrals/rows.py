"""The rows of a central's checklist: every requirement, planned or not, and its checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from municipalities.centrals.models import (
    Central,
    PublicNumber,
    RequirementCheck,
    RequirementPlan,
)
from municipalities.centrals.requirements import Requirement, requirements
from municipalities.centrals.rules import State, is_late, is_soon


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of a central's checklist, planned or not. `due_date` is None until it is planned."""

    requirement: Requirement
    number: PublicNumber | None
    plan_id: int | None
    responsible: str
    interval_months: int
    state: State
    checked_date: date | None
    due_date: date | None
    today: date

    @property
    def key(self) -> str:
        """The row's name in addresses."""
        return self.requirement.row_key(self.number.pk if self.number else None)

    @property
    def is_late(self) -> bool:
        return is_late(self.due_date, today=self.today)

    @property
    def is_soon(self) -> bool:
        return is_soon(self.due_date, today=self.today)


def in_use(day: date, *, prefix: str = "") -> Q:
    """The public numbers that are in use on the day."""
    begun = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})
    going = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": day})
    return begun & going


def rows_of(*, central: Central, today: date) -> list[Row]:
    """Every row of the central's checklist, in its order, by the checks up to the day.

    Responsible and next check are as they are planned now. Two queries.
    """
    numbers = list(central.numbers.filter(in_use(today)).order_by("line_class", "number", "pk"))
    plans = {
        (plan.requirement, plan.number_id): plan
        for plan in with_latest(central.requirements.all(), until=today)
    }
    return [
        _row(requirement, number, plans, today=today)
        for requirement in requirements().values()
        for number in (numbers if requirement.is_per_number else [None])
    ]


def checks_of(plan_id: int | None) -> QuerySet[RequirementCheck]:
    """The checks of a row, the newest first."""
    return (
        RequirementCheck.objects.filter(plan=plan_id)
        .select_related("recorded_by", "document")
        .order_by("-checked_date", "-pk")
    )


def with_latest(plans: QuerySet[RequirementPlan], *, until: date | None = None) -> QuerySet:
    """The plans with the result and day of the latest check, of all or of those up to a day.

    By requirement_checked.
    """
    checks = RequirementCheck.objects.filter(plan=OuterRef("pk"))
    if until:
        checks = checks.filter(checked_date__lte=until)
    latest = checks.order_by("-checked_date", "-pk")
    return plans.annotate(
        last_result=Subquery(latest.values("result")[:1]),
        last_date=Subquery(latest.values("checked_date")[:1]),
    )


def _row(requirement: Requirement, number: PublicNumber | None, plans: dict, *, today: date) -> Row:
    plan = plans.get((requirement.key, number.pk if number else None))
    return Row(
        requirement=requirement,
        number=number,
        plan_id=plan.pk if plan else None,
        responsible=plan.responsible if plan else "",
        interval_months=plan.interval_months if plan else requirement.interval_months,
        state=State(plan.last_result) if plan and plan.last_result else State.NEVER,
        checked_date=plan.last_date if plan else None,
        due_date=plan.next_due_date if plan else None,
        today=today,
    )
