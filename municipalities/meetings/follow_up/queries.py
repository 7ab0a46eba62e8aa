"""Reads of follow-ups across forums and municipalities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.meetings.follow_up.models import FollowUpState, MeetingFollowUp
from municipalities.meetings.forums.models import Forum
from municipalities.meetings.meeting.models import Meeting
from municipalities.todo import Todo

SOON = timedelta(days=21)


@dataclass(frozen=True)
class Summary:
    """How many are open, and how many of those are late."""

    open: int
    late: int


def listed(*, cooperation: Cooperation, user: User) -> QuerySet[MeetingFollowUp]:
    """What the user may see: open ones by deadline, then those that are closed."""
    rows = MeetingFollowUp.objects.visible_to(user).filter(forum__cooperation=cooperation)
    return _told(rows).order_by(F("closed_date").desc(nulls_first=True), "deadline_date", "pk")


def of_meeting(meeting: Meeting) -> list[MeetingFollowUp]:
    """What was agreed in the meeting, by deadline. One query."""
    rows = MeetingFollowUp.objects.filter(item__meeting=meeting)
    return list(_told(rows).order_by("deadline_date", "pk"))


def in_common(*, cooperation: Cooperation, before: date) -> list[MeetingFollowUp]:
    """What was agreed before the day in forums that all see, by deadline. One query."""
    rows = MeetingFollowUp.objects.filter(
        forum__cooperation=cooperation, forum__partner__isnull=True
    )
    found = _told(rows).order_by("deadline_date", "pk")
    return [each for each in found if agreed_date(each) < before]


def agreed_date(follow_up: MeetingFollowUp) -> date:
    """The day of the meeting that it comes from; of one without, the day it was written down."""
    item = follow_up.item
    return local_day(item.meeting.starts_at if item else follow_up.created_at)


def open_of(*, forum: Forum) -> list[MeetingFollowUp]:
    """What is open in the forum, by deadline, so that what is late comes first. One query."""
    rows = _told(forum.follow_ups.filter(state=FollowUpState.OPEN))
    return list(rows.order_by("deadline_date", "pk"))


def is_late(follow_up: MeetingFollowUp, *, today: date) -> bool:
    """Whether it is open after its deadline."""
    return follow_up.state == FollowUpState.OPEN and follow_up.deadline_date < today


def summary_of(*, cooperation: Cooperation, user: User, today: date) -> Summary:
    """What hubs say of follow-ups. One query."""
    rows = MeetingFollowUp.objects.visible_to(user).filter(
        forum__cooperation=cooperation, state=FollowUpState.OPEN
    )
    return Summary(
        **rows.aggregate(open=Count("pk"), late=Count("pk", filter=Q(deadline_date__lt=today)))
    )


def waiting_for(*, cooperation: Cooperation, user: User, today: date) -> list[Todo]:
    """The user's own that are late, or due within three weeks. One query."""
    rows = MeetingFollowUp.objects.visible_to(user).filter(
        forum__cooperation=cooperation,
        user=user,
        state=FollowUpState.OPEN,
        deadline_date__lte=today + SOON,
    )
    return [
        Todo(
            _("Follow up: %(text)s") % {"text": each.text},
            reverse("meeting_follow_up", args=[cooperation.slug, each.pk]),
            each.deadline_date,
        )
        for each in rows.order_by("deadline_date", "pk")
    ]


def _told(rows: QuerySet[MeetingFollowUp]) -> QuerySet[MeetingFollowUp]:
    return rows.select_related("forum", "user", "municipality", "item__meeting", "item__forum")
