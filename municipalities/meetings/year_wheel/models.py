"""The cooperation's own events of the year, what is done of it all, and calendar feeds."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from municipalities.access import permissions
from municipalities.access.models import User
from municipalities.access.rules import Permission, Role
from municipalities.cooperations.models import Cooperation


class OfYearQuerySet(models.QuerySet):
    """Rows with a `cooperation`, seen by those who see its meetings."""

    def visible_to(self, user: User) -> OfYearQuerySet:
        return self.filter(
            cooperation__in=permissions.cooperations_where(
                user=user, permission=Permission.VIEW_MEETINGS
            )
        )


class EventCategory(models.TextChoices):
    """What an event of the year is about; each has its colour and letter in the wheel."""

    MEETING = "meeting", _("meetings")
    ECONOMY = "economy", _("economy")
    REPORTING = "reporting", _("reporting")
    QUALITY = "quality", _("quality and internal control")
    AGREEMENT = "agreement", _("the agreement")
    OTHER = "other", _("other")


@pghistory.track()
class YearEvent(models.Model):
    """An event of the cooperation's own: on fixed days of every year (MM-DD), or once."""

    cooperation = models.ForeignKey(
        Cooperation, on_delete=models.CASCADE, related_name="year_events"
    )
    title = models.CharField(_("title"), max_length=160)
    category = models.CharField(_("category"), max_length=9, choices=EventCategory.choices)
    days = ArrayField(
        models.CharField(max_length=5), verbose_name=_("every year on"), default=list, blank=True
    )
    once_date = models.DateField(_("once, on"), null=True, blank=True)
    responsible = models.CharField(
        _("responsible"),
        max_length=20,
        choices=[(role.value, role.value) for role in Role],
        blank=True,
    )
    starts_year = models.PositiveSmallIntegerField(_("from the year"))
    ends_year = models.PositiveSmallIntegerField(_("to and with the year"), null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfYearQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(~Q(days=[]) & Q(once_date__isnull=True))
                | Q(days=[], once_date__isnull=False),
                name="event_is_every_year_or_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_year__isnull=True) | Q(ends_year__gte=F("starts_year")),
                name="event_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class YearMark(models.Model):
    """That an event of the year is done: a statutory one by its code, an own one by `own-<id>`."""

    cooperation = models.ForeignKey(Cooperation, on_delete=models.CASCADE, related_name="+")
    code = models.SlugField(max_length=60)
    due_date = models.DateField(_("due"))
    done_date = models.DateField(_("done on"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfYearQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperation", "code", "due_date"], name="event_is_marked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.due_date}"


class CalendarFeed(models.Model):
    """A person's private calendar address; only the SHA-256 of its token is kept."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="calendar_feed")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user}"
