"""Pools made and changed, who shares them, and their years."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from municipalities.cooperations.models import Cooperation
from municipalities.costs.pools.models import Pool, PoolKind, PoolMember, PoolYear
from municipalities.register.models import Municipality


@transaction.atomic
def open_pool(
    *,
    cooperation: Cooperation,
    slug: str,
    name: str,
    kind: PoolKind,
    starts_date: date,
    **terms: Any,
) -> Pool:
    """A new pool, shared by all that take part in the cooperation; `terms` are its other fields.

    A bilateral one has no members but the host until somebody is added.
    """
    pool = Pool.objects.create(
        cooperation=cooperation,
        slug=slug,
        name=name,
        kind=kind,
        starts_date=starts_date,
        **terms,
    )
    if pool.is_bilateral:
        add_member(pool=pool, municipality=cooperation.host, joined_date=starts_date)
        return pool
    taking_part = cooperation.participants.filter(
        Q(left_date__isnull=True) | Q(left_date__gt=starts_date)
    )
    for participant in taking_part.select_related("municipality"):
        PoolMember.objects.create(
            pool=pool,
            municipality=participant.municipality,
            joined_date=max(participant.joined_date, starts_date),
            left_date=participant.left_date,
            area=participant.area,
        )
    return pool


@transaction.atomic
def add_member(
    *, pool: Pool, municipality: Municipality, joined_date: date, area: str = ""
) -> PoolMember:
    """The municipality shares the pool from the day."""
    return PoolMember.objects.create(
        pool=pool, municipality=municipality, joined_date=joined_date, area=area
    )


def year_of(*, pool: Pool, year: int) -> PoolYear:
    """The pool's year, made where it is not there. Safe to repeat."""
    return PoolYear.objects.get_or_create(pool=pool, year=year)[0]
