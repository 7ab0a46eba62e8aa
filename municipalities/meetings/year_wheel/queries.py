"""The year of a cooperation: anchors, own events, what the agreement demands, and meetings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from legevakt.lib.periods import Period, local_day
from municipalities.access.models import Membership, User
from municipalities.cooperations.models import Cooperation
from municipalities.meetings.meeting.models import Meeting, MeetingState
from municipalities.meetings.year_wheel import words
from municipalities.meetings.year_wheel.anchors import Anchor, anchors
from municipalities.meetings.year_wheel.models import EventCategory, YearEvent, YearMark
from municipalities.meetings.year_wheel.rules import Entry, State, in_order, state_of
from municipalities.obligations import words as obligation_words
from municipalities.obligations.models import Due
from municipalities.obligations.rules import day_in
from municipalities.todo import Todo

SOON, STILL_ASKED = timedelta(days=14), timedelta(days=90)
CATEGORIES = {
    "director-meetings": EventCategory.MEETING,
    "officers-forum": EventCategory.MEETING,
    "bilateral-meeting": EventCategory.MEETING,
    "mayors-orientation": EventCategory.MEETING,
    "management-review": EventCategory.QUALITY,
    "accounts-report": EventCategory.ECONOMY,
    "tertial-report-1": EventCategory.ECONOMY,
    "tertial-report-2": EventCategory.ECONOMY,
    "budget-proposal": EventCategory.ECONOMY,
    "annual-report": EventCategory.REPORTING,
}


@dataclass(frozen=True)
class Marks:
    """What is marked as done; `since` is the first day that somebody marked anything."""

    done: Mapping[tuple[str, date], YearMark]
    since: date | None

    def state_of(self, *, code: str, day: date, today: date, is_own: bool) -> State:
        """An own event is followed up from its first year; an anchor since marks are kept."""
        return state_of(
            day=day,
            is_done=(code, day) in self.done,
            today=today,
            is_followed=is_own or (self.since is not None and self.since <= day),
        )

    def told(self, *, code: str, day: date) -> str:
        mark = self.done.get((code, day))
        if mark is None:
            return ""
        by = mark.marked_by.name if mark.marked_by else ""
        return words.done(done_date=mark.done_date, by=by, note=mark.note)


@dataclass(frozen=True)
class Summary:
    """How many of the year's fixed entries are done, late and to come."""

    done: int
    late: int
    coming: int


def year_of(*, cooperation: Cooperation, user: User, year: int, today: date) -> list[Entry]:
    """Every entry of the year that the user may see, in order. Four queries.

    What the agreement demands stands in the place of an anchor of the same. Dues with another
    participant are not among them.
    """
    dues = _dues(cooperation, user=user, year=year)
    codes = {due.obligation.code for due in dues}
    return in_order(
        [
            *fixed(cooperation=cooperation, years=[year], today=today, without=codes),
            *_due_entries(dues, slug=cooperation.slug, today=today),
            *_meetings(cooperation, user=user, year=year, today=today),
        ]
    )


def fixed(
    *, cooperation: Cooperation, years: Iterable[int], today: date, without: Iterable[str] = ()
) -> Iterator[Entry]:
    """The anchors and the own events of the years, with what is marked done. Two queries.

    `without` the anchors of these obligations.
    """
    marks = _marks(cooperation)
    own = list(YearEvent.objects.filter(cooperation=cooperation).order_by("title", "pk"))
    for year in years:
        for anchor in anchors():
            if not (anchor.obligation and anchor.obligation in without):
                for text in anchor.days:
                    day = day_in(day=text, year=year)
                    yield _anchor_entry(anchor, day=day, marks=marks, today=today)
        for event in own:
            for day in days_of(event, year=year):
                yield _own_entry(event, day=day, marks=marks, today=today, slug=cooperation.slug)


def days_of(event: YearEvent, *, year: int) -> list[date]:
    """The days of the year on which the event is, each once; none where it does not hold."""
    if year < event.starts_year or (event.ends_year is not None and year > event.ends_year):
        return []
    if event.once_date is not None:
        return [event.once_date] if event.once_date.year == year else []
    return sorted({day_in(day=each, year=year) for each in event.days})


def own_days(*, cooperation: Cooperation, year: int) -> list[tuple[date, str]]:
    """The cooperation's own events of the year by day, with their titles. One query."""
    events = YearEvent.objects.filter(cooperation=cooperation).order_by("title", "pk")
    return sorted((day, each.title) for each in events for day in days_of(each, year=year))


def summary_of(*, cooperation: Cooperation, user: User, today: date) -> Summary:
    """This year's fixed entries, counted. Two queries."""
    entries = fixed(cooperation=cooperation, years=[today.year], today=today)
    states = [each.state for each in entries]
    return Summary(
        done=states.count(State.DONE),
        late=states.count(State.LATE),
        coming=states.count(State.COMING) + states.count(State.TODAY),
    )


