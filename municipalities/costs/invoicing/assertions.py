"""Rules of an electronic invoice that can be said in XPath, named as Peppol and EN 16931 name them.

Only what concerns an invoice from a Norwegian municipality at no VAT. Written after the rules in
OpenPEPPOL/peppol-bis-invoice-3, which are Schematron in XSLT 2 and cannot be run here. Rules of
our own begin with OWN.
"""

from __future__ import annotations

from typing import NamedTuple

from municipalities.costs.invoicing import ubl_names as names
from municipalities.costs.invoicing.faults import MIME_TYPES

SELLER = "cac:AccountingSupplierParty/cac:Party"
BUYER = "cac:AccountingCustomerParty/cac:Party"
LINE_CATEGORY = "//cac:ClassifiedTaxCategory/cbc:ID"
NO_REASON = "not(cbc:TaxExemptionReason or cbc:TaxExemptionReasonCode)"
MIMES = " or ".join(f"@mimeCode = '{mime}'" for mime in sorted(MIME_TYPES))


class Assertion(NamedTuple):
    """A rule is broken at each element that `broken` finds."""

    rule: str
    broken: str
    text: str
    is_fatal: bool = True


def _number(day: str) -> str:
    """XPath 1 compares days as numbers: 20260331."""
    return f"number(translate({day}, '-', ''))"


ASSERTIONS = (
    Assertion(
        "PEPPOL-EN16931-R004",
        f"/*[not(cbc:CustomizationID = '{names.CUSTOMIZATION}')]",
        "CustomizationID is not that of Peppol BIS Billing 3.0.",
    ),
    Assertion(
        "PEPPOL-EN16931-R007",
        f"/*[not(cbc:ProfileID = '{names.PROFILE}')]",
        "ProfileID is not that of Peppol billing.",
    ),
    Assertion(
        "PEPPOL-EN16931-P0100",
        "/inv:Invoice[not(cbc:InvoiceTypeCode = '380')]",
        "The type of an invoice is 380.",
    ),
    Assertion(
        "PEPPOL-EN16931-P0101",
        "/cn:CreditNote[not(cbc:CreditNoteTypeCode = '381')]",
        "The type of a credit note is 381.",
    ),
    Assertion(
        "PEPPOL-EN16931-R003",
        "/*[not(cbc:BuyerReference or cac:OrderReference/cbc:ID)]",
        "There is neither a buyer reference nor an order reference.",
    ),
    Assertion(
        "PEPPOL-EN16931-R008",
        "//*[not(*) and not(normalize-space())]",
        "An element is empty.",
    ),
    Assertion(
        "PEPPOL-EN16931-R010", f"/*/{BUYER}[not(cbc:EndpointID)]", "The buyer has no address."
    ),
    Assertion(
        "PEPPOL-EN16931-R020", f"/*/{SELLER}[not(cbc:EndpointID)]", "The seller has no address."
    ),
    Assertion(
        "PEPPOL-EN16931-R051",
        "//*[@currencyID and not(@currencyID = /*/cbc:DocumentCurrencyCode)]",
        "An amount is in another currency than the document.",
    ),
    Assertion(
        "BR-CO-25",
        "/inv:Invoice[cac:LegalMonetaryTotal/cbc:PayableAmount > 0]"
        "[not(cbc:DueDate or cac:PaymentTerms/cbc:Note)]",
        "There is neither a due date nor terms of payment.",
    ),
    Assertion(
        "BR-CO-26",
        f"/*/{SELLER}[not(cac:PartyIdentification/cbc:ID or cac:PartyLegalEntity/cbc:CompanyID"
        " or cac:PartyTaxScheme/cbc:CompanyID)]",
        "The seller has no identifier.",
    ),
    Assertion(
        "BR-29",
        "//cac:InvoicePeriod[cbc:StartDate and cbc:EndDate]"
        f"[{_number('cbc:EndDate')} < {_number('cbc:StartDate')}]",
        "The period ends before it starts.",
    ),
    Assertion(
        "BR-61",
        "//cac:PaymentMeans[cbc:PaymentMeansCode = 30 or cbc:PaymentMeansCode = 58]"
        "[not(cac:PayeeFinancialAccount/cbc:ID)]",
        "A transfer has no account.",
    ),
    Assertion(
        "PEPPOL-EN16931-R121",
        "//cac:Price[cbc:BaseQuantity <= 0]",
        "A price is of no quantity, or of less than none.",
    ),
    Assertion("BR-27", "//cac:Price[cbc:PriceAmount < 0]", "A price is negative."),
    Assertion(
        "BR-CL-24",
        f"//cbc:EmbeddedDocumentBinaryObject[not({MIMES})]",
        "An attachment is of a type that is not taken.",
    ),
    Assertion(
        "BR-O-02",
        f"/*[{LINE_CATEGORY} = 'O'][//cac:PartyTaxScheme/cbc:CompanyID]",
        "What is outside of VAT has no VAT identifier.",
    ),
    Assertion(
        "BR-O-05",
        "//cac:ClassifiedTaxCategory[cbc:ID = 'O'][cbc:Percent]",
        "What is outside of VAT has no percent.",
    ),
    Assertion(
        "BR-O-10",
        f"//cac:TaxSubtotal/cac:TaxCategory[cbc:ID = 'O'][{NO_REASON}]",
        "What is outside of VAT needs a reason.",
    ),
    Assertion(
        "BR-E-02",
        f"/*[{LINE_CATEGORY} = 'E'][not({SELLER}/cac:PartyTaxScheme/cbc:CompanyID)]",
        "What is exempt needs the seller's VAT identifier.",
    ),
    Assertion(
        "BR-E-05",
        "//cac:ClassifiedTaxCategory[cbc:ID = 'E'][not(cbc:Percent = 0)]",
        "What is exempt is at nought percent.",
    ),
    Assertion(
        "OWN-CATEGORY",
        f"{LINE_CATEGORY}[not(. = 'E' or . = 'O')]",
        "A share of costs is exempt (E) or outside of VAT (O).",
    ),
    Assertion(
        "OWN-DUE-DATE",
        f"/*[cbc:DueDate][{_number('cbc:DueDate')} < {_number('cbc:IssueDate')}]",
        "It is due before it is issued.",
    ),
    Assertion(
        "OWN-POSITIVE",
        "//cac:LegalMonetaryTotal[not(cbc:PayableAmount > 0)]",
        "The amount is not above nought; what is given back is a credit note.",
    ),
    Assertion(
        "OWN-CREDIT-OF",
        "/cn:CreditNote[not(cac:BillingReference)]",
        "The credit note does not name the invoice that it corrects.",
        is_fatal=False,
    ),
    Assertion(
        "OWN-ACCOUNT",
        "/inv:Invoice[not(cac:PaymentMeans)]",
        "The invoice does not say which account to pay to.",
        is_fatal=False,
    ),
)
