"""Everything that minutes tell, by value: names, numbers, ISO 8601 days and UTC moments.

Nothing in it is in the words of a language but what people wrote: `presenters` makes those, of
minutes from any year. So a later shape gets a new VERSION, and the presenter still tells the old.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from municipalities.access.models import User
from municipalities.meetings.agenda.models import AgendaItem, ItemKind, Outcome
from municipalities.meetings.agenda.words import case_name
from municipalities.meetings.follow_up.models import MeetingFollowUp
from municipalities.meetings.forums.models import Forum
from municipalities.meetings.meeting.models import Invitee, Meeting
from municipalities.meetings.minutes.models import Minutes, Remark
from municipalities.meetings.minutes.queries import latest_approved
from municipalities.meetings.minutes.rules import register_name
from municipalities.meetings.topics.prepared import Asked
from municipalities.meetings.topics.queries import asked_for, facts_of

VERSION = 1


def content_of(minutes: Minutes) -> dict[str, Any]:
    """The minutes as they are now, as JSON, a draft too; figures of prepared pages with them."""
    meeting = minutes.meeting
    return {
        "version": VERSION,
        "language": meeting.language,
        "cooperation": meeting.forum.cooperation.name,
        "forum": _forum(meeting.forum),
        "meeting": _meeting(meeting),
        "introduction": minutes.introduction,
        "people": [_person(each) for each in people_of(meeting)],
        "items": _items(meeting),
        "previous": _previous(meeting),
        "remarks": [_remark(each) for each in remarks_of(minutes)],
        "hearing_until_date": _iso(minutes.hearing_until_date),
        "written_by": _name(minutes.written_by),
        "approved_at": _iso(minutes.approved_at),
        "approved_by": _name(minutes.approved_by),
    }


def people_of(meeting: Meeting) -> Iterable[Invitee]:
    """All who were called, in the order they were."""
    return meeting.invitees.called().select_related("user", "municipality").order_by("pk")


def items_to_write(meeting: Meeting) -> Iterable[AgendaItem]:
    """The items in the order of the agenda, with their follow-ups."""
    rows = meeting.items.select_related("forum").order_by("position", "pk")
    return rows.prefetch_related("follow_ups__user", "follow_ups__municipality")


def remarks_of(minutes: Minutes) -> Iterable[Remark]:
    """The remarks in the order they were made."""
    rows = minutes.remarks.select_related("made_by", "municipality", "item", "answered_by")
    return rows.order_by("made_at", "pk")


def is_decided(item: AgendaItem) -> bool:
    """Whether the meeting decided the case, so that the register is to have it."""
    is_case = item.kind == ItemKind.CASE and item.outcome == Outcome.TREATED
    return is_case and bool(item.decision)


def registered_as(item: AgendaItem, *, forum: Forum) -> str:
    """The case number in the decision register; empty for what does not go there.

    All who take part read the register, so decisions of a bilateral meeting do not.
    """
    if forum.partner_id or not is_decided(item):
        return ""
    return register_name(case=case_name(item), forum=forum.name, forum_id=forum.pk)


def _forum(forum: Forum) -> dict[str, Any]:
    partner = forum.partner.name if forum.partner else ""
    return {"name": forum.name, "kind": forum.kind, "partner": partner}


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        "year": meeting.year,
        "number": meeting.number,
        "title": meeting.title,
        "starts_at": _iso(meeting.starts_at),
        "ends_at": _iso(meeting.ends_at),
        "place": meeting.place,
        "is_video": bool(meeting.video_url),
    }


def _person(invitee: Invitee) -> dict[str, Any]:
    return {
        "name": str(invitee),
        "municipality": invitee.municipality.name if invitee.municipality else "",
        "duty": invitee.duty,
        "is_present": invitee.is_present,
        "deputy": invitee.deputy,
    }


def _items(meeting: Meeting) -> list[dict[str, Any]]:
    asked = asked_for(meeting=meeting)
    return [_item(each, meeting=meeting, asked=asked) for each in items_to_write(meeting)]


def _item(item: AgendaItem, *, meeting: Meeting, asked: Asked) -> dict[str, Any]:
    texts = ("position", "kind", "standing", "title", "topic", "text", "presented_by", "is_added")
    said = ("discussion", "decision", "vote", "outcome", "page")
    return {name: getattr(item, name) for name in (*texts, *said)} | {
        "case": case_name(item),
        "registered_as": registered_as(item, forum=meeting.forum),
        "facts": _facts(item, asked=asked),
        "follow_ups": [_follow_up(each) for each in _in_order(item.follow_ups.all())],
    }


def _facts(item: AgendaItem, *, asked: Asked) -> dict[str, Any] | None:
    """What the prepared page tells, of an item that was treated."""
    if not item.page or item.outcome != Outcome.TREATED:
        return None
    return facts_of(code=item.page, asked=asked)


def _in_order(follow_ups: Iterable[MeetingFollowUp]) -> list[MeetingFollowUp]:
    return sorted(follow_ups, key=lambda each: (each.deadline_date, each.pk))


def _follow_up(follow_up: MeetingFollowUp) -> dict[str, Any]:
    return {
        "text": follow_up.text,
        "responsible": _name(follow_up.user) or follow_up.responsible,
        "municipality": follow_up.municipality.name if follow_up.municipality else "",
        "deadline_date": _iso(follow_up.deadline_date),
    }


def _previous(meeting: Meeting) -> dict[str, Any] | None:
    """The minutes that the standing item on the previous meeting is about."""
    found = latest_approved(forum=meeting.forum, before=meeting.starts_at)
    if found is None:
        return None
    return {
        "year": found.meeting.year,
        "number": found.meeting.number,
        "starts_at": _iso(found.meeting.starts_at),
        "approved_at": _iso(found.approved_at),
        "sha256": found.sha256,
    }


def _remark(remark: Remark) -> dict[str, Any]:
    return {
        "position": remark.item.position if remark.item else None,
        "by": _name(remark.made_by),
        "municipality": remark.municipality.name if remark.municipality else "",
        "text": remark.text,
        "made_at": _iso(remark.made_at),
        "answer": remark.answer,
    }


def _name(user: User | None) -> str:
    return user.name if user else ""


def _iso(value: date | None) -> str | None:
    if isinstance(value, datetime):
        value = value.astimezone(UTC)
    return value.isoformat() if value else None
