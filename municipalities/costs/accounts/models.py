"""Budget, accounts and forecast of a pool's year, by KOSTRA function and art.

Costs are positive and revenue negative, as in KOSTRA's files.
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from legevakt.lib.amounts import amount_field
from legevakt.lib.constraints import frozen_while, refused_unless, stays_once
from municipalities.access import permissions
from municipalities.access.models import User
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.costs.pools.models import OfPoolQuerySet, PoolYear

THREE_DIGITS = [RegexValidator(r"^[0-9]{3}$", _("A KOSTRA code has three digits."))]


class OfPoolYearQuerySet(OfPoolQuerySet):
    """Rows of a pool's year."""

    pool = "pool_year__pool"


class Treatment(models.TextChoices):
    """How the amounts on an art count when costs are shared."""

    WAGES = "wages", _("wages")
    RUNNING = "running", _("running costs")
    CAPITAL = "capital", _("rent and capital costs")
    OWN_REVENUE = "own_revenue", _("own revenue, deducted before sharing")
    FROM_PARTNERS = "from_partners", _("payment from the partners, not part of the costs")
    LEFT_OUT = "left_out", _("left out")


class OfCostsQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> OfCostsQuerySet:
        """Rows of the cooperations whose costs the user may see."""
        return self.filter(
            cooperation__in=permissions.cooperations_where(
                user=user, permission=Permission.VIEW_COSTS
            )
        )


@pghistory.track()
class ArtChoice(models.Model):
    """The host's own practice for an art, before that of accounts/kostra.json."""

    cooperation = models.ForeignKey(Cooperation, on_delete=models.CASCADE, related_name="+")
    art = models.CharField(_("art"), max_length=3, validators=THREE_DIGITS)
    name = models.CharField(_("name"), max_length=120)
    treatment = models.CharField(_("counts as"), max_length=13, choices=Treatment.choices)

    objects = OfCostsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperation", "art"], name="art_is_chosen_once"),
            models.CheckConstraint(condition=Q(art__regex=r"^[0-9]{3}$"), name="art_has_3_digits"),
        ]

    def __str__(self) -> str:
        return f"{self.art} {self.name}"


class BudgetState(models.TextChoices):
    """A budget is adopted by the host's council; a later one revises it."""

    DRAFT = "draft", _("draft")
    ADOPTED = "adopted", _("adopted")


@pghistory.track()
class Budget(models.Model):
    """A budget of a pool's year; the adopted one with the highest number holds."""

    pool_year = models.ForeignKey(PoolYear, on_delete=models.CASCADE, related_name="budgets")
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(
        _("state"), max_length=7, choices=BudgetState.choices, default=BudgetState.DRAFT
    )
    changes = models.CharField(_("what is changed, and why"), max_length=400, blank=True)
    adopted_date = models.DateField(_("adopted on"), null=True, blank=True)
    case_number = models.CharField(_("case number"), max_length=40, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfPoolYearQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pool_year", "number"], name="budget_has_its_number"),
            models.UniqueConstraint(
                fields=["pool_year"], condition=Q(state="draft"), name="budget_under_way_is_one"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", adopted_date__isnull=True)
                | Q(state="adopted", adopted_date__isnull=False),
                name="budget_adopted_has_its_day",
            ),
        ]
        triggers = [
            stays_once(
                "OLD.state = 'adopted'", name="adopted_budget_stays", why="the budget is adopted"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pool_year} · {self.number}"


@pghistory.track()
class BudgetLine(models.Model):
    """An amount on a function and an art, with what it is for."""

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="lines")
    function = models.CharField(_("function"), max_length=3, validators=THREE_DIGITS)
    art = models.CharField(_("art"), max_length=3, validators=THREE_DIGITS)
    text = models.CharField(_("what it is for"), max_length=120, blank=True)
    amount = amount_field(_("amount"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "function", "art", "text"], name="budget_line_is_given_once"
            ),
            models.CheckConstraint(
                condition=Q(function__regex=r"^[0-9]{3}$", art__regex=r"^[0-9]{3}$"),
                name="budget_line_codes_have_3_digits",
            ),
        ]
        triggers = [
            frozen_while(
                "(SELECT b.state FROM municipalities_budget b WHERE b.id = {row}.budget_id)"
                " = 'adopted'",
                name="adopted_budget_lines_stay",
                why="the budget is adopted",
            )
        ]

    def __str__(self) -> str:
        return f"{self.function} {self.art}: {self.amount}"


