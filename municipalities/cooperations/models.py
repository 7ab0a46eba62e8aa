"""The cooperation, who takes part in it, and what it runs (kommuneloven chapter 20)."""

from __future__ import annotations

from datetime import date

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from legevakt.lib.constraints import municipality_lives, never_overlap
from municipalities.access import permissions
from municipalities.access.models import User
from municipalities.access.rules import Permission


class CooperationForm(models.TextChoices):
    """What kind of host cooperation it is; the law gives each its own rules."""

    ADMINISTRATIVE = "administrative", _("administrative host cooperation (§ 20-2)")
    BOARD = "board", _("host cooperation with a joint elected board (§ 20-3)")


class CooperationQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> CooperationQuerySet:
        """The cooperations in which the user takes part."""
        return self.where(user, Permission.VIEW_OVERVIEW)

    def where(self, user: User, permission: Permission) -> CooperationQuerySet:
        """The cooperations on which the user holds the permission."""
        return self.filter(pk__in=permissions.cooperations_where(user=user, permission=permission))


@pghistory.track()
class Cooperation(models.Model):
    """Municipalities that run one legevakt and one legevaktsentral by a host.

    It is no legal person: what it owns and owes is the host's. A board (§ 20-3) has at least two
    members of each participant.
    """

    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    host = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="hosted"
    )
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    is_demonstration = models.BooleanField(_("demonstration data"), default=False)
    form = models.CharField(
        _("form of cooperation"),
        max_length=14,
        choices=CooperationForm.choices,
        default=CooperationForm.ADMINISTRATIVE,
        db_default=CooperationForm.ADMINISTRATIVE,
    )
    board_members_each = models.PositiveSmallIntegerField(
        _("board members of each participant"), null=True, blank=True
    )
    is_co_located = models.BooleanField(
        _("legevaktsentral and legevakt under one roof"), default=False, db_default=False
    )
    is_transfer_of_undertaking = models.BooleanField(
        _("transfer of undertaking (verksemdoverdraging)"), default=False, db_default=False
    )
    leader_reports_to = models.CharField(
        _("the head of the legevakt reports to"), max_length=120, blank=True, db_default=""
    )

    objects = CooperationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [(p.value, p.value) for p in Permission]
        constraints = [
            models.CheckConstraint(
                condition=Q(form="administrative", board_members_each__isnull=True)
                | Q(form="board", board_members_each__isnull=False, board_members_each__gte=2),
                name="cooperation_board_has_two_members_each",
            )
        ]

    def __str__(self) -> str:
        return self.name


class OfCooperationQuerySet(models.QuerySet):
    """Rows with a `cooperation`, seen by those who may see its agreement."""

    def visible_to(self, user: User) -> OfCooperationQuerySet:
        return self.where(user, Permission.VIEW_AGREEMENT)

    def where(self, user: User, permission: Permission) -> OfCooperationQuerySet:
        """Rows of the cooperations on which the user holds the permission."""
        return self.filter(
            cooperation__in=permissions.cooperations_where(user=user, permission=permission)
        )


class ParticipantQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> ParticipantQuerySet:
        """Participants of the cooperations in which the user takes part."""
        return self.filter(
            cooperation__in=permissions.cooperations_where(
                user=user, permission=Permission.VIEW_OVERVIEW
            )
        )

    def on(self, day) -> ParticipantQuerySet:
        """Those who take part on the day, by municipality number."""
        return self.filter(
            Q(left_date__isnull=True) | Q(left_date__gt=day), joined_date__lte=day
        ).order_by("municipality__number", "pk")


@pghistory.track()
class Participant(models.Model):
    """A municipality's time in a cooperation, half-open. The host takes part too.

    `area` tells which part of the municipality, where not all of it takes part; `left_reason` is
    why it left: a withdrawal, a merger.
    """

    cooperation = models.ForeignKey(
        Cooperation, on_delete=models.CASCADE, related_name="participants"
    )
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="participations"
    )
    joined_date = models.DateField(_("joined"))
    left_date = models.DateField(_("left"), null=True, blank=True)
    area = models.CharField(
        _("part of the municipality"), max_length=120, blank=True, db_default=""
    )
    left_reason = models.CharField(_("why it left"), max_length=200, blank=True, db_default="")

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
            never_overlap(
                name="participant_takes_part_once_at_a_time",
                same=["cooperation_id", "municipality_id"],
                start="joined_date",
                end="left_date",
            ),
        ]
        triggers = [municipality_lives("joined_date", name="participant_exists_when_joining")]

    def __str__(self) -> str:
        return f"{self.municipality} · {self.cooperation}"

    def takes_part_on(self, day: date) -> bool:
        """Whether it takes part on the day, as `on` asks the database."""
        return self.joined_date <= day and (self.left_date is None or self.left_date > day)


def left_date_of(cooperation: str) -> Subquery:
    """The day that a row's `municipality` left the cooperation which the path leads to.

    None while it takes part, and where it never did.
    """
    times = Participant.objects.filter(
        cooperation=OuterRef(cooperation), municipality=OuterRef("municipality")
    )
    return Subquery(times.order_by("-joined_date").values("left_date")[:1])


class ServiceKind(models.TextChoices):
    """What a cooperation can run."""

    LVS = "lvs", _("legevaktsentral, all hours")
    EVENING = "evening", _("legevakt in the evening")
    NIGHT = "night", _("legevakt at night")
    WEEKEND = "weekend", _("legevakt at weekends and on holidays")
    DAYTIME = "daytime", _("legevakt in the daytime")


@pghistory.track()
class Service(models.Model):
    """A service that the host runs from a date, half-open; `legal_basis` as the agreement cites it.

    Bilateral ones (daytime legevakt) have parties of their own; the others are for all who take
    part.
    """

    cooperation = models.ForeignKey(Cooperation, on_delete=models.CASCADE, related_name="services")
    kind = models.CharField(_("service"), max_length=10, choices=ServiceKind.choices)
    legal_basis = models.CharField(_("legal basis"), max_length=120, blank=True)
    is_bilateral = models.BooleanField(_("by bilateral agreement"), default=False)
    parties = models.ManyToManyField(
        "municipalities.Municipality", related_name="+", blank=True, verbose_name=_("parties")
    )
    starts_date = models.DateField(_("from"))
    ends_date = models.DateField(_("to"), null=True, blank=True)

    objects = OfCooperationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_date__isnull=True) | Q(ends_date__gt=F("starts_date")),
                name="service_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
