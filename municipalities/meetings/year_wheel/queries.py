"""The year of a cooperation: anchors, own events, what the agreement demands, and meetings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from legevakt.lib.periods import Period, local_day
from municipalities.access.models import User
from municipalities.access.permissions import is_held
from municipalities.access.queries import people_with
from municipalities.access.rules import Permission, Role
from municipalities.cooperations.models import Cooperation
from municipalities.meetings.meeting.models import Meeting, MeetingState
from municipalities.meetings.year_wheel import words
from municipalities.meetings.year_wheel.anchors import anchors
from municipalities.meetings.year_wheel.models import EventCategory, YearEvent, YearMark
from municipalities.meetings.year_wheel.rules import Entry, State, day_in, in_order, state_of
from municipalities.obligations import words as obligation_words
from municipalities.obligations.models import Due
from municipalities.todo import Todo

SOON = timedelta(days=14)
CATEGORIES = {
    "director-meetings": EventCategory.MEETING,
    "officers-forum": EventCategory.MEETING,
    "bilateral-meeting": EventCategory.MEETING,
    "mayors-orientation": EventCategory.MEETING,
    "management-review": EventCategory.QUALITY,
    "annual-report": EventCategory.REPORTING,
}


@dataclass(frozen=True)
class Summary:
    """How many entries of the year are done, late and to come."""

    done: int
    late: int
    coming: int


def year_of(*, cooperation: Cooperation, user: User, year: int, today: date) -> list[Entry]:
    """Every entry of the year that the user may see, in order. Five queries."""
    return in_order(
        [
            *fixed(cooperation=cooperation, year=year, today=today),
            *_dues(cooperation, user=user, year=year, today=today),
            *_meetings(cooperation, user=user, year=year, today=today),
        ]
    )


def fixed(*, cooperation: Cooperation, year: int, today: date) -> Iterator[Entry]:
    """The anchors and the own events of the year, with what is marked done. Two queries."""
    marks = YearMark.objects.filter(cooperation=cooperation, due_date__year=year)
    done = set(marks.values_list("code", "due_date"))
    for anchor in anchors():
        for text in anchor.days:
            day = day_in(day=text, year=year)
            is_done = (anchor.code, day) in done
            yield Entry(
                day=day,
                title=_(anchor.title),
                category=anchor.category,
                source="anchor",
                state=state_of(day=day, done=is_done, today=today),
                code=anchor.code,
                note=words.law_note(law=anchor.law, is_law=anchor.is_law),
                responsible=anchor.responsible,
            )
    for event in events_of(cooperation=cooperation, year=year):
        for day in days_of(event, year=year):
            code = f"own-{event.pk}"
            yield Entry(
                day=day,
                title=event.title,
                category=event.category,
                source="own",
                state=state_of(day=day, done=(code, day) in done, today=today),
                code=code,
                responsible=event.responsible,
                url=reverse("year_event", args=[cooperation.slug, event.pk]),
            )


def events_of(*, cooperation: Cooperation, year: int) -> list[YearEvent]:
    """The own events that hold in the year."""
    rows = YearEvent.objects.filter(cooperation=cooperation, starts_year__lte=year)
    return [
        each
        for each in rows.order_by("title", "pk")
        if each.ends_year is None or each.ends_year >= year
    ]


def days_of(event: YearEvent, *, year: int) -> list[date]:
    """The days of the year on which the event is."""
    if event.once_date is not None:
        return [event.once_date] if event.once_date.year == year else []
    return [day_in(day=each, year=year) for each in event.days]


def summary_of(*, cooperation: Cooperation, user: User, today: date) -> Summary:
    """This year's fixed entries, counted. Two queries."""
    states = [each.state for each in fixed(cooperation=cooperation, year=today.year, today=today)]
    late = states.count(State.LATE)
    done = states.count(State.DONE)
    return Summary(done=done, late=late, coming=len(states) - late - done)


def waiting_for(*, cooperation: Cooperation, user: User, today: date) -> list[Todo]:
    """Own events, and anchors that are law, that are late this year or come within two weeks.

    For who has the responsible role for the host. At most three queries. A cooperation that marks
    nothing is not reminded of what the law says: it keeps that elsewhere.
    """
    if not is_held(user=user, permission=Permission.VIEW_MEETINGS, cooperation=cooperation):
        return []
    if not YearMark.objects.filter(cooperation=cooperation).exists():
        return []
    roles = {
        each.role
        for each in people_with(cooperation=cooperation, roles=set(Role))
        if each.user_id == user.pk and each.municipality_id == cooperation.host_id
    }
    return [
        Todo(
            _("Year wheel: %(title)s") % {"title": each.title},
            reverse("year_wheel", args=[cooperation.slug, today.year]),
            each.day,
        )
        for each in in_order(fixed(cooperation=cooperation, year=today.year, today=today))
        if each.responsible in roles and _is_near(each, today=today)
    ]


def _is_near(entry: Entry, *, today: date) -> bool:
    return entry.state in (State.COMING, State.TODAY) and entry.day <= today + SOON


def _dues(cooperation: Cooperation, *, user: User, year: int, today: date) -> Iterator[Entry]:
    rows = (
        Due.objects.visible_to(user)
        .with_kept()
        .filter(obligation__cooperation=cooperation, due_date__year=year)
        .select_related("obligation", "municipality")
    )
    for due in rows:
        if due.waived_reason or due.has_left(today):
            continue
        code = due.obligation.code
        yield Entry(
            day=due.due_date,
            title=obligation_words.title_of(due),
            category=CATEGORIES.get(code, EventCategory.AGREEMENT),
            source="due",
            state=state_of(day=due.due_date, done=due.kept_date is not None, today=today),
            code=f"due-{due.pk}",
            note=obligation_words.told(due.obligation.clause),
            responsible=due.obligation.responsible,
            url=reverse("due", args=[cooperation.slug, due.pk]),
        )


def _meetings(cooperation: Cooperation, *, user: User, year: int, today: date) -> Iterator[Entry]:
    days = Period.year(year)
    rows = (
        Meeting.objects.visible_to(user)
        .filter(
            forum__cooperation=cooperation,
            starts_at__gte=days.starts_at,
            starts_at__lt=days.ends_at,
        )
        .select_related("forum", "minutes")
    )
    for meeting in rows:
        day = local_day(meeting.starts_at)
        state = state_of(day=day, done=meeting.has_approved_minutes, today=today)
        yield Entry(
            day=day,
            title=meeting.forum.name,
            category=EventCategory.MEETING,
            source="meeting",
            state=State.CANCELLED if meeting.state == MeetingState.CANCELLED else state,
            code=f"meeting-{meeting.pk}",
            note=_("meeting"),
            url=reverse("meeting", args=[cooperation.slug, meeting.pk]),
        )
