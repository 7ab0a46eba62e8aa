"""The facts of a topic: live, or as the minutes froze them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.meetings.forums.models import Forum, ForumKind
from municipalities.meetings.meeting.models import Meeting, MeetingState
from municipalities.meetings.minutes.models import Minutes
from municipalities.meetings.topics.prepared import Asked, Facts, Page, prepared_topics

DAY = timedelta(days=1)
ARE_HELD = Q(minutes__state__in=("approved", "sent"))


@dataclass(frozen=True)
class Shown:
    """A topic's page, and whether minutes froze what it tells."""

    page: Page
    is_frozen: bool


def asked_for(*, meeting: Meeting) -> Asked:
    """What a meeting asks of a topic: the days since the forum met, to the day of the meeting.

    Where it has not met before, since 1 January.
    """
    day = local_day(meeting.starts_at)
    return Asked(
        cooperation=meeting.forum.cooperation,
        partner=meeting.forum.partner,
        since=_since(meeting.forum, before=meeting.starts_at, day=day),
        until=day + DAY,
    )


def asked_now(*, cooperation: Cooperation, today: date) -> Asked:
    """What a topic tells of the days since the chief executives met, without a meeting."""
    forum = cooperation.forums.filter(kind=ForumKind.DIRECTORS, ends_date__isnull=True).first()
    since = date(today.year, 1, 1)
    if forum is not None:
        last = _last_held(forum).filter(starts_at__date__lt=today).first()
        since = local_day(last.starts_at) if last else since
    return Asked(cooperation=cooperation, partner=None, since=since, until=today + DAY)


def facts_of(*, code: str, asked: Asked) -> dict[str, Any]:
    """The facts of a topic, as JSON. Raises KeyError for a code that nobody prepares."""
    return prepared_topics()[code].facts(asked)


def page_of(*, code: str, facts: Facts) -> Page:
    """What the facts tell, in the language that is active."""
    return prepared_topics()[code].page(facts)


def shown_in(*, meeting: Meeting, code: str, user: User) -> Shown:
    """A topic in a meeting: as its approved minutes froze it, else as it is now."""
    minutes = Minutes.objects.visible_to(user).filter(meeting=meeting).first()
    frozen = _frozen(minutes, code=code) if minutes else None
    if frozen is not None:
        return Shown(page=page_of(code=code, facts=frozen), is_frozen=True)
    facts = facts_of(code=code, asked=asked_for(meeting=meeting))
    return Shown(page=page_of(code=code, facts=facts), is_frozen=False)


def _frozen(minutes: Minutes, *, code: str) -> Facts | None:
    items = (minutes.content or {}).get("items", [])
    found = (each["facts"] for each in items if each.get("page") == code and each.get("facts"))
    return next(found, None)


def _since(forum: Forum, *, before: Any, day: date) -> date:
    last = _last_held(forum).filter(starts_at__lt=before).first()
    return local_day(last.starts_at) if last else date(day.year, 1, 1)


def _last_held(forum: Forum) -> QuerySet[Meeting]:
    held = forum.meetings.filter(ARE_HELD).exclude(state=MeetingState.CANCELLED)
    return held.order_by("-starts_at", "-pk")
