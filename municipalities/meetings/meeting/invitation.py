"""A meeting as iCalendar (RFC 5545, iTIP RFC 5546): REQUEST, and CANCEL, of one event.

The UID stays for ever and SEQUENCE grows, so that a change and a cancellation reach the event that
is in the calendar already.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event, vCalAddress, vText

from municipalities.meetings.meeting.models import Answer, Duty, Invitee, Meeting, MeetingState

PRODUCT = "-//Legevakt//Meetings//NO"
PARTSTAT = {
    Answer.NONE: "NEEDS-ACTION",
    Answer.COMING: "ACCEPTED",
    Answer.MAYBE: "TENTATIVE",
    Answer.NOT_COMING: "DECLINED",
}
ROLES = {Duty.CHAIR: "CHAIR", Duty.GUEST: "OPT-PARTICIPANT"}


def request_to(invitee: Invitee, *, stamped_at: datetime) -> bytes:
    """An invitation, or a change of it: METHOD:REQUEST."""
    return _of_method("REQUEST", invitee.meeting, attendee=invitee, stamped_at=stamped_at)


def cancel_to(invitee: Invitee, *, stamped_at: datetime) -> bytes:
    """The event is to be taken out of the calendar: METHOD:CANCEL."""
    return _of_method("CANCEL", invitee.meeting, attendee=invitee, stamped_at=stamped_at)


def published(meeting: Meeting, *, stamped_at: datetime) -> bytes:
    """The event as a file for anybody who sees the meeting: METHOD:PUBLISH, no attendee."""
    return _of_method("PUBLISH", meeting, attendee=None, stamped_at=stamped_at)


def event_of(meeting: Meeting, *, stamped_at: datetime, is_cancelled: bool) -> Event:
    """The event without people, times in UTC."""
    event = Event()
    event.add("uid", meeting.calendar_uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", stamped_at.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("summary", summary_of(meeting))
    for name, value in (
        ("location", meeting.place or meeting.video_url),
        ("description", _description(meeting)),
        ("url", link_of(meeting)),
    ):
        if value:
            event.add(name, value)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    return event


def summary_of(meeting: Meeting) -> str:
    """What the event is called: the forum, and the meeting's own title."""
    return " – ".join(filter(None, (meeting.forum.name, meeting.title)))


def link_of(meeting: Meeting) -> str:
    """The meeting's page, for who logs in."""
    slug = meeting.forum.cooperation.slug
    return str(settings.SITE_URL + reverse("meeting", args=[slug, meeting.pk]))


def _of_method(
    method: str, meeting: Meeting, *, attendee: Invitee | None, stamped_at: datetime
) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    is_cancelled = method == "CANCEL" or meeting.state == MeetingState.CANCELLED
    event = event_of(meeting, stamped_at=stamped_at, is_cancelled=is_cancelled)
    event.add("organizer", _organizer(meeting))
    if attendee is not None:
        event.add("attendee", _attendee(attendee), encode=False)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _description(meeting: Meeting) -> str:
    return "\n\n".join(filter(None, (meeting.message, meeting.video_url, link_of(meeting))))


def _organizer(meeting: Meeting) -> vCalAddress:
    """The secretary, to whom calendars send answers; else the installation's own address."""
    secretary = meeting.invitees.called().filter(duty=Duty.SECRETARY).first()
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    who = vCalAddress(f"MAILTO:{secretary.address if secretary else address}")
    who.params["CN"] = vText(str(secretary) if secretary else name)
    return who


def _attendee(invitee: Invitee) -> vCalAddress:
    who = vCalAddress(f"MAILTO:{invitee.address}")
    who.params["CN"] = vText(str(invitee))
    who.params["ROLE"] = vText(ROLES.get(Duty(invitee.duty), "REQ-PARTICIPANT"))
    who.params["PARTSTAT"] = vText(PARTSTAT[Answer(invitee.answer)])
    who.params["RSVP"] = vText("TRUE")
    return who
