"""People, their part in a cooperation, and guardian's table of what that gives."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from municipalities.access import permissions
from municipalities.access.rules import Permission, Role


class Users(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    def create_user(self, *, email: str, password: str | None = None, **fields) -> User:
        """A user who logs in with the address; no password means login by OpenID only."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractUser):
    """A person who logs in. Django's superuser flag is not used: roles decide."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), unique=True)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects: ClassVar[Users] = Users()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> MembershipQuerySet:
        """Memberships of the cooperations in which the user may see who has access."""
        return self.filter(
            cooperation__in=permissions.cooperations_where(
                user=user, permission=Permission.VIEW_ACCESS
            )
        )


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Membership(models.Model):
    """One role of a person in a cooperation, on behalf of a municipality."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    cooperation = models.ForeignKey(
        "municipalities.Cooperation", on_delete=models.CASCADE, related_name="memberships"
    )
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(
        _("role"), max_length=20, choices=[(role.value, role.value) for role in Role]
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "cooperation", "municipality", "role"],
                name="membership_is_held_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.role}"


class CooperationUserObjectPermission(UserObjectPermissionBase):
    """Guardian's rows for Cooperation, with a real foreign key (guardian's advice on speed)."""

    content_object = models.ForeignKey("municipalities.Cooperation", on_delete=models.CASCADE)
