"""Giving and taking roles. Guardian's rows always follow the memberships."""

from django.db import transaction

from municipalities.access import permissions
from municipalities.access.models import Membership, User
from municipalities.access.rules import Role, may_be_held, permissions_of
from municipalities.cooperations.models import Cooperation
from municipalities.register.models import Municipality


@transaction.atomic
def grant(
    *, user: User, cooperation: Cooperation, municipality: Municipality, role: Role
) -> Membership:
    """Give the user the role. Giving it again changes nothing."""
    membership, _ = Membership.objects.get_or_create(
        user=user, cooperation=cooperation, municipality=municipality, role=role
    )
    _follow_memberships(user=user, cooperation=cooperation)
    return membership


class WrongMunicipality(Exception):
    """The role is the host's, and the municipality a partner; or the other way round."""


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    language: str,
    cooperation: Cooperation,
    municipality: Municipality,
    role: Role,
) -> tuple[Membership, bool]:
    """Give the role to the person with that address; True when the person is new here.

    A new person has no password: it is chosen by the link in an e-mail, or not needed
    where the login is by OpenID Connect. Raises WrongMunicipality.
    """
    if not may_be_held(role=role, is_host=municipality == cooperation.host):
        raise WrongMunicipality(role, municipality)
    user = User.objects.filter(email=email.lower()).first()
    is_new = user is None
    if user is None:
        user = User.objects.create_user(email=email, name=name, language=language)
    membership = grant(user=user, cooperation=cooperation, municipality=municipality, role=role)
    return membership, is_new


@transaction.atomic
def revoke(*, membership: Membership) -> None:
    """Take the role away again."""
    membership.delete()
    _follow_memberships(user=membership.user, cooperation=membership.cooperation)


@transaction.atomic
def refresh(**_: object) -> None:
    """Bring everybody's permissions in line with today's matrix; runs after each migrate.

    Of a cooperation it reads the key alone: its table may still be that of an earlier version.
    """
    held = Membership.objects.order_by("user_id", "cooperation_id").distinct()
    for user_id, cooperation_id in held.values_list("user_id", "cooperation_id"):
        _follow_memberships(
            user=User.objects.get(pk=user_id), cooperation=Cooperation(pk=cooperation_id)
        )


def _follow_memberships(*, user: User, cooperation: Cooperation) -> None:
    User.objects.select_for_update().get(pk=user.pk)
    roles = {
        Role(role)
        for role in user.memberships.filter(cooperation=cooperation).values_list("role", flat=True)
    }
    permissions.set_held(user=user, cooperation=cooperation, held=permissions_of(roles))
