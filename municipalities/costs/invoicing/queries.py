"""Claims, what can be claimed, and whom to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db.models import QuerySet

from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.costs.invoicing.batches import Batch
from municipalities.costs.invoicing.models import BillingDetails, Claim
from municipalities.costs.invoicing.owed import Owed, batch_of, claimed_in, owed_in, to_claim
from municipalities.costs.pools.models import Pool, PoolYear
from municipalities.register.models import Municipality


@dataclass(frozen=True, kw_only=True)
class Billed:
    """A municipality and its billing details, if they are given."""

    municipality: Municipality
    details: BillingDetails | None
    is_host: bool


@dataclass(frozen=True, kw_only=True)
class Claimable:
    """An instalment or settlement of which something is not claimed yet."""

    pool_year: PoolYear
    batch: Batch
    rows: tuple[Owed, ...]

    @property
    def amount(self) -> Decimal:
        return sum((row.amount for row in self.rows), Decimal(0))

    @property
    def due_date(self) -> date | None:
        """When the plan says that it is due; a settlement does not say."""
        return self.rows[0].due_date


def billed_of(cooperation: Cooperation) -> list[Billed]:
    """All that take part or have taken part, the host first. Two queries."""
    found = Municipality.objects.filter(
        pk__in=cooperation.participants.values("municipality")
    ).order_by("number", "pk")
    details = {
        each.municipality_id: each
        for each in BillingDetails.objects.filter(cooperation=cooperation)
    }
    billed = [
        Billed(
            municipality=each,
            details=details.get(each.pk),
            is_host=each.pk == cooperation.host_id,
        )
        for each in found
    ]
    return sorted(billed, key=lambda each: not each.is_host)


def years_of(*, cooperation: Cooperation, user: User) -> QuerySet[PoolYear]:
    """The years of the cooperation's pools that the user may see."""
    return PoolYear.objects.filter(
        pool__in=Pool.objects.visible_to(user).filter(cooperation=cooperation)
    )


def claimable(*, cooperation: Cooperation, user: User) -> list[Claimable]:
    """What can be claimed now, soonest due first, settlements last. Three queries."""
    years = years_of(cooperation=cooperation, user=user)
    left = to_claim(owed_in(years), claimed=claimed_in(years), host=cooperation.host)
    batches = groupby(left, key=lambda each: (each.pool_year.pk, each.batch))
    found = [_claimable(tuple(rows)) for _, rows in batches]
    return sorted(found, key=lambda each: (each.due_date or date.max, each.pool_year.pk))


def _claimable(rows: tuple[Owed, ...]) -> Claimable:
    return Claimable(pool_year=rows[0].pool_year, batch=rows[0].batch, rows=rows)


def claims_of(*, cooperation: Cooperation, user: User, number: int | None = None) -> list[Claim]:
    """The claims that the user may see, by number; only the one where a number is given."""
    found = Claim.objects.visible_to(user).filter(cooperation=cooperation)
    if number is not None:
        found = found.filter(number=number)
    return list(
        found.select_related(
            "cooperation__host",
            "municipality",
            "pool_year__pool",
            "instalment",
            "settlement_line__settlement",
        ).order_by("number")
    )


def batch_of_claim(claim: Claim) -> Batch:
    line = claim.settlement_line
    return batch_of(
        instalment=claim.instalment.number if claim.instalment else None,
        settlement=line.settlement.number if line else None,
    )


def of_host_in(claims: Sequence[Claim], *, cooperation: Cooperation) -> list[Owed]:
    """The host's own part of what the claims are of, which is posted and not invoiced.

    Two queries.
    """
    batches = {(claim.pool_year_id, batch_of_claim(claim)) for claim in claims}
    years = PoolYear.objects.filter(pk__in={year for year, _ in batches})
    return [
        each
        for each in owed_in(years)
        if each.municipality == cooperation.host and (each.pool_year.pk, each.batch) in batches
    ]
