"""The year's meetings: three of the chief executives, one with each partner, the orientation.

What lies ahead is planned, and the next is called. What has been is held, with approved minutes,
follow-ups and frozen figures; the last one's minutes wait for remarks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from legevakt.demo.record import meeting_texts as texts
from legevakt.lib.periods import local_day, wall_time_to_utc
from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.meetings.agenda import operations as agenda
from municipalities.meetings.agenda.models import AgendaItem, ItemKind, Outcome
from municipalities.meetings.follow_up import operations as follow_ups
from municipalities.meetings.forums import operations as forums
from municipalities.meetings.forums.models import Forum, ForumKind
from municipalities.meetings.meeting import operations as meetings
from municipalities.meetings.meeting.models import Answer, Meeting
from municipalities.meetings.minutes import operations as minutes
from municipalities.obligations.models import Due

HELD_BEFORE_DUE = timedelta(days=12)
CALLED_BEFORE = timedelta(days=14)
FOR_REMARKS = timedelta(days=10)
BEGINS, HOURS = time(9), timedelta(hours=2)


def write(*, founded: Cooperation, at: datetime) -> None:
    """The forums, and a meeting for every time that the agreement demands one this year."""
    secretary = User.objects.get(email="sekretariat@alver.example")
    director = User.objects.get(email="kommunedirektor@alver.example")
    year = local_day(at).year
    forums.set_up(cooperation=founded, at=datetime(year, 1, 1, tzinfo=UTC))
    for forum in founded.forums.exclude(kind=ForumKind.OFFICERS).order_by("pk"):
        for place, day in enumerate(_days(forum, year=year)):
            _meet(forum, day=day, place=place, secretary=secretary, director=director, at=at)


def _days(forum: Forum, *, year: int) -> Sequence[date]:
    """Some days before each day on which the forum's obligation is due."""
    dues = Due.objects.filter(
        obligation__cooperation=forum.cooperation,
        obligation__code=forum.obligation_code,
        municipality=forum.partner,
        year=year,
    )
    return [_working_day(due.due_date - HELD_BEFORE_DUE) for due in dues.order_by("due_date")]


def _working_day(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _meet(
    forum: Forum, *, day: date, place: int, secretary: User, director: User, at: datetime
) -> None:
    starts_at = wall_time_to_utc(day=day, wall=BEGINS)
    meeting = meetings.plan(
        forum=forum,
        starts_at=starts_at,
        ends_at=starts_at + HOURS,
        place=texts.PLACE,
        by=secretary,
        at=min(at, starts_at - timedelta(days=40)),
    )
    if forum.kind == ForumKind.DIRECTORS:
        _add_case(meeting, place=place)
    if starts_at - CALLED_BEFORE > at:
        return
    meetings.call(meeting=meeting, by=secretary, at=min(at, starts_at - CALLED_BEFORE))
    meeting.invitees.update(answer=Answer.COMING, answered_at=min(at, starts_at))
    if starts_at + HOURS < at:
        _write_minutes(meeting, secretary=secretary, director=director, at=at)


def _add_case(meeting: Meeting, *, place: int) -> None:
    case = texts.CASES[place % len(texts.CASES)]
    agenda.add_item(
        meeting=meeting,
        kind=ItemKind.CASE,
        title=case.title,
        text=case.text,
        proposal=case.decision,
        presented_by=texts.LEADER,
    )


def _write_minutes(meeting: Meeting, *, secretary: User, director: User, at: datetime) -> None:
    written_at = min(at, meeting.ends_at + timedelta(days=1))
    written = minutes.begin(meeting=meeting, by=secretary, at=written_at)
    present = set(meeting.invitees.values_list("pk", flat=True))
    minutes.record_presence(meeting=meeting, present=present, deputies={})
    for item in meeting.items.order_by("position"):
        _write_item(item, secretary=secretary, at=written_at)
    until = local_day(written_at) + FOR_REMARKS
    minutes.open_hearing(minutes=written, until=until, by=secretary, at=written_at)
    approved_at = written_at + FOR_REMARKS + timedelta(days=1)
    if approved_at < at:
        minutes.approve(minutes=written, by=director, at=approved_at)
        minutes.send(minutes=written, by=secretary, at=approved_at)


def _write_item(item: AgendaItem, *, secretary: User, at: datetime) -> None:
    case = next((each for each in texts.CASES if each.title == item.title), None)
    minutes.write_item(
        item=item,
        discussion=case.discussion if case else texts.said_of(item.standing or item.page),
        decision=case.decision if case else texts.decided_on(item.standing),
        vote=texts.UNANIMOUS if case else "",
        outcome=Outcome.TREATED,
    )
    if case:
        follow_ups.agree(
            forum=item.forum,
            item=item,
            text=case.follow_up,
            user=User.objects.get(email=case.responsible),
            municipality=item.forum.cooperation.host,
            deadline_date=local_day(at) + timedelta(days=case.days),
            by=secretary,
            at=at,
        )
