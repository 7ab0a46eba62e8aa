"""What the first page of meetings shows: each room's own summary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.meetings.agenda import queries as agendas
from municipalities.meetings.agenda.queries import TopicCoverage, coverage_of
from municipalities.meetings.follow_up import queries as follow_ups
from municipalities.meetings.forums.models import Forum, ForumKind
from municipalities.meetings.forums.queries import ForumNow, forums_of
from municipalities.meetings.meeting.queries import NextMeeting, next_meeting
from municipalities.meetings.year_wheel import queries as wheels


class Asked(TypedDict):
    """What every room's `summary_of` takes."""

    cooperation: Cooperation
    user: User
    today: date


@dataclass(frozen=True)
class MeetingsNow:
    """The next meeting, the forums, the minimum agenda of the chief executives, and counts."""

    next: NextMeeting | None
    forums: list[ForumNow]
    directors: Forum | None
    coverage: tuple[TopicCoverage, ...]
    follow_ups: follow_ups.Summary
    proposals: agendas.Summary
    wheel: wheels.Summary


def meetings_now(*, cooperation: Cooperation, user: User, now: datetime) -> MeetingsNow:
    """All of it. At most eleven queries."""
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
        proposals=agendas.summary_of(**asked),
        wheel=wheels.summary_of(**asked),
    )
