"""The facts of a topic: live, or as the minutes froze them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from legevakt.lib.periods import Period, local_day
from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.meetings.forums.models import Forum, ForumKind
from municipalities.meetings.meeting.models import Meeting, MeetingState
from municipalities.meetings.minutes.models import Minutes, MinutesState
from municipalities.meetings.topics.prepared import Asked, Facts, Page, prepared_topics

DAY = timedelta(days=1)
APPROVED = (MinutesState.APPROVED, MinutesState.SENT)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A topic's page as a meeting has it, of which days, and whether its minutes are approved.

    `is_frozen` when they froze what the page tells; without it the page tells of today.
    """

    page: Page
    asked: Asked
    is_approved: bool
    is_frozen: bool


def asked_for(*, meeting: Meeting, today: date | None = None) -> Asked:
    """What a meeting asks of a topic: the days since the forum met, to the day of the meeting.

    Where it has not met before, since 1 January. Given `today`, no later days than that.
    """
    day = local_day(meeting.starts_at)
    until = min(day, today) + DAY if today else day + DAY
    since = _since(meeting.forum, before=meeting.starts_at, year=day.year)
    return Asked(
        cooperation=meeting.forum.cooperation,
        partner=meeting.forum.partner,
        since=min(since, until - DAY),
        until=until,
    )


def asked_now(*, cooperation: Cooperation, today: date) -> Asked:
    """What a topic tells of the days since the chief executives met, without a meeting."""
    forum = cooperation.forums.filter(kind=ForumKind.DIRECTORS, ends_date__isnull=True).first()
    start = Period(today, today + DAY).starts_at
    since = _since(forum, before=start, year=today.year) if forum else date(today.year, 1, 1)
    return Asked(cooperation=cooperation, partner=None, since=since, until=today + DAY)


def asked_of_year(*, cooperation: Cooperation, year: int, today: date) -> Asked:
    """What a topic tells of a whole year, up to today."""
    days = Period.year(year)
    until = min(days.ends_on, today + DAY)
    return Asked(cooperation=cooperation, partner=None, since=days.starts_on, until=until)


def years_of(*, cooperation: Cooperation, today: date) -> list[int]:
    """The years that can be chosen, the latest first: since the first meeting, and the last one."""
    met = Meeting.objects.filter(forum__cooperation=cooperation).order_by("year")
    first = met.values_list("year", flat=True).first() or today.year
    return list(range(today.year, min(first, today.year - 1) - 1, -1))


def facts_of(*, code: str, asked: Asked) -> dict[str, Any]:
    """The facts of a topic, as JSON. Raises KeyError for a code that nobody prepares."""
    return prepared_topics()[code].facts(asked)


def page_of(*, code: str, facts: Facts) -> Page:
    """What the facts tell, in the language that is active."""
    return prepared_topics()[code].page(facts)


def shown_in(*, meeting: Meeting, code: str, user: User, today: date) -> Shown:
    """A topic in a meeting: as its approved minutes froze it, else as it is now."""
    minutes = Minutes.objects.visible_to(user).filter(meeting=meeting, state__in=APPROVED).first()
    frozen = _frozen(minutes, code=code) if minutes else None
    asked = asked_for(meeting=meeting, today=today)
    facts = facts_of(code=code, asked=asked) if frozen is None else frozen
    return Shown(
        page=page_of(code=code, facts=facts),
        asked=asked,
        is_approved=minutes is not None,
        is_frozen=frozen is not None,
    )


def _frozen(minutes: Minutes, *, code: str) -> Facts | None:
    items = (minutes.content or {}).get("items", [])
    found = (each["facts"] for each in items if each.get("page") == code and each.get("facts"))
    return next(found, None)


def _since(forum: Forum, *, before: datetime, year: int) -> date:
    """The day on which the forum last met: a called meeting is held unless it is cancelled."""
    held = Q(minutes__state__in=APPROVED) | Q(state=MeetingState.CALLED)
    earlier = forum.meetings.exclude(state=MeetingState.CANCELLED).filter(
        held, starts_at__lt=before
    )
    last = earlier.order_by("-starts_at", "-pk").first()
    return local_day(last.starts_at) if last else date(year, 1, 1)
