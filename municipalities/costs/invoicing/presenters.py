"""Claims, what can be claimed and billing details, as their pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from legevakt.lib.tables import Row, Table, amount_cell
from legevakt.lib.words import day, kroner
from municipalities.cooperations.models import Cooperation
from municipalities.costs.invoicing.basis import Posting
from municipalities.costs.invoicing.batches import Batch, Kind
from municipalities.costs.invoicing.missing import missing
from municipalities.costs.invoicing.models import BillingDetails
from municipalities.costs.invoicing.owed import Owed
from municipalities.costs.invoicing.queries import Billed, Claimable
from municipalities.costs.invoicing.texts import text_of
from municipalities.costs.invoicing.words import FAULTS
from municipalities.costs.invoicing.writing import Written, id_of


@dataclass(frozen=True, kw_only=True)
class ShownClaim:
    """A row of the list of claims."""

    id: str
    municipality: str
    text: str
    kind: str
    amount: str
    issued: str
    due: str
    fault: str
    mended_at: str
    xml_url: str


@dataclass(frozen=True, kw_only=True)
class ShownClaimable:
    """What can be claimed now."""

    text: str
    amount: str
    due: str
    payers: str
    url: str


def shown_claim(each: Written, *, may_download: bool, may_mend: bool) -> ShownClaim:
    """The claim with its kind, and what keeps it from being an invoice."""
    claim, slug = each.claim, each.claim.cooperation.slug
    address = reverse("billing_change", args=[slug, each.mended_at.number])
    is_written = each.document is not None
    return ShownClaim(
        id=id_of(claim),
        municipality=claim.municipality.name,
        text=text_of(claim),
        kind=_("credit note") if claim.amount < 0 else _("invoice"),
        amount=kroner(claim.amount),
        issued=day(claim.issue_date),
        due=day(claim.due_date),
        fault=fault_of(each),
        mended_at=address if each.fault and may_mend else "",
        xml_url=reverse("claim_xml", args=[slug, claim.number])
        if is_written and may_download
        else "",
    )


def fault_of(each: Written) -> str:
    """«Selbu: The payer's reference is missing. …»; empty where there is none."""
    if each.fault is None:
        return ""
    return f"{each.mended_at.name}: {FAULTS[each.fault.code]}"


def shown_claimable(each: Claimable, *, cooperation: Cooperation, may_claim: bool):
    """What can be claimed, with the step to do it."""
    year = each.pool_year
    address = reverse("claims_new", args=[cooperation.slug, year.pool.slug, year.year, each.batch])
    return ShownClaimable(
        text=text_of(each.rows[0]),
        amount=kroner(each.amount),
        due=day(each.due_date) if each.due_date else "–",
        payers=", ".join(row.municipality.name for row in each.rows),
        url=address if may_claim else "",
    )


def batch_name(batch: Batch) -> str:
    """In a list to choose from."""
    if batch.kind is Kind.INSTALMENT:
        return _("A-konto %(number)s") % {"number": batch.number}
    return _("Settlement %(number)s") % {"number": batch.number}


def owed_rows(found: Claimable) -> list[list[str]]:
    """Who is claimed what."""
    return [[each.municipality.name, kroner(each.amount)] for each in found.rows]


def billed_row(each: Billed, *, slug: str, may_manage: bool) -> dict:
    """A municipality with what its billing details say, and what they lack."""
    details, lacks = each.details, missing(each.details, is_host=each.is_host)
    return {
        "name": each.municipality.name,
        "is_host": each.is_host,
        "org_number": details.org_number if details else "–",
        "reference": (details.reference if details else "") or "–",
        "missing": ", ".join(lacks),
        "url": reverse("billing_change", args=[slug, each.municipality.number])
        if may_manage
        else "",
    }


def internal(owed: Sequence[Owed], *, of_host: BillingDetails) -> Table:
    """The host's own part, which it posts within its own accounts. Never part of the import."""
    posting = Posting(unit_and_project=of_host.posting)
    headings = (_("Text"), _("Amount (kr)"), _("KOSTRA function"), _("Unit and project"))
    rows = [
        Row((text_of(each), amount_cell(each.amount), posting.function, posting.unit_and_project))
        for each in owed
    ]
    return Table(_("The host's own part, posted and not invoiced"), headings, tuple(rows))
