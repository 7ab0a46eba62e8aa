"""A plan of instalments and what is paid of it, as the page and the file show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from legevakt.lib.periods import local_day
from legevakt.lib.tables import Cell, Row, Table
from legevakt.lib.words import day, kroner
from municipalities.costs.instalments.models import (
    Instalment,
    InstalmentPlan,
    Payment,
    PlanLine,
    PlanState,
)
from municipalities.costs.keys.explaining import Explained, explained
from municipalities.costs.tables import part_of_whole

NOUGHT = Decimal(0)
COLORS = {PlanState.DRAFT: "warning", PlanState.APPROVED: "success", PlanState.REPLACED: "neutral"}


def lines_of(plan: InstalmentPlan) -> list[PlanLine]:
    """By municipality number."""
    return sorted(plan.lines.all(), key=lambda line: line.municipality.number)


def instalments_of(line: PlanLine) -> list[Instalment]:
    return sorted(line.instalments.all(), key=lambda each: each.number)


def due_days(plan: InstalmentPlan) -> dict[int, date]:
    """Instalment number → when it is due; the same for all."""
    rows = [each for line in plan.lines.all() for each in line.instalments.all()]
    return {each.number: each.due_date for each in sorted(rows, key=lambda row: row.number)}


def plan_table(
    plan: InstalmentPlan, *, paid: Mapping[int, Decimal] | None = None, today: date | None = None
) -> Table:
    """Municipality × instalment, the sums last; with `paid` also what is due by today and paid."""
    headings = [_("Municipality"), _("Share of the whole")]
    headings += [f"{number}: {day(when)}" for number, when in sorted(due_days(plan).items())]
    headings.append(_("The year"))
    if paid is not None:
        headings += [_("Due by today"), _("Paid")]
    rows = [_line_cells(line, paid=paid, today=today) for line in lines_of(plan)]
    sums = [sum(column, NOUGHT) for column in zip(*(row[2:] for row in rows), strict=True)]
    rows.append([_("All"), "", *sums])
    return Table(
        caption=_("Instalments of each municipality, kroner"),
        headings=tuple(headings),
        rows=tuple(Row(tuple(row)) for row in rows),
    )


def _line_cells(
    line: PlanLine, *, paid: Mapping[int, Decimal] | None, today: date | None
) -> list[Cell]:
    instalments = instalments_of(line)
    cells: list[Cell] = [line.municipality.name, part_of_whole(line.share)]
    cells += [each.amount for each in instalments]
    cells.append(line.amount)
    if paid is not None and today is not None:
        due = (each.amount for each in instalments if each.due_date <= today)
        cells += [sum(due, NOUGHT), paid.get(line.municipality_id, NOUGHT)]
    return cells


def facts(plan: InstalmentPlan) -> list[tuple[str, str]]:
    """What the plan is made from, by whom, and who approved it."""
    pairs = [
        (_("To be shared"), _("%(amount)s kr") % {"amount": kroner(plan.amount)}),
        (_("From the budget"), _budget(plan)),
        (_("Made"), _moment(plan.prepared_by, local_day(plan.prepared_at))),
    ]
    if plan.approved_at:
        pairs.append((_("Approved"), _moment(plan.approved_by, local_day(plan.approved_at))))
    return pairs


def _budget(plan: InstalmentPlan) -> str:
    version = _("Version %(number)s") % {"number": plan.budget.number}
    if plan.budget.adopted_date is None:
        return version
    adopted = _("adopted %(day)s") % {"day": day(plan.budget.adopted_date)}
    return f"{version}, {adopted}"


def _moment(by, when: date) -> str:
    return f"{day(when)}, {by.name}" if by else day(when)


def explanations(plan: InstalmentPlan) -> list[Explained]:
    """Why each pays what it pays, from what the plan has kept."""
    return [
        explained(
            code=line.municipality.number,
            amount=line.amount,
            share=Fraction(line.share),
            steps=line.steps,
            terms=plan.terms,
        )
        for line in lines_of(plan)
        if line.steps
    ]


def payment_table(payments: Iterable[Payment]) -> Table:
    """The payments, one a row."""
    return Table(
        caption=_("Payments"),
        headings=(_("Paid on"), _("Municipality"), _("Reference"), _("Kroner")),
        rows=tuple(
            Row((day(each.paid_date), each.municipality.name, each.reference, each.amount))
            for each in payments
        ),
    )


def next_unpaid(line: PlanLine, *, paid: Decimal) -> Instalment | None:
    """The first instalment that what is paid does not cover."""
    total = NOUGHT
    for each in instalments_of(line):
        total += each.amount
        if total > paid:
            return each
    return None
