"""What somebody is to do because of a meeting, and what they report back."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from municipalities.access.models import User
from municipalities.meetings.agenda.models import AgendaItem
from municipalities.meetings.forums.models import Forum, OfForumQuerySet
from municipalities.meetings.meeting.models import Meeting
from municipalities.register.models import Municipality


class FollowUpState(models.TextChoices):
    """Whether it is done."""

    OPEN = "open", _("open")
    DONE = "done", _("done")
    DROPPED = "dropped", _("given up")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class MeetingFollowUp(models.Model):
    """Something to be done by a day, by a person or by whom `responsible` names.

    It comes from an item of a meeting, or from none. `closed_date` is when it was done or given
    up.
    """

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="follow_ups")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="follow_ups"
    )
    text = models.CharField(_("what is to be done"), max_length=400)
    user = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible"),
    )
    responsible = models.CharField(_("responsible, if not a user"), max_length=120, blank=True)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    deadline_date = models.DateField(_("deadline"))
    state = models.CharField(
        _("state"), max_length=7, choices=FollowUpState.choices, default=FollowUpState.OPEN
    )
    closed_date = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfForumQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, responsible="")
                | (Q(user__isnull=True) & ~Q(responsible="")),
                name="follow_up_has_one_who_is_responsible",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_date__isnull=True)
                | (~Q(state="open") & Q(closed_date__isnull=False)),
                name="follow_up_closed_has_its_day",
            ),
        ]
        indexes = [models.Index(fields=["deadline_date"], name="follow_up_deadline")]

    def __str__(self) -> str:
        return self.text

    @property
    def responsible_name(self) -> str:
        """Who is to do it."""
        return self.user.name if self.user else self.responsible


class OfFollowUpQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> OfFollowUpQuerySet:
        return self.filter(follow_up__in=MeetingFollowUp.objects.visible_to(user))


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class FollowUpReport(models.Model):
    """What was reported of a follow-up, perhaps back to a meeting."""

    follow_up = models.ForeignKey(MeetingFollowUp, on_delete=models.CASCADE, related_name="reports")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.CharField(_("what is done"), max_length=1_000)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfFollowUpQuerySet.as_manager()

    def __str__(self) -> str:
        return self.text


class FollowUpReminderKind(models.TextChoices):
    """When a reminder is sent."""

    BEFORE = "before", _("before the deadline")
    OVERDUE = "overdue", _("the deadline has passed")


class FollowUpReminder(models.Model):
    """A reminder to the one responsible; claimed by this row, so that two beats send one."""

    follow_up = models.ForeignKey(
        MeetingFollowUp, on_delete=models.CASCADE, related_name="reminders"
    )
    kind = models.CharField(max_length=7, choices=FollowUpReminderKind.choices)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    deadline_date = models.DateField()
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    objects = OfFollowUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["follow_up", "kind", "user", "deadline_date"],
                name="follow_up_is_reminded_of_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.follow_up} {self.kind}"
