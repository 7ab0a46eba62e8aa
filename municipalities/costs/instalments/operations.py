"""The year's a-konto: a plan from the adopted budget, approved by another; and what was paid."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from legevakt.lib.money import Unit
from municipalities.access.models import User
from municipalities.costs.accounts.queries import budget_in_force
from municipalities.costs.allocation.lines import Line
from municipalities.costs.instalments import rules
from municipalities.costs.instalments.errors import CannotPlan
from municipalities.costs.instalments.models import (
    Instalment,
    InstalmentPlan,
    Payment,
    PlanLine,
    PlanState,
)
from municipalities.costs.instalments.queries import instalments_in
from municipalities.costs.instalments.sharing import shared_budget
from municipalities.costs.keys.kept import kept_steps
from municipalities.costs.pools.models import PoolYear
from municipalities.register.models import Municipality

Kept = Mapping[str, Mapping[int, Decimal]]


@transaction.atomic
def prepare(
    *,
    pool_year: PoolYear,
    by: User | None,
    at: datetime,
    due_dates: Mapping[int, date] | None = None,
) -> InstalmentPlan:
    """A draft from the budget in force; a draft that is there is made anew. Safe to repeat.

    Instalments that are claimed stay as they are in a plan that replaces another: what is changed
    is parted among those that are left. Raises CannotPlan and CannotAllocate.
    """
    year = PoolYear.objects.select_for_update().select_related("pool").get(pk=pool_year.pk)
    _check_is_unsettled(year)
    budget = budget_in_force(year)
    if budget is None:
        raise CannotPlan("no_budget", year=year.year)
    year.instalment_plans.filter(state=PlanState.DRAFT).delete()
    shared = shared_budget(pool_year=year, budget=budget)
    plan = InstalmentPlan.objects.create(
        pool_year=year,
        number=(year.instalment_plans.aggregate(last=Max("number"))["last"] or 0) + 1,
        budget=budget,
        amount=shared.allocation.amount,
        terms=shared.terms,
        prepared_at=at,
        prepared_by=by,
    )
    usual = enumerate(rules.due_dates(year=year.year, count=instalments_in(year)), 1)
    asked = due_dates or {}
    dates = {number: asked.get(number, day) for number, day in usual}
    _write(plan, shared.allocation.lines, dates=dates, kept=_claimed(year))
    return plan


def _check_is_unsettled(year: PoolYear) -> None:
    """What is settled finally has deducted the a-konto; other instalments would be claimed too."""
    if year.settlements.filter(state="approved", kind="final").exists():
        raise CannotPlan("year_is_settled", year=year.year)


def _claimed(year: PoolYear) -> Kept:
    """Municipality number → instalment → what is claimed, by whichever plan held then."""
    kept: dict[str, dict[int, Decimal]] = {}
    rows = Instalment.objects.filter(line__plan__pool_year=year, claim__isnull=False)
    for row in rows.select_related("line__municipality"):
        kept.setdefault(row.line.municipality.number, {})[row.number] = row.amount
    return kept


def _write(
    plan: InstalmentPlan, lines: tuple[Line, ...], *, dates: Mapping[int, date], kept: Kept
) -> None:
    known = Municipality.objects.filter(pk__in=plan.pool_year.pool.members.values("municipality"))
    municipalities = {each.number: each for each in known.order_by("valid_from")}
    for line in lines:
        row = PlanLine.objects.create(
            plan=plan,
            municipality=municipalities[line.code],
            amount=line.amount,
            share=str(line.share),
            steps=kept_steps(line),
        )
        _write_instalments(row, dates=dates, kept=kept.get(line.code, {}))
    for code in sorted(kept.keys() - {line.code for line in lines}):
        row = PlanLine.objects.create(
            plan=plan, municipality=municipalities[code], amount=Decimal(0), share="0"
        )
        _write_instalments(row, dates=dates, kept=kept[code])


def _write_instalments(
    row: PlanLine, *, dates: Mapping[int, date], kept: Mapping[int, Decimal]
) -> None:
    has_ore = any(amount % 1 for amount in kept.values())
    unit = Unit.ORE if has_ore else Unit(row.plan.pool_year.pool.unit)
    if len(kept) == len(dates) and sum(kept.values()) != row.amount:
        raise CannotPlan("all_claimed", municipality=row.municipality.name)
    amounts = rules.parted(share=row.amount, count=len(dates), unit=unit, kept=kept)
    Instalment.objects.bulk_create(
        Instalment(line=row, number=number, due_date=dates[number], amount=amount)
        for number, amount in sorted(amounts.items())
    )


@transaction.atomic
def approve(*, plan: InstalmentPlan, by: User | None, at: datetime) -> InstalmentPlan:
    """The plan holds from now on, and the one before it no longer. Raises CannotPlan.

    Approving again changes nothing. Whoever prepared it cannot approve it.
    """
    PoolYear.objects.select_for_update().get(pk=plan.pool_year_id)
    found = InstalmentPlan.objects.select_related("pool_year").get(pk=plan.pk)
    if found.state == PlanState.APPROVED:
        return found
    if found.state != PlanState.DRAFT:
        raise CannotPlan("wrong_state")
    if by is not None and by.pk == found.prepared_by_id:
        raise CannotPlan("approved_by_who_prepared")
    if budget_in_force(found.pool_year) != found.budget:
        raise CannotPlan("budget_has_changed")
    _check_is_unsettled(found.pool_year)
    if not _keeps_what_is_claimed(found):
        raise CannotPlan("claimed_since")
    plans = InstalmentPlan.objects.filter(pool_year=found.pool_year, state=PlanState.APPROVED)
    plans.update(state=PlanState.REPLACED)
    found.state, found.approved_at, found.approved_by = PlanState.APPROVED, at, by
    found.save()
    return found


def _keeps_what_is_claimed(plan: InstalmentPlan) -> bool:
    """Whether what was claimed after the draft was made too is as large in it."""
    rows = Instalment.objects.filter(line__plan=plan)
    own = {
        (code, number): amount
        for code, number, amount in rows.values_list(
            "line__municipality__number", "number", "amount"
        )
    }
    claimed = _claimed(plan.pool_year).items()
    return all(
        own.get((code, number)) == amount
        for code, kept in claimed
        for number, amount in kept.items()
    )


@transaction.atomic
def record_payment(
    *,
    pool_year: PoolYear,
    municipality: Municipality,
    amount: Decimal,
    paid_date: date,
    reference: str,
    by: User | None,
    at: datetime,
) -> Payment:
    """What was paid; the same reference again changes nothing. Raises CannotPlan."""
    payment, is_new = Payment.objects.get_or_create(
        pool_year=pool_year,
        municipality=municipality,
        reference=reference,
        defaults={
            "amount": amount,
            "paid_date": paid_date,
            "recorded_at": at,
            "recorded_by": by,
        },
    )
    if not is_new and payment.amount != amount:
        raise CannotPlan("paid_with_another_amount", reference=reference, amount=payment.amount)
    return payment


@transaction.atomic
def record_all_paid(
    *, plan: InstalmentPlan, number: int, paid_date: date, by: User | None, at: datetime
) -> int:
    """Everybody has paid the instalment on the day; how many of them. Safe to repeat.

    Raises CannotPlan, with nothing stored, where somebody is recorded with another amount.
    """
    rows = Instalment.objects.filter(line__plan=plan, number=number)
    due = [row for row in rows.select_related("line__municipality") if row.amount]
    for row in due:
        record_payment(
            pool_year=plan.pool_year,
            municipality=row.line.municipality,
            amount=row.amount,
            paid_date=paid_date,
            reference=rules.reference(year=plan.pool_year.year, number=number),
            by=by,
            at=at,
        )
    return len(due)
