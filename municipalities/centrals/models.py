"""The legevaktsentral and the public numbers it answers (akuttmedisinforskriften § 12)."""

from __future__ import annotations

from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from legevakt.lib.constraints import municipality_lives, never_overlap
from municipalities.access import permissions
from municipalities.access.models import User
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.documents.models import Document
from municipalities.register.models import Municipality


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
    checks_reminded_at = models.DateTimeField(null=True, blank=True)

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
    """A number that the central answers. `number` is empty where only its class is known.

    Half-open in time; an empty `valid_from` is since before the register was kept.
    """

    central = models.ForeignKey(Central, on_delete=models.CASCADE, related_name="numbers")
    line_class = models.CharField(_("kind of line"), max_length=12, choices=LineClass.choices)
    number = models.CharField(_("number"), max_length=15, blank=True)
    valid_from = models.DateField(_("in use from"), null=True, blank=True)
    valid_to = models.DateField(_("in use to"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["central", "line_class", "number"], name="number_is_listed_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
                name="number_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.get_line_class_display()


class OfCentralQuerySet(models.QuerySet):
    """Rows with a `central`, seen by those who see it."""

    def visible_to(self, user: User) -> Self:
        return self.filter(central__in=Central.objects.visible_to(user))

    def where(self, user: User, permission: Permission) -> Self:
        """Rows of the centrals on whose cooperation the user holds the permission."""
        return self.filter(
            central__cooperation__in=permissions.cooperations_where(
                user=user, permission=permission
            )
        )


@pghistory.track()
class ServedMunicipality(models.Model):
    """A municipality, or a part of it (`area`), that the central answers for; half-open."""

    central = models.ForeignKey(Central, on_delete=models.CASCADE, related_name="served")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    area = models.CharField(_("part of the municipality"), max_length=120, blank=True)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)

    objects = OfCentralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="service_of_municipality_ends_after_start",
            ),
            never_overlap(
                name="municipality_is_served_by_one_central_at_a_time",
                same=["municipality_id"],
                start="valid_from",
                end="valid_to",
                condition=Q(area=""),
            ),
        ]
        triggers = [municipality_lives("valid_from", name="served_municipality_exists")]

    def __str__(self) -> str:
        return f"{self.municipality} · {self.central}"


@pghistory.track()
class RequirementPlan(models.Model):
    """Who looks after a requirement of the regulation at a central, and how often it is checked.

    `requirement` is its key in requirements.json; `number` is set where each public number is
    checked by itself (the 113 message).
    """

    central = models.ForeignKey(Central, on_delete=models.CASCADE, related_name="requirements")
    requirement = models.SlugField(max_length=40)
    number = models.ForeignKey(
        PublicNumber, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    responsible = models.CharField(_("responsible"), max_length=120, blank=True)
    interval_months = models.PositiveSmallIntegerField(_("checked every … months"), default=12)
    next_due_date = models.DateField(_("next check due"), null=True, blank=True)

    objects = OfCentralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["central", "requirement", "number"],
                nulls_distinct=False,
                name="requirement_is_planned_once",
            ),
            models.CheckConstraint(
                condition=Q(interval_months__gte=1), name="requirement_is_checked_sometimes"
            ),
        ]

    def __str__(self) -> str:
        return self.requirement


class CheckResult(models.TextChoices):
    """What a check found."""

    MET = "met", _("fulfilled")
    PARTLY = "partly", _("partly fulfilled")
    NOT_MET = "not_met", _("not fulfilled")


class RequirementCheckQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        return self.filter(plan__in=RequirementPlan.objects.visible_to(user))


@pghistory.track()
class RequirementCheck(models.Model):
    """One check of a requirement, with its evidence; the latest counts, the others are kept."""

    plan = models.ForeignKey(RequirementPlan, on_delete=models.CASCADE, related_name="checks")
    result = models.CharField(_("result"), max_length=7, choices=CheckResult.choices)
    checked_date = models.DateField(_("checked on"))
    evidence = models.TextField(_("evidence"), max_length=2_000, blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = RequirementCheckQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["plan", "-checked_date"], name="requirement_checked")]

    def __str__(self) -> str:
        return f"{self.plan} {self.checked_date}"
