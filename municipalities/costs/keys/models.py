"""Allocation keys in versions, who has adopted them, and the usage that they may share by."""

from __future__ import annotations

from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from legevakt.lib.amounts import amount_field
from legevakt.lib.constraints import frozen_while, never_overlap, refused_unless, stays_once
from municipalities.access import permissions
from municipalities.access.models import User
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.costs.pools.models import OfPoolQuerySet, Pool
from municipalities.register.models import Municipality


class KeyState(models.TextChoices):
    """draft → sent to the councils → adopted by all; or dropped."""

    DRAFT = "draft", _("draft")
    SENT = "sent", _("sent for adoption")
    ADOPTED = "adopted", _("adopted")
    DROPPED = "dropped", _("dropped")


class PopulationDate(models.IntegerChoices):
    """Which 1 January the inhabitants are counted on, in years from the year that is shared."""

    SAME_YEAR = 0, _("1 January of the same year")
    YEAR_BEFORE = -1, _("1 January of the year before")


class UsageMeasure(models.TextChoices):
    """What usage is counted in, per home municipality."""

    CALLS = "calls", _("calls to the legevaktsentral")
    CONSULTATIONS = "consultations", _("consultations at the legevakt")


class BoundUnit(models.TextChoices):
    """What a floor or cap is given in (municipalities.costs.allocation)."""

    NOK = "nok", _("kroner a year")
    PERCENT = "percent", _("per cent of the amount")
    NOK_PER_INHABITANT = "nok_per_inhabitant", _("kroner per inhabitant")


class AllocationKeyQuerySet(OfPoolQuerySet):
    def visible_to(self, user: User) -> AllocationKeyQuerySet:
        """Keys of pools that the user may see; what was never sent, for those who write it."""
        manages = permissions.cooperations_where(user=user, permission=Permission.MANAGE_COSTS)
        seen: Any = super().visible_to(user)
        return seen.filter(Q(sent_at__isnull=False) | Q(pool__cooperation__in=manages))


PARTS_SUM_TO_100 = """
    NEW.state NOT IN ('sent', 'adopted')
    OR (SELECT coalesce(sum(percent), 0) FROM municipalities_keypart
        WHERE key_id = NEW.id AND NOT is_capital) = 100
    AND (SELECT coalesce(sum(percent), 100) FROM municipalities_keypart
         WHERE key_id = NEW.id AND is_capital) = 100
"""
ALL_HAVE_ADOPTED = """
    NEW.state <> 'adopted' OR TG_OP = 'UPDATE' AND OLD.state = 'adopted'
    OR EXISTS (SELECT FROM municipalities_poolmember m
        WHERE m.pool_id = NEW.pool_id AND m.joined_date <= NEW.valid_from
          AND (m.left_date IS NULL OR m.left_date > NEW.valid_from))
    AND NOT EXISTS (SELECT FROM municipalities_poolmember m
        WHERE m.pool_id = NEW.pool_id AND m.joined_date <= NEW.valid_from
          AND (m.left_date IS NULL OR m.left_date > NEW.valid_from)
          AND NOT EXISTS (SELECT FROM municipalities_keyadoption a
              WHERE a.key_id = NEW.id AND a.municipality_id = m.municipality_id
                AND a.is_adopted))
"""
TERMS = (
    "pool_id",
    "number",
    "valid_from",
    "population_date",
    "usage_measure",
    "usage_years",
    "overhead_nok",
    "overhead_percent_of_wages",
    "floor_unit",
    "floor_value",
    "cap_unit",
    "cap_value",
)
TERMS_STAY = "OLD.state = 'draft' OR " + " AND ".join(
    f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in TERMS
)
KEY_OF_ROW = "(SELECT k.state FROM municipalities_allocationkey k WHERE k.id = {row}.key_id)"


