"""Where people meet: the forums of a cooperation, and who belongs to them."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from municipalities.access import permissions
from municipalities.access.models import User
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.register.models import Municipality


class ForumKind(models.TextChoices):
    """The forums that the agreement principles name, and others."""

    DIRECTORS = "directors", _("meeting of the chief executives")
    OFFICERS = "officers", _("forum of heads of services and medical officers")
    BILATERAL = "bilateral", _("yearly meeting between the host and a participant")
    REGIONAL = "regional", _("orientation in the regional council")
    OTHER = "other", _("another forum")


class ForumQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> ForumQuerySet:
        """Forums of the user's cooperations; a bilateral one for the host and that participant."""
        sees = permissions.cooperations_where(user=user, permission=Permission.VIEW_MEETINGS)
        own = Q(partner__memberships__user=user.pk) & Q(
            partner__memberships__cooperation=F("cooperation")
        )
        host = Q(cooperation__host__memberships__user=user.pk) & Q(
            cooperation__host__memberships__cooperation=F("cooperation")
        )
        among = Forum.objects.filter(Q(partner__isnull=True) | own | host)
        return self.filter(cooperation__in=sees, pk__in=among.values("pk"))


@pghistory.track()
class Forum(models.Model):
    """A circle that meets again and again, half-open in time.

    `obligation_code` says which obligation its meetings are evidence for; that one's topics are
    then its minimum agenda, else `topics` are. A meeting is called `notice_days` before at the
    latest, and items are taken until `proposal_days` before. With `may_demand` a third of the
    participants can demand an item (as kommuneloven § 11-3 lets members of elected bodies).
    """

    cooperation = models.ForeignKey(Cooperation, on_delete=models.CASCADE, related_name="forums")
    kind = models.CharField(_("kind"), max_length=9, choices=ForumKind.choices)
    name = models.CharField(_("name"), max_length=120)
    partner = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    obligation_code = models.SlugField(max_length=40, blank=True)
    meetings_a_year = models.PositiveSmallIntegerField(_("meetings a year, at least"), default=1)
    topics = ArrayField(
        models.CharField(max_length=160), verbose_name=_("minimum agenda"), default=list, blank=True
    )
    notice_days = models.PositiveSmallIntegerField(_("called so many days before"), default=14)
    proposal_days = models.PositiveSmallIntegerField(
        _("items are taken until so many days before"), default=21
    )
    may_demand = models.BooleanField(
        _("a third of the participants can demand an item"), default=False
    )
    case_prefix = models.CharField(
        _("cases are numbered as"), max_length=12, blank=True, default="Sak"
    )
    language = models.CharField(
        _("language of the minutes"),
        max_length=2,
        choices=[each for each in settings.LANGUAGES if each[0] != "en"],
    )
    starts_date = models.DateField(_("from"))
    ends_date = models.DateField(_("to"), null=True, blank=True)

    objects = ForumQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="bilateral", partner__isnull=False)
                | (~Q(kind="bilateral") & Q(partner__isnull=True)),
                name="bilateral_forum_names_the_participant",
            ),
            models.UniqueConstraint(
                fields=["cooperation", "partner"],
                condition=Q(partner__isnull=False, ends_date__isnull=True),
                name="bilateral_forum_is_one_for_each",
            ),
            models.UniqueConstraint(
                fields=["cooperation", "name"],
                condition=Q(ends_date__isnull=True),
                name="forum_has_its_name_alone",
            ),
            models.CheckConstraint(
                condition=Q(proposal_days__gte=F("notice_days")),
                name="items_are_taken_before_the_call",
            ),
            models.CheckConstraint(
                condition=Q(ends_date__isnull=True) | Q(ends_date__gte=F("starts_date")),
                name="forum_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OfForumQuerySet(models.QuerySet):
    """Rows with a `forum`, seen by those who see it."""

    def visible_to(self, user: User) -> OfForumQuerySet:
        return self.filter(forum__in=Forum.objects.visible_to(user))


class Duty(models.TextChoices):
    """What a person is there for."""

    CHAIR = "chair", _("chair")
    SECRETARY = "secretary", _("secretary")
    MEMBER = "member", _("member")
    GUEST = "guest", _("invited guest")


@pghistory.track()
class ForumMember(models.Model):
    """A person who is called to every meeting, half-open in time: a user, or a name and address.

    A municipality's member answers for it when items are demanded.
    """

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    duty = models.CharField(_("duty"), max_length=9, choices=Duty.choices, default=Duty.MEMBER)
    starts_date = models.DateField(_("from"))
    ends_date = models.DateField(_("to"), null=True, blank=True)

    objects = OfForumQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, name="", email="")
                | (Q(user__isnull=True) & ~Q(name="") & ~Q(email="")),
                name="member_is_a_user_or_a_name_with_an_address",
            ),
            models.UniqueConstraint(
                fields=["forum", "user"],
                condition=Q(user__isnull=False, ends_date__isnull=True),
                name="user_is_member_once",
            ),
            models.UniqueConstraint(
                fields=["forum", "email"],
                condition=Q(user__isnull=True, ends_date__isnull=True),
                name="address_is_member_once",
            ),
            models.UniqueConstraint(
                fields=["forum"],
                condition=Q(duty="chair", ends_date__isnull=True),
                name="forum_has_one_chair",
            ),
            models.CheckConstraint(
                condition=Q(ends_date__isnull=True) | Q(ends_date__gte=F("starts_date")),
                name="member_leaves_after_joining",
            ),
        ]

    def __str__(self) -> str:
        return self.user.name if self.user else self.name

    @property
    def address(self) -> str:
        """Where invitations go."""
        return self.user.email if self.user else self.email
