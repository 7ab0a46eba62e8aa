"""What each municipality owes by an approved instalment or settlement, and what is claimed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from municipalities.costs.instalments.models import Instalment, PlanState
from municipalities.costs.invoicing.batches import Batch, Kind
from municipalities.costs.invoicing.models import Claim
from municipalities.costs.pools.models import PoolYear
from municipalities.costs.settlements.models import SettlementLine, SettlementState
from municipalities.register.models import Municipality


@dataclass(frozen=True, kw_only=True)
class Owed:
    """An amount of a municipality; negative is to be given back.

    Exactly one of `instalment` and `settlement_line` is what it rests on.
    """

    pool_year: PoolYear
    batch: Batch
    municipality: Municipality
    amount: Decimal
    due_date: date | None = None
    instalment: Instalment | None = None
    settlement_line: SettlementLine | None = None

    @property
    def key(self) -> tuple[int, Batch, int]:
        """Year of a pool, batch and municipality: claimed once, whichever plan it was in."""
        return self.pool_year.pk, self.batch, self.municipality.pk


def owed_in(years: QuerySet[PoolYear], *, batch: Batch | None = None) -> list[Owed]:
    """All that is approved in the years, or only the batch. Two queries, or one."""
    kinds = [batch.kind] if batch else list(Kind)
    found: list[Owed] = []
    if Kind.INSTALMENT in kinds:
        found += [_of_instalment(row) for row in _instalments(years)]
    if Kind.SETTLEMENT in kinds:
        found += [_of_line(row) for row in _lines(years)]
    return [each for each in found if batch in (None, each.batch)]


def claimed_in(years: QuerySet[PoolYear]) -> set[tuple[int, Batch, int]]:
    """The keys of what is claimed. One query."""
    rows = Claim.objects.filter(pool_year__in=years).values_list(
        "pool_year", "instalment__number", "settlement_line__settlement__number", "municipality"
    )
    return {
        (year, batch_of(instalment=instalment, settlement=settlement), municipality)
        for year, instalment, settlement, municipality in rows
    }


def batch_of(*, instalment: int | None, settlement: int | None) -> Batch:
    """From the number of the one that there is."""
    if instalment is not None:
        return Batch(Kind.INSTALMENT, instalment)
    return Batch(Kind.SETTLEMENT, settlement or 0)


def to_claim(owed: Iterable[Owed], *, claimed: set, host: Municipality) -> list[Owed]:
    """What is not claimed yet. Nobody invoices itself, and nought is no claim."""
    return [
        each
        for each in owed
        if each.amount and each.municipality != host and each.key not in claimed
    ]


def _instalments(years: QuerySet[PoolYear]) -> QuerySet[Instalment]:
    rows = Instalment.objects.filter(
        line__plan__pool_year__in=years, line__plan__state=PlanState.APPROVED
    ).select_related("line__municipality", "line__plan__pool_year__pool__cooperation")
    return rows.order_by("line__plan__pool_year", "number", "line__municipality__number")


def _lines(years: QuerySet[PoolYear]) -> QuerySet[SettlementLine]:
    rows = SettlementLine.objects.filter(
        settlement__pool_year__in=years, settlement__state=SettlementState.APPROVED
    ).select_related("municipality", "settlement__pool_year__pool__cooperation")
    return rows.order_by("settlement__pool_year", "settlement__number", "municipality__number")


def _of_instalment(row: Instalment) -> Owed:
    return Owed(
        pool_year=row.line.plan.pool_year,
        batch=Batch(Kind.INSTALMENT, row.number),
        municipality=row.line.municipality,
        amount=row.amount,
        due_date=row.due_date,
        instalment=row,
    )


def _of_line(row: SettlementLine) -> Owed:
    return Owed(
        pool_year=row.settlement.pool_year,
        batch=Batch(Kind.SETTLEMENT, row.settlement.number),
        municipality=row.municipality,
        amount=row.rest,
        settlement_line=row,
    )