@pghistory.track()
class AllocationKey(models.Model):
    """A version of a pool's key, valid from a date that the councils adopt; half-open.

    What it shares is its parts; from `sent` on they and the terms are frozen. Overhead is what the
    host is paid for administration, on top of the costs: an amount a year, a percent of wages.
    """

    pool = models.ForeignKey(Pool, on_delete=models.CASCADE, related_name="keys")
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(
        _("state"), max_length=7, choices=KeyState.choices, default=KeyState.DRAFT
    )
    changes = models.CharField(_("what is changed, and why"), max_length=400, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    population_date = models.SmallIntegerField(
        _("inhabitants on"), choices=PopulationDate.choices, default=PopulationDate.SAME_YEAR
    )
    usage_measure = models.CharField(
        _("usage is counted in"), max_length=13, choices=UsageMeasure.choices, blank=True
    )
    usage_years = models.PositiveSmallIntegerField(
        _("usage of"),
        choices=[(1, _("the year before")), (3, _("the mean of the three years before"))],
        default=1,
    )
    overhead_nok = amount_field(_("administration to the host, kroner a year"), default=0)
    overhead_percent_of_wages = models.DecimalField(
        _("administration to the host, per cent of wages"),
        max_digits=5,
        decimal_places=2,
        default=0,
    )
    floor_unit = models.CharField(
        _("no municipality pays less than, in"),
        max_length=18,
        choices=BoundUnit.choices,
        blank=True,
    )
    floor_value = amount_field(_("no municipality pays less than"), null=True, blank=True)
    cap_unit = models.CharField(
        _("no municipality pays more than, in"),
        max_length=18,
        choices=BoundUnit.choices,
        blank=True,
    )
    cap_value = amount_field(_("no municipality pays more than"), null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    adopted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = AllocationKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pool", "number"], name="key_has_its_number"),
            models.UniqueConstraint(
                fields=["pool"],
                condition=Q(state__in=["draft", "sent"]),
                name="key_under_way_is_one",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="key_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(overhead_nok__gte=0, overhead_percent_of_wages__gte=0),
                name="key_overhead_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(floor_unit="", floor_value__isnull=True)
                | (~Q(floor_unit="") & Q(floor_value__gte=0)),
                name="key_floor_has_unit_and_value",
            ),
            models.CheckConstraint(
                condition=Q(cap_unit="", cap_value__isnull=True)
                | (~Q(cap_unit="") & Q(cap_value__gt=0)),
                name="key_cap_has_unit_and_value",
            ),
            models.CheckConstraint(
                condition=Q(usage_years__in=[1, 3]), name="key_usage_is_of_one_or_three_years"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "dropped"]) | Q(sent_at__isnull=False),
                name="key_sent_has_its_moment",
            ),
            never_overlap(
                name="keys_adopted_do_not_overlap",
                same=["pool_id"],
                start="valid_from",
                end="valid_to",
                condition=Q(state="adopted"),
            ),
        ]
        triggers = [
            refused_unless(
                PARTS_SUM_TO_100, name="key_parts_sum_to_100", why="the parts miss 100 per cent"
            ),
            refused_unless(
                ALL_HAVE_ADOPTED, name="key_is_adopted_by_all", why="somebody has not adopted it"
            ),
            refused_unless(
                TERMS_STAY,
                name="sent_key_terms_stay",
                why="the key is sent for adoption",
                operation=pgtrigger.Update,
            ),
            stays_once(
                "OLD.state = 'adopted' AND (TG_OP = 'DELETE' OR NEW.state <> 'adopted')"
                " OR OLD.state <> 'draft' AND TG_OP = 'UPDATE' AND NEW.state = 'draft'",
                name="key_never_goes_back",
                why="the key is sent for adoption or adopted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pool} · {self.number}"


class PartKind(models.TextChoices):
    """What a part of the key shares by (municipalities.costs.allocation.PartKind)."""

    EQUAL = "equal", _("equally")
    POPULATION = "population", _("by inhabitants")
    USAGE = "usage", _("by usage")
    HOST = "host", _("by the host alone")
    FIXED = "fixed", _("by fixed percentages")


@pghistory.track()
class KeyPart(models.Model):
    """So many per cent of the amount are shared in this way.

    Where a key has parts that are `is_capital`, rent and capital costs are taken out of the
    amount first and shared by those.
    """

    key = models.ForeignKey(AllocationKey, on_delete=models.CASCADE, related_name="parts")
    is_capital = models.BooleanField(_("of rent and capital costs"), default=False)
    kind = models.CharField(_("shared"), max_length=10, choices=PartKind.choices)
    percent = models.DecimalField(_("per cent"), max_digits=7, decimal_places=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "is_capital", "kind"], name="key_part_is_named_once"
            ),
            models.CheckConstraint(
                condition=Q(percent__gt=0, percent__lte=100), name="key_part_is_a_percentage"
            ),
        ]
        triggers = [
            frozen_while(
                f"{KEY_OF_ROW} <> 'draft'",
                name="sent_key_parts_stay",
                why="the key is sent for adoption",
            )
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.percent} {self.kind}"


