"""The legevaktsentral and the public numbers it answers (akuttmedisinforskriften § 12)."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from municipalities.access import permissions
from municipalities.access.models import User
from municipalities.access.rules import Permission
from municipalities.agreements.models import Cooperation


class CentralQuerySet(models.QuerySet):
    def counted(self) -> CentralQuerySet:
        """Those whose calls are real: a sandbox is only for trying out a feed."""
        return self.filter(is_sandbox=False)

    def visible_to(self, user: User) -> CentralQuerySet:
        """Centrals of the cooperations in which the user takes part, without the sandboxes."""
        return self.counted().filter(
            cooperation__in=permissions.cooperations_where(
                user=user, permission=Permission.VIEW_OVERVIEW
            )
        )


@pghistory.track()
class Central(models.Model):
    """A legevaktsentral (LVS). Nobody sees it before it belongs to a cooperation."""

    cooperation = models.ForeignKey(
        Cooperation, on_delete=models.PROTECT, related_name="centrals", null=True, blank=True
    )
    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    is_sandbox = models.BooleanField(_("for trying out feeds"), default=False)

    objects = CentralQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class LineClass(models.TextChoices):
    """What a number is for; the definition of an indicator says which classes count."""

    NATIONAL = "116117", _("116 117")
    LOCAL = "lokal8", _("local 8-digit number")
    PROFESSIONAL = "professional", _("line for health professionals")
    OTHER = "other", _("other line")


@pghistory.track()
class PublicNumber(models.Model):
    """A number that the central answers. `number` is empty where only its class is known."""

    central = models.ForeignKey(Central, on_delete=models.CASCADE, related_name="numbers")
    line_class = models.CharField(_("kind of line"), max_length=12, choices=LineClass.choices)
    number = models.CharField(_("number"), max_length=15, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["central", "line_class", "number"], name="number_is_listed_once"
            )
        ]

    def __str__(self) -> str:
        return self.number or self.get_line_class_display()
