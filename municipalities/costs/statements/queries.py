"""Everything that one municipality pays of all pools in a year, as far as the reader may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db.models import QuerySet, Sum

from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.costs.instalments.models import Payment, PlanLine, PlanState
from municipalities.costs.invoicing.batches import Batch, Kind
from municipalities.costs.invoicing.models import Claim
from municipalities.costs.invoicing.queries import batch_of_claim
from municipalities.costs.invoicing.writing import id_of
from municipalities.costs.pools.models import Pool, PoolYear
from municipalities.costs.pools.queries import pools_of
from municipalities.costs.settlements.models import (
    SettlementLine,
    SettlementState,
)
from municipalities.costs.statements.figures import NOUGHT, Due, PoolStatement, Statement
from municipalities.register.models import Municipality

SEEN = (SettlementState.SENT, SettlementState.APPROVED)


def statement_of(
    *, cooperation: Cooperation, municipality: Municipality, year: int, user: User
) -> Statement:
    """The statement for this reader: a pool that he or she may not see is left out.

    Eight queries for any number of pools.
    """
    pools = pools_of(cooperation=cooperation, user=user)
    years = PoolYear.objects.filter(pool__in=pools)
    own = {"municipality__number": municipality.number}
    plans = _plans(years, year=year, own=own)
    settled = _settled(years, year=year, own=own, user=user)
    of_year = years.filter(year=year)
    claims = {
        (claim.pool_year.pool_id, batch_of_claim(claim)): id_of(claim)
        for claim in Claim.objects.filter(pool_year__in=of_year, **own).select_related(
            "pool_year", "instalment", "settlement_line__settlement"
        )
    }
    paid = Payment.objects.filter(pool_year__in=of_year, **own).values_list("pool_year__pool")
    paid_by = dict(paid.annotate(total=Sum("amount")).order_by())
    found = [
        _pool_statement(
            pool,
            year=year,
            plans=plans,
            settled=settled,
            claims=claims,
            paid=paid_by.get(pool.pk, NOUGHT),
            is_host=municipality == cooperation.host,
        )
        for pool in pools
    ]
    chosen = years.values_list("year", flat=True).distinct().order_by("-year")
    return Statement(
        cooperation=cooperation,
        municipality=municipality,
        year=year,
        pools=tuple(each for each in found if each.plan or each.settled or each.waiting),
        years=tuple(chosen),
    )


def others_of(cooperation: Cooperation) -> list[Municipality]:
    """All that take part or have taken part, by number. One query."""
    found = Municipality.objects.filter(pk__in=cooperation.participants.values("municipality"))
    return list(found.order_by("number", "pk"))


Plans = Mapping[tuple[int, int], PlanLine]
Settled = Mapping[tuple[int, int], Sequence[SettlementLine]]


def _plans(years: QuerySet[PoolYear], *, year: int, own: Mapping[str, str]) -> Plans:
    """Pool and year → the municipality's line of the plan in force, of this year and the last."""
    rows = PlanLine.objects.filter(
        plan__pool_year__in=years.filter(year__in=(year, year - 1)),
        plan__state=PlanState.APPROVED,
        **own,
    )
    rows = rows.select_related(
        "municipality", "plan__pool_year", "plan__approved_by"
    ).prefetch_related("instalments")
    return {(row.plan.pool_year.pool_id, row.plan.pool_year.year): row for row in rows}


def _settled(
    years: QuerySet[PoolYear], *, year: int, own: Mapping[str, str], user: User
) -> Settled:
    """Pool and year → the municipality's lines of what is sent or approved, oldest first."""
    rows = SettlementLine.objects.visible_to(user).filter(
        settlement__pool_year__in=years.filter(year__in=(year, year - 1)),
        settlement__state__in=SEEN,
        **own,
    )
    rows = rows.select_related("municipality", "settlement__pool_year", "settlement__approved_by")
    found: dict[tuple[int, int], list[SettlementLine]] = {}
    for row in rows.order_by("settlement__number"):
        of = row.settlement.pool_year
        found.setdefault((of.pool_id, of.year), []).append(row)
    return found


def _pool_statement(
    pool: Pool,
    *,
    year: int,
    plans: Plans,
    settled: Settled,
    claims: Mapping[tuple[int, Batch], str],
    paid: Decimal,
    is_host: bool,
) -> PoolStatement:
    plan, lines = plans.get((pool.pk, year)), settled.get((pool.pk, year), [])
    last = _last(lines, SettlementState.APPROVED)
    instalments = sorted(plan.instalments.all(), key=lambda each: each.number) if plan else []
    batch = Batch(Kind.SETTLEMENT, last.settlement.number) if last else None
    return PoolStatement(
        pool=pool,
        year=year,
        plan=plan,
        instalments=tuple(
            Due(
                number=each.number,
                due_date=each.due_date,
                amount=each.amount,
                claim=claims.get((pool.pk, Batch(Kind.INSTALMENT, each.number)), ""),
            )
            for each in instalments
        ),
        paid=paid,
        is_host=is_host,
        settled=last,
        waiting=_last(lines, SettlementState.SENT),
        claim=claims.get((pool.pk, batch), "") if batch else "",
        before=_before(plans.get((pool.pk, year - 1)), settled.get((pool.pk, year - 1), [])),
    )


def _last(lines: Sequence[SettlementLine], state: SettlementState) -> SettlementLine | None:
    found = [line for line in lines if line.settlement.state == state]
    return found[-1] if found else None


def _before(plan: PlanLine | None, lines: Sequence[SettlementLine]) -> Decimal | None:
    """The year before as it stands: settled, else of the budget."""
    line = _last(lines, SettlementState.APPROVED) or plan
    return line.amount if line else None
