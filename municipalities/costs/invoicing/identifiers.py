"""Identifiers in an electronic invoice that have check digits."""

from __future__ import annotations

from collections.abc import Iterator

from municipalities.costs.invoicing import ubl_names as names
from municipalities.costs.invoicing.assertions import SELLER
from municipalities.costs.invoicing.rules import is_org_number, vat_number
from municipalities.costs.invoicing.ubl_elements import Element

ORG_NUMBERS = f"//*[@schemeID = '{names.ORGANISATION_NUMBER}']/text()"
VAT_NUMBER = (
    f"/*/{SELLER}/cac:PartyTaxScheme[cac:TaxScheme/cbc:ID = '{names.VAT}']/cbc:CompanyID/text()"
)


def broken_identifiers(root: Element) -> Iterator[tuple[str, str]]:
    """Rule and text for each that is wrong."""
    for number in root.xpath(ORG_NUMBERS, namespaces=names.NAMESPACES):
        if not is_org_number(number):
            yield "PEPPOL-COMMON-R041", f"{number} is not a Norwegian organisation number."
    for number in root.xpath(VAT_NUMBER, namespaces=names.NAMESPACES):
        org_number = number.removeprefix("NO").removesuffix("MVA")
        if number != vat_number(org_number) or not is_org_number(org_number):
            yield "NO-R-001", f"{number} is not NO, an organisation number and MVA."
