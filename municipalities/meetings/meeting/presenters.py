"""Meetings as lists and pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legevakt.lib.periods import OSLO, local_day
from legevakt.lib.tables import Row, Table
from legevakt.lib.words import day, moment, number
from municipalities.documents.models import Document
from municipalities.meetings.agenda.words import title_of
from municipalities.meetings.meeting.models import (
    Invitee,
    LetterFailure,
    Meeting,
    MeetingLetter,
    MeetingState,
)
from municipalities.meetings.meeting.rules import call_by, is_short_notice
from municipalities.meetings.meeting.words import ANSWER_COLORS


@dataclass(frozen=True)
class Called:
    """One who is called, as the page shows them."""

    pk: int
    name: str
    detail: str
    answer: str
    color: str
    deputy: str
    failures: tuple[str, ...]
    way_on: str
    is_without_login: bool
    is_called: bool


@dataclass(frozen=True)
class ShownDocument:
    """A document, and the item it belongs to; empty where it is the whole meeting's."""

    pk: int
    document: Document
    item: str


def name_of(meeting: Meeting) -> str:
    """A meeting by its forum, number and year."""
    return _("%(forum)s %(number)s/%(year)s") % {
        "forum": meeting.forum.name,
        "number": meeting.number,
        "year": meeting.year,
    }


def meeting_table(meetings: Iterable[Meeting], *, slug: str) -> Table:
    """The meetings of a forum and how far each has come."""
    return Table(
        caption=_("Meetings"),
        headings=(_("Meeting"), _("When"), _("Place"), _("State")),
        rows=tuple(
            Row(
                (f"{each.number}/{each.year}", moment(each.starts_at), each.place, state_of(each)),
                url=reverse("meeting", args=[slug, each.pk]),
            )
            for each in meetings
        ),
    )


def state_of(meeting: Meeting) -> str:
    """The state of the minutes where there are any, else of the meeting."""
    minutes = getattr(meeting, "minutes", None)
    if minutes is not None and meeting.state != MeetingState.CANCELLED:
        return _("Minutes: %(state)s") % {"state": minutes.get_state_display()}
    return str(meeting.get_state_display())


def when(meeting: Meeting) -> str:
    """Day and hours in Oslo: 28 October 2025, 09:00–11:00."""
    starts, ends = (each.astimezone(OSLO) for each in (meeting.starts_at, meeting.ends_at))
    return f"{day(starts.date())}, {starts:%H:%M}–{ends:%H:%M}"


def facts(meeting: Meeting) -> list[tuple[str, str]]:
    """When and where, in pairs."""
    pairs = [(_("When"), when(meeting)), (_("Place"), meeting.place or "–")]
    if meeting.called_at:
        pairs.append((_("Called"), moment(meeting.called_at)))
    if meeting.state == MeetingState.CANCELLED and meeting.cancelled_at:
        pairs.append((_("Cancelled"), moment(meeting.cancelled_at)))
        pairs.append((_("Why it is cancelled"), meeting.cancel_reason))
    return pairs


def notice(meeting: Meeting, *, today: date) -> str:
    """By when the call is due, or that it is late; empty once it is called."""
    if meeting.state != MeetingState.PLANNED or local_day(meeting.starts_at) < today:
        return ""
    days = meeting.forum.notice_days
    last = day(call_by(starts_at=meeting.starts_at, notice_days=days))
    if is_short_notice(starts_at=meeting.starts_at, notice_days=days, today=today):
        return _("The call should have gone out by %(day)s. Call now, or move the meeting.") % {
            "day": last
        }
    return _("The call is to go out by %(day)s.") % {"day": last}


def called(invitees: Iterable[Invitee]) -> list[Called]:
    """Who is called, with what they answered and what did not reach them."""
    return [_called(each) for each in invitees]


def shown_documents(meeting: Meeting) -> list[ShownDocument]:
    """What is with the meeting, then what is with its items. One query."""
    rows = meeting.documents.select_related("document", "item__forum")
    return [
        ShownDocument(
            pk=each.pk, document=each.document, item=title_of(each.item) if each.item else ""
        )
        for each in rows.order_by(F("item__position").asc(nulls_first=True), "pk")
    ]


def answers(invitees: Iterable[Invitee]) -> str:
    """How many come, in a sentence."""
    told = [each.answer for each in invitees if each.uncalled_at is None]
    coming = told.count("coming")
    sentence = ngettext(
        "%(coming)s of %(called)s comes", "%(coming)s of %(called)s come", coming
    ) % {"coming": number(coming), "called": number(len(told))}
    waiting = told.count("none")
    if not waiting:
        return f"{sentence}."
    missing = ngettext("%(count)s has not answered", "%(count)s have not answered", waiting) % {
        "count": number(waiting)
    }
    return f"{sentence}; {missing}."


def _called(invitee: Invitee) -> Called:
    place = invitee.municipality.name if invitee.municipality else ""
    failed = getattr(invitee, "failed", [])
    is_called = invitee.uncalled_at is None
    standing = str(invitee.get_duty_display()) if is_called else _("called no more")
    return Called(
        pk=invitee.pk,
        name=str(invitee),
        detail=", ".join(filter(None, (standing, place))),
        answer=str(invitee.get_answer_display()),
        color=ANSWER_COLORS[invitee.answer],  # type: ignore[index]
        deputy=invitee.deputy,
        failures=tuple(
            f"{each.get_kind_display()}: {each.get_failure_display()}" for each in failed
        ),
        way_on=_way_on(invitee, failed) if failed else "",
        is_without_login=invitee.user_id is None,
        is_called=is_called,
    )


def _way_on(invitee: Invitee, failed: Iterable[MeetingLetter]) -> str:
    if any(each.failure == LetterFailure.UNKNOWN for each in failed):
        return _("Ask whether it arrived before you send it again.")
    if invitee.user_id is None:
        return _("Correct the address, and it is sent again.")
    return _("The address is that of the login. Have it corrected there, then send again.")
