"""What a reader's municipality owes in a year: what is claimed, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from municipalities.access.models import User
from municipalities.access.permissions import is_held
from municipalities.access.queries import municipalities_of
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.costs.instalments.models import Instalment, PlanState
from municipalities.costs.invoicing.models import Claim
from municipalities.costs.pools.models import Pool
from municipalities.register.models import Municipality

NOUGHT = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Owed:
    """The a-konto of a year by the plans in force, in kroner; of all together without a
    municipality.

    `claimed` is what the host has claimed of it; `next_date` the first day from today on which
    something is due, and `next_amount` that.
    """

    municipality: Municipality | None
    year: int
    amount: Decimal
    claimed: Decimal
    next_date: date | None
    next_amount: Decimal


def owed_by(*, cooperation: Cooperation, user: User, today: date) -> list[Owed]:
    """What each of the user's municipalities owes this year, of the pools that the user may see.

    For the host's people, who see the whole accounts, all of it as one. Nothing where no plan is in
    force. Four queries.
    """
    whole = is_held(user=user, permission=Permission.VIEW_ALL_COSTS, cooperation=cooperation)
    of = [None] if whole else municipalities_of(user=user, cooperation=cooperation)
    pools = Pool.objects.visible_to(user).filter(cooperation=cooperation)
    dues = _dues(pools, year=today.year)
    claims = _claims(pools, year=today.year)
    found = [owed_of(each, dues=dues, claims=claims, today=today) for each in of]
    return [each for each in found if each is not None]


Dues = Iterable[tuple[int, date, Decimal]]
Claims = Iterable[tuple[int, Decimal]]


def _dues(pools: QuerySet[Pool], *, year: int) -> list[tuple[int, date, Decimal]]:
    """Municipality, day and amount of what falls due, by day."""
    rows = Instalment.objects.filter(
        line__plan__state=PlanState.APPROVED,
        line__plan__pool_year__year=year,
        line__plan__pool_year__pool__in=pools,
    )
    sums = rows.values_list("line__municipality", "due_date").annotate(Sum("amount"))
    return list(sums.order_by("due_date", "line__municipality"))


def _claims(pools: QuerySet[Pool], *, year: int) -> list[tuple[int, Decimal]]:
    """Municipality and what is claimed; an instalment of a plan that is replaced counts too."""
    rows = Claim.objects.filter(
        instalment__isnull=False, pool_year__year=year, pool_year__pool__in=pools
    )
    return list(rows.values_list("municipality").annotate(Sum("amount")).order_by("municipality"))


def owed_of(of: Municipality | None, *, dues: Dues, claims: Claims, today: date) -> Owed | None:
    """What the municipality owes, of all without one, of dues by day; None where nothing is due."""
    own = [(day, amount) for pk, day, amount in dues if of is None or pk == of.pk]
    if not own:
        return None
    next_date = next((day for day, _ in own if day >= today), None)
    return Owed(
        municipality=of,
        year=today.year,
        amount=sum((amount for _, amount in own), NOUGHT),
        claimed=sum((amount for pk, amount in claims if of is None or pk == of.pk), NOUGHT),
        next_date=next_date,
        next_amount=sum((amount for day, amount in own if day == next_date), NOUGHT),
    )