@pghistory.track()
class FixedPercent(models.Model):
    """A municipality's percentage of a part that is shared by fixed percentages."""

    part = models.ForeignKey(KeyPart, on_delete=models.CASCADE, related_name="fixed_percents")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    percent = models.DecimalField(_("per cent"), max_digits=7, decimal_places=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["part", "municipality"], name="fixed_percent_is_given_once"
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100),
                name="fixed_percent_is_a_percentage",
            ),
        ]
        triggers = [
            frozen_while(
                "(SELECT k.state FROM municipalities_allocationkey k, municipalities_keypart p"
                " WHERE p.id = {row}.part_id AND k.id = p.key_id) <> 'draft'",
                name="sent_fixed_percents_stay",
                why="the key is sent for adoption",
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.percent}"


@pghistory.track()
class KeyAdoption(models.Model):
    """What a municipality's council decided about a key."""

    key = models.ForeignKey(AllocationKey, on_delete=models.CASCADE, related_name="adoptions")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    is_adopted = models.BooleanField(_("adopted"))
    decided_date = models.DateField(_("decided on"))
    case_number = models.CharField(_("case number"), max_length=40)
    remark = models.CharField(_("remark"), max_length=400, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "municipality"], name="key_is_decided_once_by_each"
            )
        ]
        triggers = [
            refused_unless(
                "EXISTS (SELECT FROM municipalities_allocationkey k, municipalities_poolmember m"
                " WHERE k.id = NEW.key_id AND m.pool_id = k.pool_id"
                " AND m.municipality_id = NEW.municipality_id"
                " AND m.joined_date <= k.valid_from"
                " AND (m.left_date IS NULL OR m.left_date > k.valid_from))",
                name="key_adoption_is_by_a_member",
                why="the municipality does not share the pool when the key begins",
            ),
            frozen_while(
                f"{KEY_OF_ROW} <> 'sent'",
                name="key_adoptions_belong_to_a_sent_key",
                why="the key does not wait for adoption",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} · {self.case_number}"


class UsageFigureQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> UsageFigureQuerySet:
        """Usage in the cooperations whose costs the user may see."""
        return self.filter(
            cooperation__in=permissions.cooperations_where(
                user=user, permission=Permission.VIEW_COSTS
            )
        )


@pghistory.track()
class UsageFigure(models.Model):
    """How many calls or consultations a municipality's inhabitants had in a calendar year."""

    cooperation = models.ForeignKey(Cooperation, on_delete=models.CASCADE, related_name="+")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(_("counted in"), max_length=13, choices=UsageMeasure.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    count = models.PositiveIntegerField(_("count"))
    source = models.CharField(_("source"), max_length=200)
    received_at = models.DateTimeField(_("received"))

    objects = UsageFigureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperation", "municipality", "measure", "year"],
                name="usage_is_counted_once_a_year",
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.year}: {self.count} {self.measure}"
