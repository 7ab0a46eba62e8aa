"""A claim as an electronic invoice: UBL 2.1 by Peppol BIS Billing 3.0 (EHF). Plain Python.

UBL is ordered: elements stand in the order of the schema, which is the same in an invoice and a
credit note, but that a credit note has no due date. Learned from OpenPEPPOL/peppol-bis-invoice-3.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from lxml import etree

from municipalities.costs.invoicing import ubl_names as names
from municipalities.costs.invoicing.documents import Claim
from municipalities.costs.invoicing.ubl_amounts import line_of, totals
from municipalities.costs.invoicing.ubl_elements import Element, group, value
from municipalities.costs.invoicing.ubl_names import CREDIT_NOTE, INVOICE, Kind
from municipalities.costs.invoicing.ubl_parties import customer, payment, supplier
from municipalities.costs.invoicing.ubl_references import attached, corrected, ordered

DAY = timedelta(days=1)


def document(claim: Claim) -> bytes:
    """The claim as XML: an Invoice, or a CreditNote with positive amounts where it is negative.

    What breaks a rule can be written; `checking.checked` finds it.
    """
    kind = CREDIT_NOTE if claim.is_credit else INVOICE
    prefixes = {None: kind.namespace, "cac": names.CAC, "cbc": names.CBC}
    root = etree.Element(etree.QName(kind.namespace, kind.name), nsmap=prefixes)
    root.extend(part for part in _parts(claim, kind=kind) if part is not None)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _parts(claim: Claim, *, kind: Kind) -> Iterator[Element | None]:
    yield from _head(claim, kind=kind)
    yield _period(claim)
    yield ordered(claim.order_reference)
    yield corrected(claim.corrects)
    yield from (attached(each) for each in claim.attachments)
    yield supplier(claim)
    yield customer(claim)
    if kind.is_invoice:  # of a credit note the money goes the other way
        yield payment(claim)
    yield from totals(claim, kind=kind)
    yield from (line_of(claim, line=line, kind=kind) for line in claim.lines)


def _head(claim: Claim, *, kind: Kind) -> Iterator[Element | None]:
    yield value("CustomizationID", names.CUSTOMIZATION)
    yield value("ProfileID", names.PROFILE)
    yield value("ID", claim.id)
    yield value("IssueDate", claim.issue_date.isoformat())
    if kind.is_invoice:
        yield value("DueDate", claim.due_date.isoformat())
    yield value(f"{kind.name}TypeCode", kind.code)
    yield value("Note", claim.note)
    yield value("DocumentCurrencyCode", names.CURRENCY)
    yield value("BuyerReference", claim.buyer_reference)


def _period(claim: Claim) -> Element | None:
    """UBL's last day is within the period, ours is the day after it."""
    return group(
        "InvoicePeriod",
        value("StartDate", _day(claim.starts_date)),
        value("EndDate", _day(claim.ends_date and claim.ends_date - DAY)),
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
