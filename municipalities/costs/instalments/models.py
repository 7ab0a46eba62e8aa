"""A-konto: what each municipality pays in advance, in instalments that sum to its share."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from legevakt.lib.amounts import amount_field
from legevakt.lib.constraints import frozen_while, refused_unless, stays_once
from municipalities.access import permissions
from municipalities.access.models import User
from municipalities.access.rules import Permission
from municipalities.costs.accounts.models import Budget, OfPoolYearQuerySet
from municipalities.costs.pools.models import OfPoolQuerySet, Pool, PoolYear
from municipalities.register.models import Municipality


class PlanState(models.TextChoices):
    """A plan is approved; a later one, after a revised budget, replaces it."""

    DRAFT = "draft", _("draft")
    APPROVED = "approved", _("approved")
    REPLACED = "replaced", _("replaced")


class InstalmentPlanQuerySet(OfPoolYearQuerySet):
    def visible_to(self, user: User) -> InstalmentPlanQuerySet:
        """Plans of pools that the user may see; drafts, for the host's own and the auditor."""
        whole = permissions.cooperations_where(user=user, permission=Permission.VIEW_ALL_COSTS)
        return self.filter(
            ~Q(state=PlanState.DRAFT) | Q(pool_year__pool__cooperation__in=whole),
            pool_year__pool__in=Pool.objects.visible_to(user),
        )


PLAN_ADDS_UP = """
    NEW.state = 'draft'
    OR NEW.amount = (SELECT coalesce(sum(l.amount), 0) FROM municipalities_planline l
                     WHERE l.plan_id = NEW.id)
    AND NOT EXISTS (SELECT FROM municipalities_planline l WHERE l.plan_id = NEW.id
        AND l.amount <> (SELECT coalesce(sum(i.amount), 0) FROM municipalities_instalment i
                         WHERE i.line_id = l.id))
"""


@pghistory.track()
class InstalmentPlan(models.Model):
    """The budget's net amount shared by the key, and each share in instalments.

    `terms` is the key and basis as they were (settlements/models.py says how).
    """

    pool_year = models.ForeignKey(
        PoolYear, on_delete=models.CASCADE, related_name="instalment_plans"
    )
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(
        _("state"), max_length=8, choices=PlanState.choices, default=PlanState.DRAFT
    )
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="plans")
    amount = amount_field(_("amount to share"))
    terms = models.JSONField(default=dict)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = InstalmentPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pool_year", "number"], name="plan_has_its_number"),
            models.UniqueConstraint(
                fields=["pool_year"], condition=Q(state="draft"), name="plan_under_way_is_one"
            ),
            models.UniqueConstraint(
                fields=["pool_year"], condition=Q(state="approved"), name="plan_in_force_is_one"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(approved_at__isnull=False),
                name="plan_approved_has_its_moment",
            ),
        ]
        triggers = [
            refused_unless(
                PLAN_ADDS_UP, name="plan_adds_up", why="the instalments do not sum to the amount"
            ),
            stays_once(
                "OLD.state <> 'draft' AND (TG_OP = 'DELETE' OR NEW.state = 'draft'"
                " OR NEW.amount <> OLD.amount OR NEW.terms <> OLD.terms"
                " OR NEW.budget_id <> OLD.budget_id)",
                name="approved_plan_stays",
                why="the plan is approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pool_year} · {self.number}"


PLAN_OF_LINE = "(SELECT p.state FROM municipalities_instalmentplan p WHERE p.id = {row}.plan_id)"


class PlanLine(models.Model):
    """A municipality's share of the year's budget; `share` is the exact fraction as text."""

    plan = models.ForeignKey(InstalmentPlan, on_delete=models.CASCADE, related_name="lines")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    amount = amount_field(_("share of the year"))
    share = models.CharField(max_length=400)
    steps = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "municipality"], name="plan_line_is_one_for_each"
            )
        ]
        triggers = [
            frozen_while(
                f"{PLAN_OF_LINE} <> 'draft'",
                name="approved_plan_lines_stay",
                why="the plan is approved",
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.amount}"


class InstalmentQuerySet(OfPoolQuerySet):
    pool = "line__plan__pool_year__pool"


class Instalment(models.Model):
    """One instalment of a municipality, due on a day."""

    line = models.ForeignKey(PlanLine, on_delete=models.CASCADE, related_name="instalments")
    number = models.PositiveSmallIntegerField(_("instalment"))
    due_date = models.DateField(_("due on"))
    amount = amount_field(_("amount"))

    objects = InstalmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "number"], name="instalment_has_its_number")
        ]
        triggers = [
            frozen_while(
                "(SELECT p.state FROM municipalities_instalmentplan p, municipalities_planline l"
                " WHERE l.id = {row}.line_id AND p.id = l.plan_id) <> 'draft'",
                name="approved_instalments_stay",
                why="the plan is approved",
            )
        ]

    def __str__(self) -> str:
        return f"{self.line.municipality} {self.number}: {self.amount}"


@pghistory.track()
class Payment(models.Model):
    """What a municipality has paid of its a-konto."""

    pool_year = models.ForeignKey(PoolYear, on_delete=models.CASCADE, related_name="payments")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    paid_date = models.DateField(_("paid on"))
    amount = amount_field(_("amount"))
    reference = models.CharField(_("reference"), max_length=80)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfPoolYearQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pool_year", "municipality", "reference"],
                name="payment_is_recorded_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.amount}"
