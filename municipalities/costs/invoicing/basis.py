"""Fakturagrunnlag: the claims as rows that the host's accounting system can import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from legevakt.lib.tables import Row, Table
from municipalities.costs.invoicing.documents import Claim, Line

ORE = Decimal("0.01")
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Posting:
    """Where the host posts what it gets: art 750, refund from municipalities, on function 290,
    intermunicipal cooperation (KOSTRA). Whether it is 290 or 241 is the host's practice.
    """

    art: str = "750"
    function: str = "290"
    unit_and_project: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A claim with what the accounts need and the invoice does not say."""

    claim: Claim
    municipality_number: str
    posting: Posting


def invoice_basis(entries: Iterable[Entry]) -> Table:
    """A row for each line of each claim; negative amounts are credited. No row is a sum.

    Days are written as 2026-03-31, whatever the language.
    """
    headings = (
        _("Claim"),
        _("Municipality number"),
        _("Municipality"),
        _("Organisation number"),
        _("Reference"),
        _("Text"),
        _("First day"),
        _("Last day"),
        _("Amount (kr)"),
        _("VAT category"),
        _("KOSTRA art"),
        _("KOSTRA function"),
        _("Unit and project"),
        _("The payer's art (guidance)"),
        _("Due date"),
    )
    rows = tuple(_row(entry, line) for entry in entries for line in entry.claim.lines)
    return Table(_("Invoice basis"), headings, rows)


def sums(entries: Sequence[Entry]) -> Table:
    """What the rows sum to, to check an import by: a table of its own, never imported."""
    claimed = [entry.claim.total for entry in entries if not entry.claim.is_credit]
    credited = [entry.claim.total for entry in entries if entry.claim.is_credit]
    kinds = ((_("Invoices"), claimed), (_("Credit notes"), credited))
    rows = [_sum_row(name, totals) for name, totals in kinds]
    rows.append(_sum_row(_("Total"), claimed + credited))
    return Table(_("Sums of the invoice basis"), ("", _("Count"), _("Amount (kr)")), tuple(rows))


def _row(entry: Entry, line: Line) -> Row:
    claim, posting = entry.claim, entry.posting
    return Row(
        (
            claim.id,
            entry.municipality_number,
            claim.customer.name,
            claim.customer.org_number,
            claim.buyer_reference or claim.order_reference,
            line.text,
            *_days(claim),
            line.amount.quantize(ORE),
            str(claim.vat_category),
            posting.art,
            posting.function,
            posting.unit_and_project,
            line.account_art,
            claim.due_date.isoformat(),
        )
    )


def _days(claim: Claim) -> Iterator[str]:
    """The first day of the period and the last within it."""
    yield claim.starts_date.isoformat() if claim.starts_date else ""
    yield (claim.ends_date - DAY).isoformat() if claim.ends_date else ""


def _sum_row(name: str, totals: Sequence[Decimal]) -> Row:
    return Row((name, len(totals), sum(totals, Decimal(0)).quantize(ORE)))
