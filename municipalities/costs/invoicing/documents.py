"""What the host claims of a municipality, or gives back. Plain Python; raises ClaimFault."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from municipalities.costs.invoicing import faults


class VatCategory(StrEnum):
    """Codes of UNCL5305; which one is right is for the host's accountant to say."""

    EXEMPT = "E"
    OUTSIDE = "O"


@dataclass(frozen=True, kw_only=True)
class Party:
    """A municipality on an invoice; of the host also the account to pay to."""

    name: str
    org_number: str
    street: str = ""
    postal_code: str = ""
    city: str = ""
    is_vat_registered: bool = False
    account_number: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """What is claimed, in kroner with at most two decimals; negative where it is given back.

    `amount` is for the whole quantity. `account_art` is where the payer may post it: guidance.
    """

    id: str
    text: str
    amount: Decimal
    quantity: Decimal = Decimal(1)
    account_art: str = ""


class Attachment(NamedTuple):
    """A file within the invoice: a statement as PDF, the figures as a spreadsheet."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class Claim:
    """An invoice, or a credit note where the total is negative. It cannot be made with faults.

    The period is half-open, [starts_date, ends_date), or not said at all. `corrects` is the id of
    the claim that this one corrects.
    """

    id: str
    issue_date: date
    due_date: date
    supplier: Party
    customer: Party
    lines: tuple[Line, ...]
    vat_category: VatCategory
    exemption_reason: str
    buyer_reference: str = ""
    order_reference: str = ""
    note: str = ""
    starts_date: date | None = None
    ends_date: date | None = None
    corrects: str | None = None
    payment_reference: str = ""
    attachments: tuple[Attachment, ...] = ()

    def __post_init__(self) -> None:
        faults.check(self)

    @property
    def total(self) -> Decimal:
        """What is to be paid, in kroner: the sum of the lines, for there is no VAT on it."""
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def is_credit(self) -> bool:
        return self.total < 0
