"""The settlement that an address names, for who may see it and do this with it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from municipalities.access.queries import municipalities_acted_for
from municipalities.access.rules import Permission
from municipalities.costs.keys.addressed import reader
from municipalities.costs.pools.queries import VisiblePool, visible_year
from municipalities.costs.settlements.models import Settlement, SettlementState
from municipalities.register.models import Municipality


@dataclass(frozen=True)
class VisibleSettlement(VisiblePool):
    """A settlement, its pool, and what the reader holds."""

    settlement: Settlement


def visible_settlement(
    request: HttpRequest,
    *,
    cooperation: str,
    pool: str,
    year: int,
    number: int,
    permission: Permission = Permission.VIEW_COSTS,
    states: tuple[SettlementState, ...] = (),
) -> VisibleSettlement:
    """The settlement, for who holds the permission, while in one of the states; else 404.

    Five queries.
    """
    seen, pool_year = visible_year(
        request, cooperation=cooperation, pool=pool, year=year, permission=permission
    )
    found = Settlement.objects.visible_to(reader(request)).select_related(
        "accounts", "corrects", "prepared_by", "approved_by"
    )
    settlement = get_object_or_404(found, pool_year=pool_year, number=number)
    settlement.pool_year = pool_year
    if states and settlement.state not in states:
        raise Http404
    return VisibleSettlement(pool=seen.pool, held=seen.held, settlement=settlement)


def answered_for(request: HttpRequest, seen: VisiblePool) -> set[int]:
    """The municipalities that the reader may comment for: one's own alone."""
    own = municipalities_acted_for(
        user=request.user,
        permission=Permission.ANSWER_FOR_MUNICIPALITY,
        cooperation=seen.cooperation,
    )
    return set(own.values_list("pk", flat=True))


def answering(request: HttpRequest, seen: VisibleSettlement, *, number: str) -> Municipality:
    """The municipality in the address: on the settlement, and the reader's own; else 404."""
    lines = seen.settlement.lines.filter(
        municipality__number=number, municipality__in=answered_for(request, seen)
    )
    return get_object_or_404(lines.select_related("municipality")).municipality
