"""Claims are made of what is approved, and whom they are sent to is kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.costs.invoicing.batches import Batch
from municipalities.costs.invoicing.errors import CannotClaim
from municipalities.costs.invoicing.models import BillingDetails, Claim
from municipalities.costs.invoicing.owed import Owed, claimed_in, owed_in, to_claim
from municipalities.costs.pools.models import PoolYear


@transaction.atomic
def make_claims(
    *,
    pool_year: PoolYear,
    batch: Batch,
    issue_date: date,
    due_date: date,
    by: User | None,
    at: datetime,
) -> list[Claim]:
    """One claim for each municipality that pays or gets back; none for the host itself.

    Numbers run on within the cooperation, which is locked meanwhile, as the year is: no other
    plan comes into force. Again it makes only what
    was not made. Raises CannotClaim.
    """
    cooperation = Cooperation.objects.select_for_update().get(pools__years=pool_year)
    PoolYear.objects.select_for_update().get(pk=pool_year.pk)
    if due_date < issue_date:
        raise CannotClaim("due_before_issue")
    years = PoolYear.objects.filter(pk=pool_year.pk)
    owed = owed_in(years, batch=batch)
    if not owed:
        raise CannotClaim("not_approved")
    left = to_claim(owed, claimed=claimed_in(years), host=cooperation.host)
    series = series_of(cooperation)
    last = Claim.objects.filter(cooperation=cooperation).aggregate(last=Max("number"))["last"] or 0
    made = [
        _claim(each, series=series, number=number, issue_date=issue_date, due_date=due_date)
        for number, each in enumerate(left, last + 1)
    ]
    for claim in made:
        claim.cooperation, claim.made_at, claim.made_by = cooperation, at, by
        claim.save(force_insert=True)
    return made


def _claim(owed: Owed, **told: Any) -> Claim:
    return Claim(
        pool_year=owed.pool_year,
        municipality=owed.municipality,
        instalment=owed.instalment,
        settlement_line=owed.settlement_line,
        amount=owed.amount,
        **told,
    )


def series_of(cooperation: Cooperation) -> str:
    """The host's series of numbers. Raises CannotClaim where none is chosen."""
    of_host = BillingDetails.objects.filter(
        cooperation=cooperation, municipality=cooperation.host_id
    )
    series = of_host.values_list("series", flat=True).first()
    if not series:
        raise CannotClaim("no_series")
    return series
