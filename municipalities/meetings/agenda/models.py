"""What a meeting talks about: the items of its agenda, and what participants propose."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from legevakt.lib.constraints import frozen_while, refused_unless
from municipalities.access.models import User
from municipalities.documents.models import Document
from municipalities.meetings.forums.models import Forum, OfForumQuerySet
from municipalities.meetings.meeting.models import APPROVED, Meeting, OfMeetingQuerySet
from municipalities.register.models import Municipality


class ItemKind(models.TextChoices):
    """What an item asks of the meeting."""

    STANDING = "standing", _("standing item")
    CASE = "case", _("case for decision")
    REPORT = "report", _("report case")
    ORIENTATION = "orientation", _("orientation")


class Standing(models.TextChoices):
    """Items that every agenda has."""

    APPROVE_AGENDA = "approve_agenda", _("Approval of the call and the agenda")
    APPROVE_MINUTES = "approve_minutes", _("Minutes of the previous meeting")
    FOLLOW_UPS = "follow_ups", _("Follow-up of earlier meetings")
    ANY_OTHER = "any_other", _("Any other business")


class Outcome(models.TextChoices):
    """What became of an item."""

    NONE = "none", _("not yet treated")
    TREATED = "treated", _("treated")
    POSTPONED = "postponed", _("postponed")
    WITHDRAWN = "withdrawn", _("withdrawn")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class AgendaItem(models.Model):
    """An item with its case number in the forum's year; later what was said and decided.

    `topic` is the minimum topic that it covers, as the forum or its obligation writes it; `page`
    the code of a prepared page, whose figures are shown with it. `is_added` when the meeting itself
    took it up. The forum is the meeting's; it stands here so that numbers are one in a forum.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=11, choices=ItemKind.choices)
    standing = models.CharField(max_length=15, choices=Standing.choices, blank=True)
    case_year = models.PositiveSmallIntegerField(null=True, blank=True)
    case_number = models.PositiveSmallIntegerField(null=True, blank=True)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what the case is about"), max_length=12_000, blank=True)
    proposal = models.TextField(_("proposed decision"), max_length=4_000, blank=True)
    presented_by = models.CharField(_("presented by"), max_length=120, blank=True)
    topic = models.CharField(_("minimum topic"), max_length=160, blank=True)
    page = models.SlugField(_("prepared page"), max_length=40, blank=True)
    is_added = models.BooleanField(default=False)
    discussion = models.TextField(_("what was said"), max_length=12_000, blank=True)
    decision = models.TextField(_("decision"), max_length=4_000, blank=True)
    vote = models.CharField(_("vote"), max_length=200, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=9, choices=Outcome.choices, default=Outcome.NONE
    )

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="item_has_its_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["forum", "case_year", "case_number"], name="case_number_is_used_once"
            ),
            models.CheckConstraint(
                condition=Q(case_year__isnull=True, case_number__isnull=True)
                | Q(case_year__isnull=False, case_number__isnull=False),
                name="case_has_its_year_and_number",
            ),
            models.UniqueConstraint(
                fields=["meeting", "standing"],
                condition=~Q(standing=""),
                name="standing_item_is_once_on_an_agenda",
            ),
        ]
        triggers = [
            refused_unless(
                "NEW.forum_id = (SELECT m.forum_id FROM municipalities_meeting m"
                " WHERE m.id = NEW.meeting_id)",
                name="item_is_of_the_forum_of_its_meeting",
                why="the meeting is of another forum",
            ),
            frozen_while(
                APPROVED, name="items_of_approved_minutes_stay", why="the minutes are approved"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProposalState(models.TextChoices):
    """What became of a proposed item."""

    OPEN = "open", _("waits for an answer")
    TAKEN = "taken", _("on the agenda")
    DECLINED = "declined", _("not taken up")
    WITHDRAWN = "withdrawn", _("withdrawn")


@pghistory.track()
class Proposal(models.Model):
    """An item that a participant proposes for the forum's next meeting."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="proposals")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what the case is about"), max_length=8_000)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(
        _("state"), max_length=9, choices=ProposalState.choices, default=ProposalState.OPEN
    )
    item = models.OneToOneField(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="proposed_as"
    )
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.CharField(_("answer"), max_length=400, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfForumQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="taken", item__isnull=False)
                | (~Q(state="taken") & Q(item__isnull=True)),
                name="proposal_taken_is_on_an_agenda",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(answer=""), name="declined_proposal_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SupportQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> SupportQuerySet:
        return self.filter(proposal__in=Proposal.objects.visible_to(user))


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class ProposalSupport(models.Model):
    """That a municipality demands a proposed item; the one that proposes it does too."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="supports")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    supported_at = models.DateTimeField()
    supported_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = SupportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "municipality"], name="municipality_supports_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality} · {self.proposal}"
