"""Reads about people and roles."""

from municipalities.access.models import Membership, User
from municipalities.access.rules import Role, may_write
from municipalities.agreements.models import Cooperation
from municipalities.register.models import Municipality


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
