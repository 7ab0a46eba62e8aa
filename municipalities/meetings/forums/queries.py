"""Reads of the forums, their members, and what their agendas must have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, Q, QuerySet

from legevakt.lib.periods import Period
from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.meetings.forums.models import Forum, ForumMember
from municipalities.meetings.meeting.models import MeetingState
from municipalities.obligations.models import Obligation
from municipalities.register.models import Municipality

ORDER = {"directors": 0, "officers": 1, "regional": 2, "bilateral": 3}
IS_HELD = Q(meetings__minutes__state__in=("approved", "sent"))


@dataclass(frozen=True)
class ForumNow:
    """A forum with the day of its next meeting, and how many of the year are held."""

    forum: Forum
    next_at: datetime | None
    held: int


def members_on(*, forum: Forum, day: date) -> list[ForumMember]:
    """Who belongs to the forum on the day, the chair first."""
    rows = forum.members.filter(
        Q(ends_date__isnull=True) | Q(ends_date__gt=day), starts_date__lte=day
    ).select_related("user", "municipality")
    order = {"chair": 0, "secretary": 1}
    return sorted(rows.order_by("pk"), key=lambda each: order.get(each.duty, 2))


def minimum_topics(*, forum: Forum, day: date) -> tuple[str, ...]:
    """The topics of the obligation that the forum is evidence for, else its own.

    As the agreement in force on the day has them.
    """
    if not forum.obligation_code:
        return tuple(forum.topics)
    found = Obligation.objects.filter(
        Q(ends_date__isnull=True) | Q(ends_date__gt=day),
        cooperation=forum.cooperation_id,
        code=forum.obligation_code,
        starts_date__lte=day,
    )
    latest = found.order_by("-starts_date", "-pk").first()
    return tuple(latest.topics if latest else forum.topics)


def forums_of(*, cooperation: Cooperation, user: User, now: datetime, year: int) -> list[ForumNow]:
    """The forums that the user may see and that have not ended, in the order of their kinds."""
    days = Period.year(year)
    in_year = Q(meetings__starts_at__gte=days.starts_at, meetings__starts_at__lt=days.ends_at)
    to_come = Q(meetings__starts_at__gte=now) & ~Q(meetings__state=MeetingState.CANCELLED)
    rows = (
        in_force(Forum.objects.visible_to(user), day=days.starts_on)
        .filter(cooperation=cooperation)
        .select_related("partner")
        .annotate(
            next_at=Min("meetings__starts_at", filter=to_come),
            held=Count("meetings", filter=in_year & IS_HELD, distinct=True),
        )
    )
    ordered = sorted(rows.order_by("name", "pk"), key=_place)
    return [ForumNow(forum=each, next_at=each.next_at, held=each.held) for each in ordered]


def without_forum(*, cooperation: Cooperation, day: date) -> list[Municipality]:
    """The participants of the day with whom the host has no yearly meeting set up. One query."""
    met = cooperation.forums.filter(partner__isnull=False, ends_date__isnull=True)
    partners = cooperation.participants.on(day).exclude(municipality=cooperation.host_id)
    rows = partners.exclude(municipality__in=met.values("partner")).select_related("municipality")
    return [each.municipality for each in rows.order_by("municipality__number", "pk")]


def in_force(forums: QuerySet[Forum], *, day: date) -> QuerySet[Forum]:
    """Those that have not ended by the day."""
    return forums.filter(Q(ends_date__isnull=True) | Q(ends_date__gt=day))


def in_force_during(*, cooperation: Cooperation, year: int) -> list[Forum]:
    """Those that held on some day of the year, in the order of their kinds. One query."""
    days = Period.year(year)
    rows = in_force(Forum.objects.filter(cooperation=cooperation), day=days.starts_on)
    rows = rows.filter(starts_date__lt=days.ends_on).select_related("partner")
    return sorted(rows.order_by("name", "pk"), key=_place)


def without_meeting(forums: Iterable[ForumNow]) -> list[Municipality]:
    """The participants with whom no bilateral meeting of the year is held."""
    return [
        each.forum.partner for each in forums if each.forum.partner is not None and not each.held
    ]


def _place(forum: Forum) -> int:
    return ORDER.get(forum.kind, len(ORDER))
