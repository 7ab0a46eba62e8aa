"""The key that an address names, for who may see it and do this with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from municipalities.access.models import User
from municipalities.access.queries import municipalities_acted_for
from municipalities.access.rules import Permission
from municipalities.costs.keys.models import AllocationKey, KeyState
from municipalities.costs.pools.queries import VisiblePool, visible_pool
from municipalities.register.models import Municipality


@dataclass(frozen=True)
class VisibleKey(VisiblePool):
    """A key, its pool, and what the reader holds."""

    key: AllocationKey


def visible_key(
    request: HttpRequest,
    *,
    cooperation: str,
    pool: str,
    number: int,
    permission: Permission = Permission.VIEW_COSTS,
    state: KeyState | None = None,
) -> VisibleKey:
    """The key, for who holds the permission, while it is in the state; else 404. Four queries."""
    seen = visible_pool(request, cooperation=cooperation, pool=pool, permission=permission)
    keys = AllocationKey.objects.visible_to(reader(request)).prefetch_related("parts")
    key = get_object_or_404(keys, pool=seen.pool, number=number)
    key.pool = seen.pool
    if state is not None and key.state != state:
        raise Http404
    return VisibleKey(pool=seen.pool, held=seen.held, key=key)


def answered_for(request: HttpRequest, seen: VisiblePool) -> set[int]:
    """The municipalities whose decision the reader may record: all, for the host's controller."""
    if seen.may(Permission.MANAGE_COSTS):
        return set(seen.pool.members.values_list("municipality", flat=True))
    own = municipalities_acted_for(
        user=request.user,
        permission=Permission.ANSWER_FOR_MUNICIPALITY,
        cooperation=seen.cooperation,
    )
    return {each.pk for each in own}


def answering(request: HttpRequest, seen: VisiblePool, *, number: str) -> Municipality:
    """The municipality in the address, where the reader may answer for it; else 404."""
    allowed = Municipality.objects.filter(pk__in=answered_for(request, seen))
    sharing = allowed.filter(pk__in=seen.pool.members.values("municipality"))
    found = sharing.filter(number=number).order_by("-valid_from").first()
    if found is None:
        raise Http404
    return found


def reader(request: HttpRequest) -> User:
    """Who is logged in; the pages here are for no one else."""
    return cast("User", request.user)
