"""The way of a budget: drafted, written, adopted; a later one revises it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.costs.accounts.errors import CannotAccount
from municipalities.costs.accounts.files import Line
from municipalities.costs.accounts.models import Budget, BudgetLine, BudgetState
from municipalities.costs.accounts.queries import budget_in_force, treatments_of
from municipalities.costs.pools.models import PoolYear


@transaction.atomic
def draft_budget(
    *, pool_year: PoolYear, by: User | None, at: datetime, changes: str = ""
) -> Budget:
    """The next version, with the lines of the one in force. A draft that is there is given back.

    Raises CannotAccount: revised_without_why, where there is one in force.
    """
    year = PoolYear.objects.select_for_update().get(pk=pool_year.pk)
    under_way = year.budgets.filter(state=BudgetState.DRAFT).first()
    if under_way:
        return under_way
    earlier = budget_in_force(year)
    if earlier and not changes.strip():
        raise CannotAccount("revised_without_why")
    number = year.budgets.aggregate(last=Max("number"))["last"] or 0
    draft = Budget.objects.create(
        pool_year=year, number=number + 1, changes=changes.strip(), created_at=at, created_by=by
    )
    for line in earlier.lines.order_by("pk") if earlier else ():
        BudgetLine.objects.create(
            budget=draft,
            function=line.function,
            art=line.art,
            text=line.text,
            amount=line.amount,
        )
    return draft


@transaction.atomic
def write_line(
    *,
    budget: Budget,
    function: str,
    art: str,
    amount: Decimal,
    text: str = "",
    line: BudgetLine | None = None,
) -> BudgetLine:
    """A new line, or the line as it is to be. Raises CannotAccount: unknown_art, budget_stays."""
    _locked_draft(budget)
    if art not in treatments_of(budget.pool_year.pool.cooperation_id):
        raise CannotAccount("unknown_art", art=art)
    row = line or BudgetLine(budget=budget)
    row.function, row.art, row.text, row.amount = function, art, text, amount
    row.save()
    return row


@transaction.atomic
def remove_line(*, line: BudgetLine) -> None:
    """Take the line out of the draft. Raises CannotAccount: budget_stays."""
    _locked_draft(line.budget)
    line.delete()


@transaction.atomic
def fill_budget(*, budget: Budget, lines: Sequence[Line]) -> Budget:
    """The draft's lines from a file, instead of those it has; alike ones are added together.

    Raises CannotAccount: budget_stays.
    """
    found = _locked_draft(budget)
    sums: dict[tuple[str, str, str], Decimal] = {}
    for line in lines:
        place = (line.function, line.art, line.text)
        sums[place] = sums.get(place, Decimal("0.00")) + line.amount
    found.lines.all().delete()
    for (function, art, text), amount in sums.items():
        BudgetLine.objects.create(
            budget=found, function=function, art=art, text=text, amount=amount
        )
    return found


@transaction.atomic
def adopt_budget(
    *, budget: Budget, adopted_date: date, case_number: str = "", at: datetime
) -> Budget:
    """The budget holds from now on, frozen by the database. Adopting again changes nothing.

    Raises CannotAccount: budget_is_empty, adopted_later (day).
    """
    found = Budget.objects.select_for_update().get(pk=budget.pk)
    if found.state == BudgetState.ADOPTED:
        return found
    if not found.lines.exists():
        raise CannotAccount("budget_is_empty")
    if adopted_date > local_day(at):
        raise CannotAccount("adopted_later")
    found.state, found.adopted_date = BudgetState.ADOPTED, adopted_date
    found.case_number = case_number.strip()
    found.save()
    return found


@transaction.atomic
def drop_budget(*, budget: Budget) -> None:
    """Throw a draft away. Raises CannotAccount: budget_stays."""
    _locked_draft(budget).delete()


def _locked_draft(budget: Budget) -> Budget:
    found = Budget.objects.select_for_update().filter(pk=budget.pk).first()
    if found is None or found.state != BudgetState.DRAFT:
        raise CannotAccount("budget_stays")
    return found
