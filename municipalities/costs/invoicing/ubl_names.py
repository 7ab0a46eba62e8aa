"""Names of UBL 2.1 and codes of Peppol BIS Billing 3.0 that are both written and checked."""

from __future__ import annotations

from dataclasses import dataclass

CUSTOMIZATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
INVOICE_NAMESPACE = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
CREDIT_NOTE_NAMESPACE = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"
NAMESPACES = {"cbc": CBC, "cac": CAC, "inv": INVOICE_NAMESPACE, "cn": CREDIT_NOTE_NAMESPACE}

ORGANISATION_NUMBER = "0192"  # scheme of the Norwegian register of entities
CREDIT_TRANSFER = "30"
EACH = "EA"
CURRENCY = "NOK"
COUNTRY = "NO"
VAT = "VAT"


@dataclass(frozen=True)
class Kind:
    """How an invoice and a credit note differ. `sign` makes the amounts of both positive."""

    name: str
    namespace: str
    code: str
    quantity: str
    sign: int

    @property
    def is_invoice(self) -> bool:
        return self.sign > 0


INVOICE = Kind("Invoice", INVOICE_NAMESPACE, "380", "InvoicedQuantity", 1)
CREDIT_NOTE = Kind("CreditNote", CREDIT_NOTE_NAMESPACE, "381", "CreditedQuantity", -1)
