"""What an electronic invoice points to or carries: an order, what it corrects, attachments."""

from __future__ import annotations

from base64 import b64encode

from municipalities.costs.invoicing.documents import Attachment
from municipalities.costs.invoicing.ubl_elements import Element, group, value


def ordered(reference: str) -> Element | None:
    """The payer's order number."""
    return group("OrderReference", value("ID", reference))


def corrected(claim_id: str | None) -> Element | None:
    """The invoice that this one corrects."""
    return group("BillingReference", group("InvoiceDocumentReference", value("ID", claim_id or "")))


def attached(attachment: Attachment) -> Element | None:
    """A file within the invoice."""
    name, mime, data = attachment
    inside = value(
        "EmbeddedDocumentBinaryObject",
        b64encode(data).decode("ascii"),
        mimeCode=mime,
        filename=name,
    )
    return group("AdditionalDocumentReference", value("ID", name), group("Attachment", inside))
