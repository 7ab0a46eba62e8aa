"""The operators' competence and follow-up: counts and due dates, never how anybody performs."""

from __future__ import annotations

from datetime import date
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from municipalities.access.models import User
from municipalities.access.rules import Permission
from municipalities.centrals.models import Central, OfCentralQuerySet


class RequirementQuerySet(OfCentralQuerySet):
    """What is required: seen by those who see how many fulfil it."""

    def visible_to(self, user: User) -> Self:
        return self.where(user, Permission.VIEW_COMPETENCE)

    def in_force(self, day: date) -> Self:
        """Those that are required on the day."""
        return self.filter(Q(ends_date__isnull=True) | Q(ends_date__gt=day))


class OperatorQuerySet(OfCentralQuerySet):
    """Each stands for a person, and is seen by who keeps them; all others see counts alone."""

    def visible_to(self, user: User) -> Self:
        return self.where(user, Permission.MANAGE_COMPETENCE)

    def at_work(self, day: date) -> Self:
        """Those who have started by the day, and not ended."""
        return self.filter(
            Q(ended_date__isnull=True) | Q(ended_date__gt=day), started_date__lte=day
        )

    def experienced(self, day: date) -> Self:
        """Those who count as experienced on the day."""
        return self.filter(experienced_date__lte=day)


class CompetenceKind(models.TextChoices):
    """What is required of an operator."""

    EDUCATION = "education", _("education")
    COURSE = "course", _("course")
    PRACTICE = "practice", _("clinical practice")
    EXERCISE = "exercise", _("exercise")


@pghistory.track()
class CompetenceRequirement(models.Model):
    """What each operator of a central must have; `valid_months` empty is for life."""

    central = models.ForeignKey(
        Central, on_delete=models.CASCADE, related_name="competence_requirements"
    )
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=9, choices=CompetenceKind.choices)
    legal_basis = models.CharField(_("legal basis"), max_length=120, blank=True)
    valid_months = models.PositiveSmallIntegerField(
        _("valid for, in months"), null=True, blank=True
    )
    ends_date = models.DateField(_("no longer required from"), null=True, blank=True)

    objects = RequirementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["central", "name"], name="competence_requirement_is_listed_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class CallVolume(models.TextChoices):
    """About how much an operator answers, as the leader judges it; never counted per person."""

    LOW = "low", _("few shifts")
    USUAL = "usual", _("ordinary shifts")


@pghistory.track()
class Operator(models.Model):
    """A position at the central by a label of the leader's choosing, not a name.

    `experienced_date` is from when the operator counts as experienced; until then `mentor` is who
    the operator is paired with.
    """

    central = models.ForeignKey(Central, on_delete=models.CASCADE, related_name="operators")
    label = models.CharField(_("label"), max_length=40)
    started_date = models.DateField(_("started"))
    ended_date = models.DateField(_("ended"), null=True, blank=True)
    experienced_date = models.DateField(_("experienced from"), null=True, blank=True)
    volume = models.CharField(
        _("amount of shifts"), max_length=5, choices=CallVolume.choices, default=CallVolume.USUAL
    )
    mentor = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="mentored"
    )

    objects = OperatorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["central", "label"], name="operator_has_its_label"),
            models.CheckConstraint(
                condition=Q(ended_date__isnull=True) | Q(ended_date__gt=F("started_date")),
                name="operator_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(experienced_date__isnull=True)
                | Q(experienced_date__gte=F("started_date")),
                name="operator_is_experienced_after_start",
            ),
            models.CheckConstraint(
                condition=Q(mentor__isnull=True) | ~Q(mentor=F("id")),
                name="operator_is_paired_with_another",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class OfOperatorQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> OfOperatorQuerySet:
        return self.filter(operator__in=Operator.objects.visible_to(user))


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Qualification(models.Model):
    """That an operator fulfils a requirement, from a day until it expires (empty: for life)."""

    operator = models.ForeignKey(Operator, on_delete=models.CASCADE, related_name="qualifications")
    requirement = models.ForeignKey(
        CompetenceRequirement, on_delete=models.PROTECT, related_name="qualifications"
    )
    obtained_date = models.DateField(_("obtained"))
    expires_date = models.DateField(_("expires"), null=True, blank=True)

    objects = OfOperatorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["operator", "requirement", "obtained_date"],
                name="qualification_is_obtained_once",
            ),
            models.CheckConstraint(
                condition=Q(expires_date__isnull=True) | Q(expires_date__gt=F("obtained_date")),
                name="qualification_expires_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operator} · {self.requirement}"


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class FollowUp(models.Model):
    """That a follow-up talk was held. What was said is not kept."""

    operator = models.ForeignKey(Operator, on_delete=models.CASCADE, related_name="follow_ups")
    held_date = models.DateField(_("held on"))

    objects = OfOperatorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["operator", "held_date"], name="follow_up_is_held_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.operator} {self.held_date}"


class CompetenceLetter(models.Model):
    """When the leaders of a central were last written to about what expires or is late."""

    central = models.OneToOneField(Central, on_delete=models.CASCADE, related_name="+")
    sent_date = models.DateField()

    def __str__(self) -> str:
        return f"{self.central} {self.sent_date}"
