"""Minutes: draft → for remarks → approved, and then frozen by the database → sent."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from legevakt.lib.constraints import frozen_while, refused_unless, stays_once
from municipalities.access import permissions
from municipalities.access.models import User
from municipalities.access.rules import Permission
from municipalities.meetings.agenda.models import AgendaItem
from municipalities.meetings.meeting.models import Meeting, OfMeetingQuerySet
from municipalities.register.models import Municipality


class MinutesState(models.TextChoices):
    """How far the minutes have come."""

    DRAFT = "draft", _("draft")
    HEARING = "hearing", _("sent for remarks")
    APPROVED = "approved", _("approved")
    SENT = "sent", _("approved and sent")


FROZEN = (
    "meeting_id",
    "introduction",
    "hearing_opened_at",
    "hearing_until_date",
    "written_by_id",
    "approved_at",
    "approved_by_id",
    "content",
    "sha256",
)
APPROVED_AND_CHANGED = (
    "OLD.state IN ('approved', 'sent') AND (TG_OP = 'DELETE'"
    " OR NEW.state NOT IN ('approved', 'sent')"
    " OR (OLD.state = 'sent' AND NEW.state <> 'sent') OR {})".format(
        " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in FROZEN)
    )
)


class MinutesQuerySet(OfMeetingQuerySet):
    def visible_to(self, user: User) -> MinutesQuerySet:
        """Minutes of meetings that the user sees; a draft for those who write minutes."""
        writes = permissions.cooperations_where(user=user, permission=Permission.MANAGE_MEETINGS)
        approves = permissions.cooperations_where(user=user, permission=Permission.APPROVE_MINUTES)
        chairs = Q(meeting__invitees__duty="chair", meeting__invitees__user=user.pk)
        own = Q(meeting__forum__cooperation__in=writes) | Q(
            meeting__forum__cooperation__in=approves
        )
        among = Minutes.objects.filter(~Q(state=MinutesState.DRAFT) | own | chairs)
        return self.filter(pk__in=among.values("pk"), meeting__in=Meeting.objects.visible_to(user))


@pghistory.track()
class Minutes(models.Model):
    """The minutes of a meeting.

    What was said and decided stands on the items until the approval; then `content` is all of it
    with the figures as they were, and is what pages and documents show for ever. `sha256` is of its
    canonical JSON.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="minutes")
    state = models.CharField(
        _("state"), max_length=8, choices=MinutesState.choices, default=MinutesState.DRAFT
    )
    introduction = models.TextField(_("introduction"), max_length=4_000, blank=True)
    hearing_opened_at = models.DateTimeField(null=True, blank=True)
    hearing_until_date = models.DateField(_("remarks until"), null=True, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    content = models.JSONField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "minutes"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "hearing"], content__isnull=True, sha256="")
                | (
                    Q(
                        state__in=["approved", "sent"],
                        content__isnull=False,
                        approved_at__isnull=False,
                    )
                    & ~Q(sha256="")
                ),
                name="approved_minutes_have_their_content",
            ),
            models.CheckConstraint(
                condition=~Q(state="hearing")
                | Q(hearing_until_date__isnull=False, hearing_opened_at__isnull=False),
                name="minutes_for_remarks_have_a_deadline",
            ),
        ]
        triggers = [
            stays_once(
                APPROVED_AND_CHANGED,
                name="approved_minutes_stay",
                why="the minutes are approved",
            ),
            refused_unless(
                "NEW.state NOT IN ('approved', 'sent') OR EXISTS"
                " (SELECT FROM municipalities_meeting m WHERE m.id = NEW.meeting_id"
                " AND m.state <> 'cancelled')",
                name="cancelled_meeting_has_no_approved_minutes",
                why="the meeting is cancelled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}"


class RemarkQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> RemarkQuerySet:
        return self.filter(minutes__in=Minutes.objects.visible_to(user))


@pghistory.track()
class Remark(models.Model):
    """What a participant remarks on minutes before they are approved, and the answer."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="remarks")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.CASCADE, null=True, blank=True, related_name="remarks"
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField(_("remark"), max_length=4_000)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.CharField(_("answer"), max_length=1_000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = RemarkQuerySet.as_manager()

    class Meta:
        triggers = [
            frozen_while(
                "(SELECT f.state FROM municipalities_minutes f WHERE f.id = {row}.minutes_id)"
                " <> 'hearing'",
                name="remarks_belong_to_minutes_that_wait_for_them",
                why="the minutes do not wait for remarks",
            )
        ]

    def __str__(self) -> str:
        return f"{self.minutes}: {self.made_by}"
