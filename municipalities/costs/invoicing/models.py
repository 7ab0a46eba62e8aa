"""Whom the host invoices, and the claims that were handed to its accounts."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from legevakt.lib.amounts import amount_field
from legevakt.lib.constraints import refused_unless, stays_once
from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.costs.accounts.models import OfCostsQuerySet, OfPoolYearQuerySet
from municipalities.costs.instalments.models import Instalment
from municipalities.costs.pools.models import PoolYear
from municipalities.costs.settlements.models import SettlementLine
from municipalities.register.models import Municipality


class VatCategory(models.TextChoices):
    """UNCL5305, as the host's accountant decides."""

    EXEMPT = "E", _("exempt from VAT")
    OUTSIDE = "O", _("not subject to VAT")


SERIES = [RegexValidator(r"^[A-Z0-9]*$", _("Only capital letters A to Z and digits."))]


@pghistory.track()
class BillingDetails(models.Model):
    """A municipality's address for invoices; of the host also the account to pay to.

    What only the host has: account, VAT, posting, and `series`, which claims are numbered in.
    """

    cooperation = models.ForeignKey(Cooperation, on_delete=models.CASCADE, related_name="+")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    org_number = models.CharField(_("organisation number"), max_length=9)
    street = models.CharField(_("street or post box"), max_length=80, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=4, blank=True)
    city = models.CharField(_("place"), max_length=40, blank=True)
    reference = models.CharField(_("reference on the invoice"), max_length=40, blank=True)
    account_number = models.CharField(_("bank account"), max_length=11, blank=True)
    vat_category = models.CharField(
        _("VAT category"), max_length=1, choices=VatCategory.choices, default=VatCategory.OUTSIDE
    )
    is_vat_registered = models.BooleanField(
        _("registered for VAT"), default=False, db_default=False
    )
    exemption_reason = models.CharField(
        _("why there is no VAT"), max_length=200, blank=True, default="", db_default=""
    )
    posting = models.CharField(_("the host's unit and project"), max_length=40, blank=True)
    series = models.CharField(
        _("series of claim numbers"),
        max_length=12,
        blank=True,
        default="",
        db_default="",
        validators=SERIES,
    )

    objects = OfCostsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "billing details"
        constraints = [
            models.UniqueConstraint(
                fields=["cooperation", "municipality"], name="billing_details_are_one_for_each"
            ),
            models.CheckConstraint(
                condition=Q(org_number__regex=r"^[0-9]{9}$"), name="org_number_has_9_digits"
            ),
            models.CheckConstraint(
                condition=Q(series__regex=r"^[A-Z0-9]*$"), name="series_is_capitals_and_digits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.org_number}"


RESTS_ON_WHAT_IS_APPROVED = """
    EXISTS (SELECT FROM municipalities_instalment i
            JOIN municipalities_planline l ON l.id = i.line_id
            JOIN municipalities_instalmentplan p ON p.id = l.plan_id
            WHERE i.id = NEW.instalment_id AND p.state = 'approved' AND i.amount = NEW.amount
            AND l.municipality_id = NEW.municipality_id AND p.pool_year_id = NEW.pool_year_id)
    OR EXISTS (SELECT FROM municipalities_settlementline l
               JOIN municipalities_settlement s ON s.id = l.settlement_id
               WHERE l.id = NEW.settlement_line_id AND s.state = 'approved'
               AND l.rest = NEW.amount AND l.municipality_id = NEW.municipality_id
               AND s.pool_year_id = NEW.pool_year_id)
"""
CLAIMED_ONCE = """
    NOT EXISTS (SELECT FROM municipalities_claim c
                JOIN municipalities_instalment i ON i.id = c.instalment_id
                JOIN municipalities_instalment n ON n.id = NEW.instalment_id
                WHERE c.pool_year_id = NEW.pool_year_id AND i.number = n.number
                AND c.municipality_id = NEW.municipality_id)
"""


@pghistory.track(pghistory.InsertEvent())
class Claim(models.Model):
    """What is to be invoiced, or credited where it is negative: one for each instalment and line.

    `number` runs within the cooperation without gaps, whatever the series. Never changed. An
    instalment is claimed once, though a later plan has it too.
    """

    cooperation = models.ForeignKey(Cooperation, on_delete=models.PROTECT, related_name="claims")
    pool_year = models.ForeignKey(PoolYear, on_delete=models.PROTECT, related_name="claims")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=12, default="LV", db_default="LV", validators=SERIES)
    number = models.PositiveIntegerField()
    instalment = models.OneToOneField(
        Instalment, on_delete=models.PROTECT, null=True, related_name="claim"
    )
    settlement_line = models.OneToOneField(
        SettlementLine, on_delete=models.PROTECT, null=True, related_name="claim"
    )
    issue_date = models.DateField(_("issued on"))
    due_date = models.DateField(_("due on"))
    amount = amount_field(_("amount"))
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfPoolYearQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperation", "number"], name="claim_has_its_number"),
            models.CheckConstraint(
                condition=Q(instalment__isnull=True, settlement_line__isnull=False)
                | Q(instalment__isnull=False, settlement_line__isnull=True),
                name="claim_rests_on_one_thing",
            ),
            models.CheckConstraint(condition=~Q(amount=0), name="claim_is_not_nought"),
            models.CheckConstraint(
                condition=Q(due_date__gte=models.F("issue_date")), name="claim_is_due_after_issue"
            ),
            models.CheckConstraint(
                condition=Q(series__regex=r"^[A-Z0-9]+$", number__gte=1),
                name="claim_is_numbered_in_a_series",
            ),
        ]
        triggers = [
            stays_once("TRUE", name="claims_stay", why="a claim is credited by a new one"),
            refused_unless(
                RESTS_ON_WHAT_IS_APPROVED,
                name="claim_rests_on_what_is_approved",
                why="only what is approved is claimed, and all of it",
                operation=pgtrigger.Insert,
            ),
            refused_unless(
                CLAIMED_ONCE,
                name="instalment_is_claimed_once",
                why="the instalment of an earlier plan is claimed",
                operation=pgtrigger.Insert,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.municipality}: {self.amount}"
