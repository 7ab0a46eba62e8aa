"""Claims that are kept, written as invoices and as entries of the invoice basis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import translation

from municipalities.cooperations.models import Cooperation
from municipalities.costs.invoicing import documents
from municipalities.costs.invoicing.basis import Entry, Posting
from municipalities.costs.invoicing.documents import Line, Party, VatCategory
from municipalities.costs.invoicing.models import BillingDetails, Claim
from municipalities.costs.invoicing.rules import ClaimFault, claim_id
from municipalities.costs.invoicing.texts import period_of, text_of
from municipalities.register.models import Municipality

PAYERS_ART = "350"  # purchase from municipalities; guidance alone
OF_HOST = {"supplier", "vat_category", "exemption_reason", "series"}


@dataclass(frozen=True, kw_only=True)
class Written:
    """A claim as an invoice, or the fault that keeps it from being one."""

    claim: Claim
    document: documents.Claim | None = None
    fault: ClaimFault | None = None

    @property
    def mended_at(self) -> Municipality:
        """Whose billing details the fault is in."""
        is_of_host = self.fault is not None and self.fault.field in OF_HOST
        return self.claim.cooperation.host if is_of_host else self.claim.municipality


@dataclass(frozen=True)
class Means:
    """What claims are written with: the details of all, and the ids of what they correct."""

    cooperation: Cooperation
    details: Mapping[int, BillingDetails]
    corrected: Mapping[tuple[int, int], str]

    @property
    def of_host(self) -> BillingDetails:
        return self.details.get(self.cooperation.host_id) or BillingDetails()


def written(claims: Sequence[Claim], *, cooperation: Cooperation) -> list[Written]:
    """Each claim as an invoice in its payer's language. Two queries for any number of claims."""
    by = _details(claims, cooperation=cooperation)
    return [_written(claim, by=by) for claim in claims]


def entries(found: Sequence[Written], *, of_host: BillingDetails) -> list[Entry]:
    """The rows of the basis for those that have no fault."""
    posting = Posting(unit_and_project=of_host.posting)
    return [
        Entry(
            claim=each.document,
            municipality_number=each.claim.municipality.number,
            posting=posting,
        )
        for each in found
        if each.document is not None
    ]


def details_of_host(cooperation: Cooperation) -> BillingDetails:
    """The host's billing details; empty ones where none are given."""
    found = BillingDetails.objects.filter(
        cooperation=cooperation, municipality=cooperation.host_id
    ).first()
    return found or BillingDetails()


def id_of(claim: Claim) -> str:
    """The number on the invoice."""
    return claim_id(series=claim.series, number=claim.number)


def _details(claims: Sequence[Claim], *, cooperation: Cooperation) -> Means:
    settled = [claim.settlement_line.settlement for claim in claims if claim.settlement_line]
    earlier = Claim.objects.filter(
        settlement_line__settlement__in={each.corrects_id for each in settled if each.corrects_id}
    ).select_related("settlement_line")
    details = BillingDetails.objects.filter(cooperation=cooperation)
    return Means(
        cooperation=cooperation,
        details={each.municipality_id: each for each in details},
        corrected={
            (each.settlement_line.settlement_id, each.municipality_id): id_of(each)  # type: ignore[union-attr]
            for each in earlier
        },
    )


def _written(claim: Claim, *, by: Means) -> Written:
    try:
        with translation.override(claim.municipality.language):
            return Written(claim=claim, document=_document(claim, by=by))
    except ClaimFault as fault:
        return Written(claim=claim, fault=fault)


def _document(claim: Claim, *, by: Means) -> documents.Claim:
    starts, ends = period_of(claim)
    customer = by.details.get(claim.municipality_id) or BillingDetails()
    return documents.Claim(
        id=id_of(claim),
        issue_date=claim.issue_date,
        due_date=claim.due_date,
        supplier=_party(by.cooperation.host, by.of_host),
        customer=_party(claim.municipality, customer),
        lines=(Line(id="1", text=text_of(claim), amount=claim.amount, account_art=PAYERS_ART),),
        vat_category=VatCategory(by.of_host.vat_category),
        exemption_reason=by.of_host.exemption_reason,
        buyer_reference=customer.reference,
        starts_date=starts,
        ends_date=ends,
        corrects=_corrected(claim, by=by),
    )


def _corrected(claim: Claim, *, by: Means) -> str | None:
    """The id of the claim that this one corrects: of the settlement that its own corrects."""
    line = claim.settlement_line
    if line is None or line.settlement.corrects_id is None:
        return None
    return by.corrected.get((line.settlement.corrects_id, claim.municipality_id))


def _party(municipality: Municipality, details: BillingDetails) -> Party:
    return Party(
        name=f"{municipality.name} kommune",
        org_number=details.org_number,
        street=details.street,
        postal_code=details.postal_code,
        city=details.city,
        is_vat_registered=details.is_vat_registered,
        account_number=details.account_number,
    )
