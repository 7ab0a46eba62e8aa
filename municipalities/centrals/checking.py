"""Planning and recording the checks of a central's checklist."""

from __future__ import annotations

from datetime import date, datetime

import pghistory
from django.db import transaction
from django.db.models import Q

from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.centrals.models import (
    Central,
    CheckResult,
    PublicNumber,
    RequirementCheck,
    RequirementPlan,
)
from municipalities.centrals.requirements import Requirement
from municipalities.centrals.rows import checks_of
from municipalities.centrals.rules import BETWEEN_REMINDERS, next_due
from municipalities.documents.models import Document


class NotYetChecked(ValueError):
    """A check is recorded when it is done, not before."""


@transaction.atomic
def record(
    *,
    central: Central,
    requirement: Requirement,
    number: PublicNumber | None,
    result: CheckResult,
    checked_date: date,
    evidence: str,
    document: Document | None,
    by: User | None,
    at: datetime,
) -> RequirementCheck:
    """What a check found; the next one is due an interval after the latest.

    Raises NotYetChecked.
    """
    if checked_date > local_day(at):
        raise NotYetChecked
    plan = _plan(central=central, requirement=requirement, number=number)
    check = RequirementCheck.objects.create(
        plan=plan,
        result=result,
        checked_date=checked_date,
        evidence=evidence.strip(),
        document=document,
        recorded_at=at,
        recorded_by=by,
    )
    plan.next_due_date = _reckoned(plan)
    plan.save(update_fields=["next_due_date"])
    return check


@transaction.atomic
def plan(
    *,
    central: Central,
    requirement: Requirement,
    number: PublicNumber | None,
    responsible: str,
    interval_months: int,
    due_date: date | None,
    reason: str = "",
) -> RequirementPlan:
    """Who looks after the row, and how often.

    Without a day of its own, or with a new interval and the day left as it was, the next check
    is due an interval after the latest.
    """
    found = _plan(central=central, requirement=requirement, number=number)
    is_as_before = due_date == found.next_due_date and interval_months != found.interval_months
    found.responsible, found.interval_months = responsible.strip(), interval_months
    found.next_due_date = due_date
    if due_date is None or is_as_before:
        found.next_due_date = _reckoned(found) or due_date
    with pghistory.context(reason=reason):
        found.save(update_fields=["responsible", "interval_months", "next_due_date"])
    return found


@transaction.atomic
def claim_reminder(*, central: Central, at: datetime) -> bool:
    """Whether it is the caller's to remind: one of all that try gets it, and none for a month."""
    unclaimed = Q(checks_reminded_at__isnull=True) | Q(
        checks_reminded_at__lte=at - BETWEEN_REMINDERS
    )
    rows = Central.objects.filter(unclaimed, pk=central.pk)
    return rows.update(checks_reminded_at=at) == 1


def _plan(
    *, central: Central, requirement: Requirement, number: PublicNumber | None
) -> RequirementPlan:
    """The row's plan, made when it is first needed, and locked."""
    RequirementPlan.objects.get_or_create(
        central=central,
        requirement=requirement.key,
        number=number,
        defaults={"interval_months": requirement.interval_months},
    )
    return RequirementPlan.objects.select_for_update(no_key=True).get(
        central=central, requirement=requirement.key, number=number
    )


def _reckoned(plan: RequirementPlan) -> date | None:
    """An interval after the latest check; None where there is none."""
    latest = checks_of(plan.pk).first()
    if latest is None:
        return None
    return next_due(checked=latest.checked_date, months=plan.interval_months)
