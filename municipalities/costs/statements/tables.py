"""A municipality's year as tables: beside the year before, and whole for a spreadsheet."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from legevakt.lib.money import half_up
from legevakt.lib.tables import Cell, Row, Table, amount_cell
from municipalities.costs.statements.figures import PoolStatement, Statement
from municipalities.costs.statements.presenters import NOTHING, shared_of, status_of


def overview(statement: Statement) -> Table:
    """The year beside the one before, pool by pool, with the sum last."""
    rows = [
        Row(
            (
                each.pool.name,
                status_of(each)[0],
                *_beside(each.amount, each.before),
            )
        )
        for each in statement.pools
    ]
    rows.append(Row((_("Total"), "", *_beside(statement.amount, statement.before))))
    return Table(
        caption=_("What %(municipality)s pays") % {"municipality": statement.municipality.name},
        headings=(
            _("Pool"),
            _("State"),
            _("%(year)s (kr)") % {"year": statement.year},
            _("%(year)s (kr)") % {"year": statement.year - 1},
            _("Change from the year before (kr)"),
        ),
        rows=tuple(rows),
    )


def full_table(statement: Statement) -> Table:
    """Basis → share → amount → a-konto → rest, pool by pool: the spreadsheet."""
    headings = (
        _("Pool"),
        _("State"),
        _("To be shared (kr)"),
        _("Share (%)"),
        _("Amount (kr)"),
        _("A-konto (kr)"),
        _("Settled before (kr)"),
        _("Rest (kr)"),
        _("Paid (kr)"),
        str(statement.year - 1),
    )
    rows = tuple(Row(_full_cells(each)) for each in statement.pools)
    caption = _("What %(municipality)s pays") % {"municipality": statement.municipality.name}
    return Table(caption, headings, rows)


def _full_cells(each: PoolStatement) -> tuple[Cell, ...]:
    settled, line = each.settled, each.settled or each.plan
    return (
        each.pool.name,
        status_of(each)[0],
        _cell(shared_of(line)) if line else NOTHING,
        half_up(Fraction(line.share) * 100, places=4) if line else NOTHING,
        _cell(each.amount) if line else NOTHING,
        _cell(settled.a_konto if settled else each.a_konto),
        _cell(settled.settled_before) if settled else NOTHING,
        _cell(each.rest),
        _cell(each.paid),
        _cell(each.before),
    )


def _beside(amount: Decimal, before: Decimal | None) -> tuple[Cell, Cell, Cell]:
    """The amount, that of the year before, and the change."""
    change = None if before is None else amount - before
    return _cell(amount), _cell(before), _cell(change)


def _cell(amount: Decimal | None) -> Cell:
    return NOTHING if amount is None else amount_cell(amount)
