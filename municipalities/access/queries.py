"""Reads about people and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from municipalities.access.models import Membership, User
from municipalities.access.rules import Permission, Role, may_write, roles_with
from municipalities.register.models import Municipality

if TYPE_CHECKING:
    from municipalities.cooperations.models import Cooperation


def roles_of(user: User) -> set[Role]:
    """Every role the user has, in any cooperation."""
    return {Role(role) for role in user.memberships.values_list("role", flat=True)}


def needs_second_factor(user: User) -> bool:
    """Whether the user may change something somewhere, and so must have a second factor."""
    return may_write(roles_of(user))


def municipalities_of(*, user: User, cooperation: Cooperation) -> list[Municipality]:
    """The municipalities on whose behalf the user takes part, by number."""
    return list(
        Municipality.objects.filter(memberships__user=user, memberships__cooperation=cooperation)
        .distinct()
        .order_by("number", "pk")
    )


def people_with(*, cooperation: Cooperation, roles: set[Role]) -> list[Membership]:
    """The memberships with one of the roles, host first, then by municipality and name."""
    return list(
        Membership.objects.filter(cooperation=cooperation, role__in=roles, user__is_active=True)
        .select_related("user", "municipality")
        .order_by("municipality__number", "user__name", "pk")
    )


def municipalities_acted_for(
    *,
    user: User | AnonymousUser,
    permission: Permission,
    cooperation: Cooperation | None = None,
) -> QuerySet[Municipality]:
    """The municipalities on whose behalf the user holds the permission, by number.

    A role is held for one municipality: whoever answers for Fedje does not answer for Alver.
    """
    if not user.is_authenticated or not user.is_active:
        return Municipality.objects.none()
    held = Membership.objects.filter(user=user, role__in=roles_with(permission))
    if cooperation is not None:
        held = held.filter(cooperation=cooperation)
    return Municipality.objects.filter(pk__in=held.values("municipality")).order_by("number", "pk")
