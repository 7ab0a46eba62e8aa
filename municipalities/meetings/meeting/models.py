"""A meeting, who is called to it, and what became of each letter."""

from __future__ import annotations

import uuid
from datetime import datetime

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from legevakt.lib.constraints import frozen_while, refused_unless
from municipalities.access.models import User
from municipalities.documents.models import Document
from municipalities.meetings.forums.models import Duty, Forum, OfForumQuerySet
from municipalities.register.models import Municipality

# Whether the minutes of the row's meeting are approved, and so all that they tell of is frozen.
APPROVED = """EXISTS (SELECT FROM municipalities_minutes f
    WHERE f.meeting_id = {row}.meeting_id AND f.state IN ('approved', 'sent'))"""


class MeetingState(models.TextChoices):
    """planned: the agenda is open → called: it is closed and the call is sent; or cancelled."""

    PLANNED = "planned", _("planned")
    CALLED = "called", _("called")
    CANCELLED = "cancelled", _("cancelled")


def new_uid() -> str:
    """The UID of an event in everybody's calendar; it never changes (RFC 5545 3.8.4.7)."""
    return f"{uuid.uuid4()}@legevakt"


@pghistory.track()
class Meeting(models.Model):
    """One meeting of a forum, the number of its year.

    `sequence` counts what was sent to calendars (RFC 5545 3.8.7.4): a change that is sent, and a
    cancellation, is one more.
    """

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="meetings")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=160, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=160, blank=True)
    video_url = models.URLField(_("video meeting"), blank=True)
    message = models.TextField(_("message in the call"), max_length=4000, blank=True)
    language = models.CharField(
        _("language of the minutes"),
        max_length=2,
        choices=[each for each in settings.LANGUAGES if each[0] != "en"],
    )
    state = models.CharField(
        _("state"), max_length=9, choices=MeetingState.choices, default=MeetingState.PLANNED
    )
    calendar_uid = models.CharField(max_length=60, unique=True, default=new_uid, editable=False)
    sequence = models.PositiveSmallIntegerField(default=0)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    called_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(_("why it is cancelled"), max_length=300, blank=True)

    objects = OfForumQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "year", "number"], name="meeting_has_its_number"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(state="called") | Q(called_at__isnull=False),
                name="called_meeting_has_its_call",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled")
                | (Q(cancelled_at__isnull=False) & ~Q(cancel_reason="")),
                name="cancelled_meeting_says_why",
            ),
        ]
        triggers = [
            frozen_while(
                APPROVED.replace("{row}.meeting_id", "{row}.id"),
                name="meeting_with_approved_minutes_stays",
                why="the minutes are approved",
            )
        ]
        indexes = [models.Index(fields=["starts_at"], name="meeting_starts_at")]

    def __str__(self) -> str:
        return f"{self.forum} {self.number}/{self.year}"

    def is_held(self, *, by: datetime) -> bool:
        """Whether it was called and is over by the moment."""
        return self.state == MeetingState.CALLED and self.ends_at <= by

    @property
    def has_approved_minutes(self) -> bool:
        """Whether all that the minutes tell of is frozen."""
        minutes = getattr(self, "minutes", None)
        return minutes is not None and minutes.state in ("approved", "sent")


class OfMeetingQuerySet(models.QuerySet):
    """Rows with a `meeting`, seen by those who see its forum."""

    def visible_to(self, user: User) -> OfMeetingQuerySet:
        return self.filter(meeting__in=Meeting.objects.visible_to(user))


IN_ORDER = models.Case(
    models.When(duty=Duty.CHAIR, then=0), models.When(duty=Duty.SECRETARY, then=1), default=2
)


class InviteeQuerySet(OfMeetingQuerySet):
    def called(self) -> InviteeQuerySet:
        """Those who are called still, the chair first."""
        return self.filter(uncalled_at__isnull=True).order_by(IN_ORDER, "pk")


