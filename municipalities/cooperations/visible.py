"""The cooperation that an address names, and what its reader may do there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from municipalities.access.models import User
from municipalities.access.permissions import held_on
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation


@dataclass(frozen=True)
class Visible:
    """A cooperation and everything that the reader holds on it."""

    cooperation: Cooperation
    held: frozenset[Permission]

    def may(self, permission: Permission) -> bool:
        return permission in self.held


def reader(request: HttpRequest) -> User:
    """Who is logged in; only for pages that ask for it."""
    return cast("User", request.user)


def visible_cooperation(
    request: HttpRequest, *, slug: str, permission: Permission = Permission.VIEW_AGREEMENT
) -> Visible:
    """The cooperation, for who holds the permission on it; else 404. Two queries."""
    found = get_object_or_404(Cooperation.objects.select_related("host"), slug=slug)
    held = held_on(user=request.user, cooperation=found)
    if permission not in held:
        raise Http404
    return Visible(cooperation=found, held=held)
