"""The claims that an address asks for: of a year, a pool, an instalment or settlement."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

from municipalities.cooperations.models import Cooperation
from municipalities.costs.invoicing.batches import Batch
from municipalities.costs.invoicing.forms import ClaimFilterForm
from municipalities.costs.invoicing.models import Claim
from municipalities.costs.invoicing.presenters import batch_name
from municipalities.costs.invoicing.queries import batch_of_claim, claims_of
from municipalities.costs.keys.addressed import reader


@dataclass(frozen=True)
class Chosen:
    """The claims, the form that chose them, and the same choice as a query string."""

    form: ClaimFilterForm
    claims: list[Claim]
    query: str
    year: int | None

    @property
    def name(self) -> str:
        """As a part of a file's name."""
        asked = [self.form.cleaned_data.get(field) for field in ("year", "pool", "batch")]
        return "-".join(part for part in asked if part)


def chosen(request: HttpRequest, *, cooperation: Cooperation) -> Chosen:
    """The latest year where none is asked for; what cannot be read chooses nothing away.

    One query.
    """
    seen = claims_of(cooperation=cooperation, user=reader(request))
    years = sorted({claim.pool_year.year for claim in seen}, reverse=True)
    asked = {field: request.GET.get(field, "") for field in ("year", "pool", "batch")}
    asked["year"] = asked["year"] or (str(years[0]) if years else "")
    pools = {claim.pool_year.pool.slug: claim.pool_year.pool.name for claim in seen}
    batches = {str(batch): batch_name(batch) for batch in sorted(map(batch_of_claim, seen))}
    form = ClaimFilterForm(
        asked, years=years, pools=sorted(pools.items()), batches=list(batches.items())
    )
    form.is_valid()
    told = {field: form.cleaned_data.get(field, "") for field in asked}
    year, batch = told["year"], Batch.parsed(told["batch"])
    claims = [
        claim
        for claim in seen
        if year in ("", str(claim.pool_year.year))
        and told["pool"] in ("", claim.pool_year.pool.slug)
        and batch in (None, batch_of_claim(claim))
    ]
    return Chosen(form=form, claims=claims, query=urlencode(told), year=int(year) if year else None)
