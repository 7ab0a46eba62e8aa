"""What a claim must be before it is written as an invoice. Plain Python."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from municipalities.costs.invoicing.rules import ClaimFault, is_account_number, is_org_number

if TYPE_CHECKING:
    from municipalities.costs.invoicing.documents import Claim

DECIMALS = 2
LARGEST_AMOUNT = Decimal(10**13)
LARGEST_ATTACHMENT = 5 * 1024**2  # bytes; XML readers refuse texts above ten million characters
# BR-CL-24: the only media types of an attachment.
MIME_TYPES = frozenset(
    {
        "application/pdf",
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "image/jpeg",
        "image/png",
        "text/csv",
    }
)
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def check(claim: Claim) -> None:
    """Raises ClaimFault for the first thing that is wrong with the claim."""
    for code, field in _faults(claim):
        raise ClaimFault(code, field=field)


def _faults(claim: Claim) -> Iterator[tuple[str, str]]:
    yield from _in_texts(claim)
    yield from _in_parties(claim)
    yield from _in_days(claim)
    yield from _in_lines(claim)
    yield from _in_attachments(claim)


def _in_texts(claim: Claim) -> Iterator[tuple[str, str]]:
    needed = {"id": claim.id, "name": claim.supplier.name and claim.customer.name}
    for field, text in needed.items():
        if not text.strip():
            yield "missing", field
    if not (claim.buyer_reference.strip() or claim.order_reference.strip()):
        yield "no_reference", "buyer_reference"  # PEPPOL-EN16931-R003
    if not claim.exemption_reason.strip():
        yield "no_exemption_reason", "exemption_reason"  # BR-E-10, BR-O-10
    for field, value in asdict(claim).items():
        if any(NOT_IN_XML.search(text) for text in _texts_of(value)):
            yield "unreadable_text", field


def _texts_of(value: Any) -> Iterator[str]:
    """Every text in a value of asdict."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts_of(each)


def _in_parties(claim: Claim) -> Iterator[tuple[str, str]]:
    for field, party in (("supplier", claim.supplier), ("customer", claim.customer)):
        if not is_org_number(party.org_number):
            yield "bad_org_number", field  # PEPPOL-COMMON-R041
        if party.account_number and not is_account_number(party.account_number):
            yield "bad_account_number", field
    if claim.supplier.org_number == claim.customer.org_number:
        yield "claims_of_itself", "customer"
    if claim.vat_category == "E" and not claim.supplier.is_vat_registered:
        yield "exempt_without_registration", "vat_category"  # BR-E-02


def _in_days(claim: Claim) -> Iterator[tuple[str, str]]:
    if claim.due_date < claim.issue_date:
        yield "due_before_issue", "due_date"
    if (claim.starts_date is None) != (claim.ends_date is None):
        yield "half_a_period", "ends_date"
    elif claim.starts_date and claim.ends_date and claim.ends_date <= claim.starts_date:
        yield "ends_before_start", "ends_date"  # BR-29


def _in_lines(claim: Claim) -> Iterator[tuple[str, str]]:
    for line in claim.lines:
        if not (line.id.strip() and line.text.strip()):
            yield "missing", "lines"
        if not _is_amount(line.amount):
            yield "bad_amount", "lines"  # BR-DEC
        if not (line.quantity.is_finite() and line.quantity > 0):
            yield "bad_quantity", "lines"
    if not claim.lines:
        yield "no_lines", "lines"  # BR-16
    elif claim.total == 0:
        yield "zero_claim", "lines"


def _is_amount(amount: Decimal) -> bool:
    is_small = amount.is_finite() and abs(amount) < LARGEST_AMOUNT
    return is_small and amount == round(amount, DECIMALS)


def _in_attachments(claim: Claim) -> Iterator[tuple[str, str]]:
    for attachment in claim.attachments:
        if not attachment.name.strip():
            yield "missing", "attachments"
        if attachment.mime not in MIME_TYPES:
            yield "bad_attachment", "attachments"
        if not 0 < len(attachment.data) <= LARGEST_ATTACHMENT:
            yield "attachment_size", "attachments"
