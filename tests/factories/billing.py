"""Billing details and claims of Værnesregionen. The numbers are real ones, of other places."""

from datetime import date

from municipalities.costs.invoicing.batches import Batch, Kind
from municipalities.costs.invoicing.models import BillingDetails
from municipalities.costs.invoicing.operations import make_claims
from tests.factories import costs

ORG_NUMBERS = ("920290922", "944041036", "948350823", "945627913")
ISSUED, DUE = date(2025, 1, 2), date(2025, 2, 3)


def billed(cooperation, **of_host) -> None:
    """All that an invoice needs, for the host and each that pays."""
    told = {
        "series": "LV",
        "exemption_reason": "Ikkje omfatta av meirverdiavgiftslova",
        "account_number": "86011117947",
        "posting": "3420",
    }
    names = [each.municipality for each in cooperation.participants.order_by("pk")]
    for municipality, number in zip(names, ORG_NUMBERS, strict=False):
        is_host = municipality == cooperation.host
        BillingDetails.objects.create(
            cooperation=cooperation,
            municipality=municipality,
            org_number=number,
            reference="" if is_host else f"{municipality.number}-17",
            **(told | of_host if is_host else {}),
        )


def claimed_year(*, cooperation):
    """A year of a pool that is shared equally; its first instalment is claimed."""
    billed(cooperation)
    pool = costs.pool(cooperation=cooperation, slug="claimed", name="LVS")
    costs.adopted_key(pool=pool, parts={"equal": 100})
    year = costs.plan(pool=pool, year=2025).pool_year
    claims_of_instalment(year)
    return year


def claims_of_instalment(pool_year, number=1):
    """The claims of an instalment of the plan in force."""
    return _claims(pool_year, Batch(Kind.INSTALMENT, number))


def claims_of_settlement(settlement):
    """The claims of an approved settlement."""
    return _claims(settlement.pool_year, Batch(Kind.SETTLEMENT, settlement.number))


def _claims(pool_year, batch):
    return make_claims(
        pool_year=pool_year,
        batch=batch,
        issue_date=ISSUED,
        due_date=DUE,
        by=None,
        at=costs.AT,
    )
