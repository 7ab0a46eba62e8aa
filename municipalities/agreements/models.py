"""The cooperation and who takes part in it (kommuneloven § 20-2)."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from municipalities.access import permissions
from municipalities.access.models import User
from municipalities.access.rules import Permission


class CooperationQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> CooperationQuerySet:
        """The cooperations in which the user takes part."""
        return self.where(user, Permission.VIEW_OVERVIEW)

    def where(self, user: User, permission: Permission) -> CooperationQuerySet:
        """The cooperations on which the user holds the permission."""
        return self.filter(pk__in=permissions.cooperations_where(user=user, permission=permission))


@pghistory.track()
class Cooperation(models.Model):
    """Municipalities that run one legevakt and one legevaktsentral by a host."""

    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    host = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="hosted"
    )
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    is_demonstration = models.BooleanField(_("demonstration data"), default=False)

    objects = CooperationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [(p.value, p.value) for p in Permission]

    def __str__(self) -> str:
        return self.name


class ParticipantQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> ParticipantQuerySet:
        """Participants of the cooperations in which the user takes part."""
        return self.filter(
            cooperation__in=permissions.cooperations_where(
                user=user, permission=Permission.VIEW_OVERVIEW
            )
        )


@pghistory.track()
class Participant(models.Model):
    """A municipality's time in a cooperation, half-open. The host takes part too."""

    cooperation = models.ForeignKey(
        Cooperation, on_delete=models.CASCADE, related_name="participants"
    )
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="participations"
    )
    joined_date = models.DateField(_("joined"))
    left_date = models.DateField(_("left"), null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperation", "municipality", "joined_date"],
                name="participant_joins_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(left_date__isnull=True) | Q(left_date__gt=F("joined_date")),
                name="participant_leaves_after_joining",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} · {self.cooperation}"
