"""Reads of agendas: the items, how the minimum agenda is covered, what is proposed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from legevakt.lib.periods import Period, local_day
from municipalities.access.models import User
from municipalities.access.permissions import cooperations_where
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.meetings.agenda.models import AgendaItem, Proposal, ProposalState
from municipalities.meetings.agenda.rules import Covered, Treatment, covered, is_demanded
from municipalities.meetings.forums.models import Forum
from municipalities.meetings.forums.queries import minimum_topics
from municipalities.meetings.meeting.models import Meeting, MeetingState
from municipalities.todo import Todo


@dataclass(frozen=True)
class TopicCoverage:
    """How a minimum topic stands in a year, and the meetings that had it on the agenda."""

    topic: str
    status: Covered
    meetings: tuple[Meeting, ...]


@dataclass(frozen=True)
class Summary:
    """How many proposed items wait for an answer."""

    open: int


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """The agenda in order, with documents and proposals."""
    rows = meeting.items.select_related("forum", "proposed_as__municipality")
    return list(rows.prefetch_related("documents__document").order_by("position", "pk"))


def coverage_of(*, forum: Forum, year: int, today: date) -> tuple[TopicCoverage, ...]:
    """Each minimum topic of the forum in the year. Two queries.

    The topics are those that hold today; of an earlier year those at its end, of a later one
    those at its beginning.
    """
    days = Period.year(year)
    last = days.ends_on - timedelta(days=1)
    topics = minimum_topics(forum=forum, day=max(days.starts_on, min(today, last)))
    rows = (
        AgendaItem.objects.filter(
            forum=forum,
            topic__in=topics,
            meeting__starts_at__gte=days.starts_at,
            meeting__starts_at__lt=days.ends_at,
        )
        .exclude(meeting__state=MeetingState.CANCELLED)
        .select_related("meeting__minutes")
        .order_by("meeting__starts_at")
    )
    by_topic: dict[str, list[AgendaItem]] = defaultdict(list)
    for row in rows:
        by_topic[row.topic].append(row)
    now = Period(today, today + timedelta(days=1)).starts_at
    return tuple(_coverage(topic, by_topic[topic], now=now) for topic in topics)


def proposals_of(*, cooperation: Cooperation, user: User) -> QuerySet:
    """What is proposed in forums that the user sees, open ones first, then the newest."""
    rows = Proposal.objects.visible_to(user).filter(forum__cooperation=cooperation)
    return (
        rows.select_related("forum__cooperation", "municipality", "item__meeting", "document")
        .annotate(supporters=Count("supports"))
        .order_by("answered_at", "-proposed_at", "-pk")
    )


def next_open_agenda(*, forum: Forum, after: datetime) -> Meeting | None:
    """The forum's next planned meeting, whose agenda is open."""
    rows = forum.meetings.filter(state=MeetingState.PLANNED, starts_at__gt=after)
    return rows.select_related("forum").order_by("starts_at", "pk").first()


def taken_for(*, forum: Forum, at: datetime) -> Meeting | None:
    """The meeting that an item proposed now is in time for; None before it is planned."""
    last = local_day(at) + timedelta(days=forum.proposal_days)
    rows = forum.meetings.filter(state=MeetingState.PLANNED, starts_at__gt=at).order_by("starts_at")
    return next((each for each in rows if local_day(each.starts_at) >= last), None)


def participants_of(forum: Forum, *, day: date) -> set[int]:
    """Which municipalities may demand an item: who takes part on the day. One query."""
    rows = forum.cooperation.participants.on(day)
    if forum.partner_id:
        rows = rows.filter(municipality__in=(forum.partner_id, forum.cooperation.host_id))
    return set(rows.values_list("municipality", flat=True))


def is_demanded_by_a_third(proposal: Proposal, *, day: date) -> bool:
    """Whether the forum lets a third of who takes part on the day demand it, and a third does."""
    if not proposal.forum.may_demand:
        return False
    participants = participants_of(proposal.forum, day=day)
    supporters = proposal.supports.filter(municipality__in=participants).count()
    return is_demanded(supporters=supporters, participants=len(participants))


def summary_of(*, cooperation: Cooperation, user: User, today: date) -> Summary:
    """What hubs say of proposed items. In at most three queries."""
    rows = Proposal.objects.visible_to(user).filter(
        forum__cooperation=cooperation, state=ProposalState.OPEN
    )
    return Summary(open=rows.count())


def waiting_for(*, cooperation: Cooperation, user: User, today: date) -> list[Todo]:
    """Proposed items that wait for who makes the agendas. In at most three queries."""
    makes = cooperations_where(user=user, permission=Permission.MANAGE_MEETINGS)
    rows = Proposal.objects.visible_to(user).filter(
        forum__cooperation__in=makes.filter(pk=cooperation.pk), state=ProposalState.OPEN
    )
    return [
        Todo(
            _("Answer the proposed item “%(title)s” from %(municipality)s")
            % {"title": each.title, "municipality": each.municipality.name},
            reverse("proposal", args=[cooperation.slug, each.pk]),
        )
        for each in rows.select_related("municipality").order_by("proposed_at")
    ]


def _coverage(topic: str, items: list[AgendaItem], *, now: datetime) -> TopicCoverage:
    treatments = [
        Treatment(
            meeting=each.meeting_id,
            starts_at=each.meeting.starts_at,
            outcome=each.outcome,
            is_final=each.meeting.has_approved_minutes,
        )
        for each in items
    ]
    meetings = {each.meeting_id: each.meeting for each in items}
    return TopicCoverage(
        topic=topic, status=covered(treatments, now=now), meetings=tuple(meetings.values())
    )
