"""What the first page of meetings shows: each room's own summary, and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

from django.db.models import Q

from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.meetings.agenda import queries as agendas
from municipalities.meetings.agenda.queries import TopicCoverage, coverage_of
from municipalities.meetings.follow_up import queries as follow_ups
from municipalities.meetings.follow_up.models import FollowUpState, MeetingFollowUp
from municipalities.meetings.forums.models import Forum, ForumKind
from municipalities.meetings.forums.queries import ForumNow, forums_of
from municipalities.meetings.meeting.models import Meeting, MeetingState
from municipalities.meetings.meeting.queries import NextMeeting, next_meeting
from municipalities.meetings.minutes.models import Minutes, MinutesState
from municipalities.meetings.year_wheel import queries as wheels

FIRST = 5  # so many of a list; the rest is on its own page


class Asked(TypedDict):
    """What every room's `summary_of` takes."""

    cooperation: Cooperation
    user: User
    today: date


@dataclass(frozen=True)
class MeetingsNow:
    """The next meeting, the forums, the minimum agenda of the chief executives, and what waits.

    `open` are the follow-ups with the first deadlines; `unfinished` the meetings that were held and
    whose minutes are not sent, as far as the user may know.
    """

    next: NextMeeting | None
    forums: list[ForumNow]
    directors: Forum | None
    coverage: tuple[TopicCoverage, ...]
    follow_ups: follow_ups.Summary
    open: list[MeetingFollowUp]
    unfinished: list[Meeting]
    proposals: agendas.Summary
    wheel: wheels.Summary


def meetings_now(*, cooperation: Cooperation, user: User, now: datetime) -> MeetingsNow:
    """All of it. At most twelve queries."""
    today = local_day(now)
    asked = Asked(cooperation=cooperation, user=user, today=today)
    forums = forums_of(cooperation=cooperation, user=user, now=now, year=today.year)
    of_directors = (each.forum for each in forums if each.forum.kind == ForumKind.DIRECTORS)
    directors = next(of_directors, None)
    return MeetingsNow(
        next=next_meeting(cooperation=cooperation, user=user, now=now),
        forums=forums,
        directors=directors,
        coverage=coverage_of(forum=directors, year=today.year, today=today) if directors else (),
        follow_ups=follow_ups.summary_of(**asked),
        open=_open(cooperation, user=user),
        unfinished=_unfinished(cooperation, user=user, now=now),
        proposals=agendas.summary_of(**asked),
        wheel=wheels.summary_of(**asked),
    )


def _open(cooperation: Cooperation, *, user: User) -> list[MeetingFollowUp]:
    rows = follow_ups.listed(cooperation=cooperation, user=user)
    return list(rows.filter(state=FollowUpState.OPEN)[:FIRST])


def _unfinished(cooperation: Cooperation, *, user: User, now: datetime) -> list[Meeting]:
    waiting = Minutes.objects.visible_to(user).exclude(state=MinutesState.SENT)
    rows = Meeting.objects.visible_to(user).filter(
        Q(minutes__isnull=True) | Q(minutes__in=waiting),
        forum__cooperation=cooperation,
        state=MeetingState.CALLED,
        ends_at__lte=now,
    )
    return list(rows.select_related("forum", "minutes").order_by("-starts_at", "-pk")[:FIRST])
