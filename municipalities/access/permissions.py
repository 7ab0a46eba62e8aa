"""The only door to guardian: what a person holds on which cooperation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from guardian.shortcuts import get_objects_for_user, get_perms_for_model

from municipalities.access.rules import Permission

if TYPE_CHECKING:
    from municipalities.access.models import User
    from municipalities.cooperations.models import Cooperation


def cooperations_where(
    *, user: User | AnonymousUser, permission: Permission
) -> QuerySet[Cooperation]:
    """The cooperations on which the user holds the permission; none for outsiders."""
    cooperation = apps.get_model("municipalities", "Cooperation")
    if not user.is_authenticated or not user.is_active:
        return cooperation.objects.none()
    return get_objects_for_user(
        user,
        f"municipalities.{permission}",
        klass=cooperation,
        use_groups=False,
        with_superuser=False,
        accept_global_perms=False,
    )


def held_anywhere(user: User | AnonymousUser) -> frozenset[Permission]:
    """Every permission that the user holds on some cooperation, in one query."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    rows = apps.get_model("municipalities", "CooperationUserObjectPermission").objects
    held = rows.filter(user=user).values_list("permission__codename", flat=True).distinct()
    return frozenset(Permission(codename) for codename in held.order_by("permission__codename"))


def held_on(*, user: User | AnonymousUser, cooperation: Cooperation) -> frozenset[Permission]:
    """Every permission that the user holds on this cooperation, in one query."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    rows = apps.get_model("municipalities", "CooperationUserObjectPermission").objects
    held = rows.filter(user=user, content_object=cooperation)
    return frozenset(map(Permission, held.values_list("permission__codename", flat=True)))


def is_held(
    *, user: User | AnonymousUser, permission: Permission, cooperation: Cooperation
) -> bool:
    """Whether the user holds the permission on this cooperation."""
    return cooperations_where(user=user, permission=permission).filter(pk=cooperation.pk).exists()


def set_held(*, user: User, cooperation: Cooperation, held: frozenset[Permission]) -> None:
    """Make guardian's rows say exactly `held`: what is missing is granted, the rest removed."""
    rows = apps.get_model("municipalities", "CooperationUserObjectPermission").objects
    ours = rows.filter(user=user, content_object=cooperation)
    before = set(ours.values_list("permission__codename", flat=True))
    if missing := held - before:
        known = {each.codename: each for each in get_perms_for_model(cooperation)}
        rows.bulk_create(
            rows.model(user=user, content_object=cooperation, permission=known[codename])
            for codename in sorted(missing)
        )
    if before - held:
        ours.filter(permission__codename__in=before - held).delete()
