"""Who claims, who pays, and where to: the parties of an electronic invoice."""

from __future__ import annotations

from municipalities.costs.invoicing import ubl_names as names
from municipalities.costs.invoicing.documents import Claim, Party, VatCategory
from municipalities.costs.invoicing.rules import vat_number
from municipalities.costs.invoicing.ubl_elements import Element, group, value


def supplier(claim: Claim) -> Element | None:
    """The host."""
    return group("AccountingSupplierParty", _party(claim.supplier, claim=claim))


def customer(claim: Claim) -> Element | None:
    """The municipality that pays, or gets back."""
    return group("AccountingCustomerParty", _party(claim.customer, claim=claim))


def payment(claim: Claim) -> Element | None:
    """A transfer to the host's account; nothing where the account is not known."""
    account = claim.supplier.account_number
    if not account:
        return None
    return group(
        "PaymentMeans",
        value("PaymentMeansCode", names.CREDIT_TRANSFER),
        value("PaymentID", claim.payment_reference),
        group("PayeeFinancialAccount", value("ID", account)),
    )


def _party(party: Party, *, claim: Claim) -> Element | None:
    return group(
        "Party",
        value("EndpointID", party.org_number, schemeID=names.ORGANISATION_NUMBER),
        group(
            "PostalAddress",
            value("StreetName", party.street),
            value("CityName", party.city),
            value("PostalZone", party.postal_code),
            group("Country", value("IdentificationCode", names.COUNTRY)),
        ),
        _vat_registration(party, claim=claim),
        group(
            "PartyLegalEntity",
            value("RegistrationName", party.name),
            value("CompanyID", party.org_number, schemeID=names.ORGANISATION_NUMBER),
        ),
    )


def _vat_registration(party: Party, *, claim: Claim) -> Element | None:
    """The VAT identifier: needed where it is exempt (BR-E-02), forbidden where it is outside of
    VAT (BR-O-02), whether the municipality is registered or not.
    """
    if claim.vat_category == VatCategory.OUTSIDE or not party.is_vat_registered:
        return None
    return group(
        "PartyTaxScheme",
        value("CompanyID", vat_number(party.org_number)),
        group("TaxScheme", value("ID", names.VAT)),
    )
