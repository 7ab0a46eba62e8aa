"""What the billing details lack before a claim can be written as an invoice."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from municipalities.costs.invoicing.models import BillingDetails, VatCategory


def missing(details: BillingDetails | None, *, is_host: bool) -> list[str]:
    """Each lack in a word or two, for a list; empty where nothing is missing."""
    return list(_of_host(details) if is_host else _of_payer(details))


def _of_payer(details: BillingDetails | None) -> Iterator[str]:
    if details is None:
        yield _("organisation number")
    if details is None or not details.reference:
        yield _("reference")


def _of_host(details: BillingDetails | None) -> Iterator[str]:
    if details is None:
        yield _("organisation number")
    if details is None or not details.series:
        yield _("series of claim numbers")
    if details is None or not details.exemption_reason:
        yield _("why there is no VAT")
    if details is None or not details.account_number:
        yield _("bank account")
    if details and details.vat_category == VatCategory.EXEMPT and not details.is_vat_registered:
        yield _("registration for VAT, which category E needs")
