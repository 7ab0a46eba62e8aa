"""The lines and sums of an electronic invoice; there is no VAT on it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from municipalities.costs.invoicing import ubl_names as names
from municipalities.costs.invoicing.documents import Claim, Line, VatCategory
from municipalities.costs.invoicing.ubl_elements import Element, amount, group, value
from municipalities.costs.invoicing.ubl_names import Kind


def totals(claim: Claim, *, kind: Kind) -> Iterator[Element | None]:
    """The VAT of the invoice, which is none, and its sums."""
    total = kind.sign * claim.total
    category = group(
        "TaxCategory",
        *_category(claim.vat_category),
        value("TaxExemptionReason", claim.exemption_reason),
        group("TaxScheme", value("ID", names.VAT)),
    )
    nothing = Decimal(0)
    yield group(
        "TaxTotal",
        amount("TaxAmount", nothing),
        group(
            "TaxSubtotal", amount("TaxableAmount", total), amount("TaxAmount", nothing), category
        ),
    )
    yield group(
        "LegalMonetaryTotal",
        amount("LineExtensionAmount", total),
        amount("TaxExclusiveAmount", total),
        amount("TaxInclusiveAmount", total),
        amount("PayableAmount", total),
    )


def _category(code: str) -> Iterator[Element | None]:
    """Exempt is at nought percent; outside of VAT there is no percent at all (BR-E-05, BR-O-05)."""
    yield value("ID", code)
    yield value("Percent", "0" if code == VatCategory.EXEMPT else "")


def line_of(claim: Claim, *, line: Line, kind: Kind) -> Element | None:
    """A line that goes the other way has a negative quantity, never a negative price (BR-27).

    The price is that of the whole quantity, so that nothing is rounded.
    """
    net = kind.sign * line.amount + 0  # never −0
    quantity = line.quantity.copy_sign(net)
    base = f"{line.quantity:f}" if line.quantity != 1 else ""
    return group(
        f"{kind.name}Line",
        value("ID", line.id),
        value(kind.quantity, f"{quantity:f}", unitCode=names.EACH),
        amount("LineExtensionAmount", net),
        value("AccountingCost", line.account_art),
        group(
            "Item",
            value("Name", line.text),
            group(
                "ClassifiedTaxCategory",
                *_category(claim.vat_category),
                group("TaxScheme", value("ID", names.VAT)),
            ),
        ),
        group(
            "Price",
            amount("PriceAmount", abs(net)),
            value("BaseQuantity", base, unitCode=names.EACH),
        ),
    )