@pghistory.track()
class AccountsMapping(models.Model):
    """How the columns of the host's accounts file are read, and which of its lines are a pool's.

    `columns`: field → heading (accounts/rules.py). `selection`: field → the values that belong to
    a pool, by its short name: {"lvs": {"unit": ["3420"]}}.
    """

    cooperation = models.ForeignKey(
        Cooperation, on_delete=models.CASCADE, related_name="accounts_mappings"
    )
    name = models.CharField(_("name"), max_length=80)
    columns = models.JSONField(default=dict)
    selection = models.JSONField(default=dict)
    is_revenue_positive = models.BooleanField(
        _("the file writes revenue without a minus"), default=False
    )

    objects = OfCostsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperation", "name"], name="accounts_mapping_has_its_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.InsertEvent())
class Accounts(models.Model):
    """The year's accounts up to and with a month, as a file gave them; the latest number holds.

    Never changed: a newer file is a new row.
    """

    pool_year = models.ForeignKey(PoolYear, on_delete=models.CASCADE, related_name="accounts")
    number = models.PositiveSmallIntegerField()
    up_to_month = models.PositiveSmallIntegerField(_("up to and with month"))
    file_name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(max_length=64)
    rows_read = models.PositiveIntegerField()
    rows_left_out = models.PositiveIntegerField()
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfPoolYearQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "accounts"
        constraints = [
            models.UniqueConstraint(fields=["pool_year", "number"], name="accounts_have_a_number"),
            models.CheckConstraint(
                condition=Q(up_to_month__gte=1, up_to_month__lte=12),
                name="accounts_are_up_to_a_month",
            ),
        ]
        triggers = [
            refused_unless(
                "(SELECT y.closed_at FROM municipalities_poolyear y"
                " WHERE y.id = NEW.pool_year_id) IS NULL",
                name="closed_year_takes_no_accounts",
                why="the accounts of the year are closed",
                operation=pgtrigger.Insert,
            ),
            stays_once("TRUE", name="accounts_stay", why="a newer file is a new row"),
        ]

    def __str__(self) -> str:
        return f"{self.pool_year} · {self.up_to_month}"


class AccountsLine(models.Model):
    """One line of the accounts, with its place in the file."""

    accounts = models.ForeignKey(Accounts, on_delete=models.CASCADE, related_name="lines")
    row_number = models.PositiveIntegerField()
    unit = models.CharField(_("unit (ansvar)"), max_length=20, blank=True)
    function = models.CharField(_("function"), max_length=3)
    art = models.CharField(_("art"), max_length=3)
    project = models.CharField(_("project"), max_length=20, blank=True)
    month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True)
    text = models.CharField(_("text"), max_length=120, blank=True)
    treatment = models.CharField(_("counts as"), max_length=13, choices=Treatment.choices)
    amount = amount_field(_("amount"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["accounts", "row_number"], name="accounts_line_has_its_place"
            ),
            models.CheckConstraint(
                condition=Q(month__isnull=True) | Q(month__gte=1, month__lte=12),
                name="accounts_line_is_of_a_month",
            ),
        ]
        triggers = [
            stays_once("TRUE", name="accounts_lines_stay", why="a newer file is a new row"),
        ]

    def __str__(self) -> str:
        return f"{self.function} {self.art}: {self.amount}"


@pghistory.track()
class Forecast(models.Model):
    """What the year is expected to end at, as seen after a month, for one treatment."""

    pool_year = models.ForeignKey(PoolYear, on_delete=models.CASCADE, related_name="forecasts")
    up_to_month = models.PositiveSmallIntegerField(_("after month"))
    treatment = models.CharField(_("of"), max_length=13, choices=Treatment.choices)
    amount = amount_field(_("expected for the year"))
    comment = models.CharField(_("why"), max_length=400, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfPoolYearQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pool_year", "up_to_month", "treatment"], name="forecast_is_made_once"
            ),
            models.CheckConstraint(
                condition=Q(up_to_month__gte=1, up_to_month__lte=12),
                name="forecast_is_after_a_month",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pool_year} · {self.up_to_month}"
