"""What is shared, by whom, and in which year: a pool of costs has participants of its own."""

from __future__ import annotations

from datetime import date

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from legevakt.lib.constraints import municipality_lives, never_overlap, refused_unless
from municipalities.access import permissions
from municipalities.access.models import Membership, User
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.register.models import Municipality


class PoolKind(models.TextChoices):
    """Which costs a pool holds."""

    LEGEVAKT = "legevakt", _("legevakt")
    CENTRAL = "lvs", _("legevaktsentral")
    DAYTIME = "daytime", _("legevakt in the daytime")
    BACK_UP = "back_up", _("doctors' back-up duty")
    OTHER = "other", _("other")


class Unit(models.TextChoices):
    """The smallest amount that is shared out (legevakt.lib.money.Unit)."""

    KRONE = "krone", _("whole kroner")
    ORE = "ore", _("kroner and øre")


class Proration(models.TextChoices):
    """How a year is divided where somebody joins or leaves within it."""

    MONTHS = "months", _("by months")
    DAYS = "days", _("by days")


class DeviationRule(models.TextChoices):
    """What the agreement says of a deficit or surplus."""

    SETTLED = "settled", _("settled by the same key for the same year")
    FUND = "fund", _("a surplus goes to a fund, and a deficit is first met from it (§ 14-10)")


class PoolQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> PoolQuerySet:
        """Pools of the cooperations whose costs the user may see.

        A bilateral one only for its own municipalities, and for those who see the host's
        accounts: the money of an agreement between two is not the others' business.
        """
        whole = permissions.cooperations_where(user=user, permission=Permission.VIEW_ALL_COSTS)
        own = PoolMember.objects.filter(
            pool=OuterRef("pk"),
            municipality__in=Membership.objects.filter(
                user=user, cooperation=OuterRef("pool__cooperation")
            ).values("municipality"),
        )
        return self.where(user, Permission.VIEW_COSTS).filter(
            Q(is_bilateral=False) | Q(cooperation__in=whole) | Exists(own)
        )

    def where(self, user: User, permission: Permission) -> PoolQuerySet:
        """Pools of the cooperations on which the user holds the permission."""
        return self.filter(
            cooperation__in=permissions.cooperations_where(user=user, permission=permission)
        )


@pghistory.track()
class Pool(models.Model):
    """Costs that are shared by a key of their own, from a date; half-open.

    `overspend_percent`: how far above the budget the partners must be told and asked.
    """

    cooperation = models.ForeignKey(Cooperation, on_delete=models.CASCADE, related_name="pools")
    slug = models.SlugField(_("short name"), max_length=40)
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=8, choices=PoolKind.choices)
    is_bilateral = models.BooleanField(
        _("by bilateral agreement: only its own municipalities see it"), default=False
    )
    unit = models.CharField(
        _("shared out in"), max_length=5, choices=Unit.choices, default=Unit.KRONE
    )
    proration = models.CharField(
        _("who joins or leaves within the year pays"),
        max_length=6,
        choices=Proration.choices,
        default=Proration.MONTHS,
    )
    instalments_a_year = models.PositiveSmallIntegerField(
        _("instalments a year"),
        choices=[(1, "1"), (2, "2"), (3, "3"), (4, "4"), (12, "12")],
        default=4,
    )
    deviation_rule = models.CharField(
        _("deficit or surplus"),
        max_length=7,
        choices=DeviationRule.choices,
        default=DeviationRule.SETTLED,
    )
    overspend_percent = models.DecimalField(
        _("the partners are told when the forecast is above the budget by, per cent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
    )
    starts_date = models.DateField(_("from"))
    ends_date = models.DateField(_("to"), null=True, blank=True)

    objects = PoolQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperation", "slug"], name="pool_has_its_short_name"),
            models.CheckConstraint(
                condition=Q(ends_date__isnull=True) | Q(ends_date__gt=F("starts_date")),
                name="pool_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(overspend_percent__isnull=True) | Q(overspend_percent__gte=0),
                name="pool_overspend_is_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OfPoolQuerySet(models.QuerySet):
    """Rows that lead to a pool, seen by those who may see the pool."""

    pool = "pool"

    def visible_to(self, user: User) -> OfPoolQuerySet:
        return self.filter(**{f"{self.pool}__in": Pool.objects.visible_to(user)})


class PoolMemberQuerySet(OfPoolQuerySet):
    def within(self, *, starts: date, ends: date) -> PoolMemberQuerySet:
        """Those who share some day of the half-open period, by municipality number."""
        return self.filter(
            Q(left_date__isnull=True) | Q(left_date__gt=starts), joined_date__lt=ends
        ).order_by("municipality__number", "joined_date", "pk")


@pghistory.track()
class PoolMember(models.Model):
    """A municipality's time in a pool, half-open; the host shares too.

    `area` tells which part of it, where not all of it shares: then its inhabitants are given
    (AreaPopulation). `predecessors` are members whose inhabitants and usage it carries over: a
    merged municipality has none of its own at a date before the merger.
    """

    pool = models.ForeignKey(Pool, on_delete=models.CASCADE, related_name="members")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    joined_date = models.DateField(_("shares from"))
    left_date = models.DateField(_("shares until"), null=True, blank=True)
    area = models.CharField(_("part of the municipality"), max_length=120, blank=True)
    predecessors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="successors"
    )

    objects = PoolMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(left_date__isnull=True) | Q(left_date__gt=F("joined_date")),
                name="pool_member_leaves_after_joining",
            ),
            never_overlap(
                name="pool_member_shares_once_at_a_time",
                same=["pool_id", "municipality_id"],
                start="joined_date",
                end="left_date",
            ),
        ]
        triggers = [municipality_lives("joined_date", name="pool_member_exists_when_joining")]

    def __str__(self) -> str:
        return f"{self.municipality} · {self.pool}"


@pghistory.track()
class AreaPopulation(models.Model):
    """Inhabitants of the part of a municipality that shares, on a 1 January."""

    member = models.ForeignKey(
        PoolMember, on_delete=models.CASCADE, related_name="area_populations"
    )
    counted_date = models.DateField(_("counted on"))
    inhabitants = models.PositiveIntegerField(_("inhabitants"))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "counted_date"], name="area_population_is_counted_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.counted_date}: {self.inhabitants}"


class PoolYearQuerySet(OfPoolQuerySet):
    """Years of pools."""


@pghistory.track()
class PoolYear(models.Model):
    """A calendar year of a pool. Closed: the host's accounts of it are final."""

    pool = models.ForeignKey(Pool, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1990), MaxValueValidator(2200)]
    )
    closed_at = models.DateTimeField(_("accounts closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PoolYearQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pool", "year"], name="pool_has_a_year_once"),
            models.CheckConstraint(
                condition=Q(year__gte=1990, year__lte=2200), name="pool_year_is_a_year"
            ),
        ]
        triggers = [
            refused_unless(
                "EXISTS (SELECT FROM municipalities_pool p WHERE p.id = NEW.pool_id"
                " AND EXTRACT(YEAR FROM p.starts_date) <= NEW.year"
                " AND (p.ends_date IS NULL OR p.ends_date > make_date(NEW.year, 1, 1)))",
                name="pool_year_is_within_the_pool",
                why="the pool is not shared in that year",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pool} {self.year}"

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None