def waiting_for(*, cooperation: Cooperation, user: User, today: date) -> list[Todo]:
    """What is late, or comes within two weeks, and lies with a role that the user has for the host.

    What was late when the year ended waits some months more. One query for who has no such role,
    else three.
    """
    roles = set(_roles(cooperation, user=user).filter(municipality=cooperation.host_id))
    if not roles:
        return []
    years = range((today - STILL_ASKED).year, (today + SOON).year + 1)
    entries = fixed(cooperation=cooperation, years=years, today=today)
    return [
        Todo(
            _("Year wheel: %(title)s") % {"title": each.title},
            reverse("year_mark", args=[cooperation.slug, each.code, each.day.isoformat()]),
            each.day,
        )
        for each in in_order(entries)
        if each.responsible in roles and _waits(each, today=today)
    ]


def concerns(entry: Entry, *, roles: set[str]) -> bool:
    """Whether it belongs in the calendar of who has the roles: dues, and fixed days of theirs."""
    if entry.source == "due":
        return True
    is_for_all = entry.source == "own" and not entry.responsible
    return entry.source in ("anchor", "own") and (is_for_all or entry.responsible in roles)


def roles_in(*, cooperation: Cooperation, user: User) -> set[str]:
    """The roles that the user has in the cooperation."""
    return set(_roles(cooperation, user=user))


def _roles(cooperation: Cooperation, *, user: User) -> QuerySet[Membership, str]:
    found = Membership.objects.filter(user=user, cooperation=cooperation)
    return found.values_list("role", flat=True)


def _waits(entry: Entry, *, today: date) -> bool:
    return entry.state == State.LATE or (
        entry.state in (State.COMING, State.TODAY) and entry.day <= today + SOON
    )


def _marks(cooperation: Cooperation) -> Marks:
    rows = YearMark.objects.filter(cooperation=cooperation).select_related("marked_by")
    found = list(rows.order_by("marked_at", "pk"))
    return Marks(
        done={(each.code, each.due_date): each for each in found},
        since=local_day(found[0].marked_at) if found else None,
    )


def _anchor_entry(anchor: Anchor, *, day: date, marks: Marks, today: date) -> Entry:
    return Entry(
        day=day,
        title=_(anchor.title),
        category=anchor.category,
        source="anchor",
        state=marks.state_of(code=anchor.code, day=day, today=today, is_own=False),
        code=anchor.code,
        note=words.basis(anchor),
        done=marks.told(code=anchor.code, day=day),
        responsible=anchor.responsible,
    )


def _own_entry(event: YearEvent, *, day: date, marks: Marks, today: date, slug: str) -> Entry:
    code = f"own-{event.pk}"
    return Entry(
        day=day,
        title=event.title,
        category=event.category,
        source="own",
        state=marks.state_of(code=code, day=day, today=today, is_own=True),
        code=code,
        done=marks.told(code=code, day=day),
        responsible=event.responsible,
        url=reverse("year_event", args=[slug, event.pk]),
    )


def _dues(cooperation: Cooperation, *, user: User, year: int) -> list[Due]:
    """Those in common, and those with a participant for the host and that one."""
    own = Membership.objects.filter(user=user, cooperation=cooperation)
    concerned = (
        Q(municipality__isnull=True)
        | Q(municipality__in=own.values("municipality"))
        | Q(obligation__cooperation__host__in=own.values("municipality"))
    )
    rows = Due.objects.visible_to(user).with_kept()
    rows = rows.filter(concerned, obligation__cooperation=cooperation, due_date__year=year)
    return list(rows.select_related("obligation", "municipality").order_by("due_date", "pk"))


def _due_entries(dues: Iterable[Due], *, slug: str, today: date) -> Iterator[Entry]:
    for due in dues:
        if due.waived_reason or due.has_left(today):
            continue
        kept = due.kept_date
        yield Entry(
            day=due.due_date,
            title=obligation_words.title_of(due),
            category=CATEGORIES.get(due.obligation.code, EventCategory.AGREEMENT),
            source="due",
            state=state_of(day=due.due_date, is_done=kept is not None, today=today),
            code=f"due-{due.pk}",
            group=f"obligation-{due.obligation_id}",
            note=obligation_words.told(due.obligation.clause),
            done=words.done(done_date=kept, by="", note="") if kept else "",
            responsible=due.obligation.responsible,
            url=reverse("due", args=[slug, due.pk]),
        )


def _meetings(cooperation: Cooperation, *, user: User, year: int, today: date) -> Iterator[Entry]:
    days = Period.year(year)
    rows = Meeting.objects.visible_to(user).filter(
        forum__cooperation=cooperation, starts_at__gte=days.starts_at, starts_at__lt=days.ends_at
    )
    for meeting in rows.select_related("forum", "minutes").order_by("starts_at", "pk"):
        yield Entry(
            day=local_day(meeting.starts_at),
            title=" – ".join(filter(None, (meeting.forum.name, meeting.title))),
            category=EventCategory.MEETING,
            source="meeting",
            state=_state_of_meeting(meeting, today=today),
            code=f"meeting-{meeting.pk}",
            group=f"{meeting.forum.kind}-{meeting.state}",
            note=_("meeting"),
            url=reverse("meeting", args=[cooperation.slug, meeting.pk]),
        )


def _state_of_meeting(meeting: Meeting, *, today: date) -> State:
    """One that was called is held when its day is past; one that never was is late."""
    if meeting.state == MeetingState.CANCELLED:
        return State.CANCELLED
    day = local_day(meeting.starts_at)
    is_held = meeting.state == MeetingState.CALLED and day < today
    return state_of(day=day, is_done=is_held or meeting.has_approved_minutes, today=today)