class Answer(models.TextChoices):
    """What one who is called has answered."""

    NONE = "none", pgettext_lazy("a call to a meeting", "not answered")
    COMING = "coming", _("is coming")
    MAYBE = "maybe", _("may come")
    NOT_COMING = "not_coming", _("is not coming")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Invitee(models.Model):
    """One who is called to a meeting; whether they come, and whether they were there.

    `deputy` is who meets in their stead. The members of the forum are called; others may be too.
    Who is called no more has `uncalled_at`, and stays for the cancellation that is sent.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitees")
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    duty = models.CharField(_("duty"), max_length=9, choices=Duty.choices, default=Duty.MEMBER)
    answer = models.CharField(
        _("answer"), max_length=10, choices=Answer.choices, default=Answer.NONE
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    deputy = models.CharField(_("who meets instead"), max_length=120, blank=True)
    is_present = models.BooleanField(_("was present"), null=True, blank=True)
    uncalled_at = models.DateTimeField(_("called no more from"), null=True, blank=True)

    objects = InviteeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, name="", email="")
                | (Q(user__isnull=True) & ~Q(name="") & ~Q(email="")),
                name="invitee_is_a_user_or_a_name_with_an_address",
            ),
            models.UniqueConstraint(
                fields=["meeting", "user"],
                condition=Q(user__isnull=False),
                name="user_is_called_once",
            ),
            models.UniqueConstraint(
                fields=["meeting", "email"],
                condition=Q(user__isnull=True),
                name="address_is_called_once",
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(duty="chair", uncalled_at__isnull=True),
                name="meeting_has_one_chair",
            ),
        ]
        triggers = [
            frozen_while(
                APPROVED, name="invitees_of_approved_minutes_stay", why="the minutes are approved"
            )
        ]

    def __str__(self) -> str:
        return self.user.name if self.user else self.name

    @property
    def address(self) -> str:
        """Where letters go."""
        return self.user.email if self.user else self.email


class LetterKind(models.TextChoices):
    """What a letter is about."""

    CALL = "call", _("call")
    UPDATE = "update", _("change")
    CANCEL = "cancel", _("cancellation")
    HEARING = "hearing", _("minutes for remarks")
    MINUTES = "minutes", _("approved minutes")


class LetterFailure(models.TextChoices):
    """Why a letter did not arrive, or may not have."""

    REFUSED = "refused", _("the address was refused")
    INVALID = "invalid", _("the address is no e-mail address")
    UNKNOWN = "unknown", _("the connection was lost; it may have arrived")


class LetterQuerySet(OfMeetingQuerySet):
    def visible_to(self, user: User) -> LetterQuerySet:
        return self.filter(invitee__in=Invitee.objects.visible_to(user))


class MeetingLetter(models.Model):
    """A letter to one who is called; the row is the claim, so that two beats send one.

    `sequence` is the meeting's when it is about the time and place; else which time it is sent.
    """

    invitee = models.ForeignKey(Invitee, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=7, choices=LetterKind.choices)
    sequence = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=7, choices=LetterFailure.choices, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["invitee", "kind", "sequence"], name="meeting_letter_is_sent_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.invitee} {self.kind} {self.sequence}"


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class MeetingDocument(models.Model):
    """A document of a meeting, or of one item on its agenda."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="documents")
    item = models.ForeignKey(
        "municipalities.AgendaItem",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="documents",
    )
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "document"], name="document_belongs_to_a_meeting_once"
            )
        ]
        triggers = [
            refused_unless(
                "NEW.item_id IS NULL OR EXISTS (SELECT FROM municipalities_agendaitem i"
                " WHERE i.id = NEW.item_id AND i.meeting_id = NEW.meeting_id)",
                name="document_is_of_an_item_of_the_meeting",
                why="the item is of another meeting",
            )
        ]

    def __str__(self) -> str:
        return str(self.document)
