"""A person's calendar: meetings, deadlines and follow-ups of every cooperation of theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from legevakt.lib.periods import Period, local_day
from municipalities.access.models import User
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.meetings.follow_up.models import FollowUpState, MeetingFollowUp
from municipalities.meetings.meeting.invitation import PRODUCT, event_of
from municipalities.meetings.meeting.models import Meeting, MeetingState
from municipalities.meetings.year_wheel.models import CalendarFeed
from municipalities.meetings.year_wheel.operations import digest_of
from municipalities.meetings.year_wheel.queries import concerns, roles_in, year_of
from municipalities.meetings.year_wheel.rules import Entry, State

BACK, DAY = timedelta(days=120), timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Day:
    """What fills a whole day of the calendar."""

    uid: str
    day: date
    title: str
    path: str


def feed_of(token: str) -> CalendarFeed | None:
    """The feed that a token opens, of a person who is active."""
    rows = CalendarFeed.objects.filter(digest=digest_of(token), user__is_active=True)
    return rows.select_related("user").first()


def written(*, user: User, now: datetime) -> bytes:
    """The calendar as iCalendar: METHOD:PUBLISH, with UIDs that stay."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Legevakt"))
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    today = local_day(now)
    for meeting in _meetings(user, since=today - BACK):
        calendar.add_component(_meeting(meeting, stamped_at=now))
    for found in _days(user, today=today):
        calendar.add_component(_all_day(found, stamped_at=now))
    return bytes(calendar.to_ical())


def _meetings(user: User, *, since: date) -> list[Meeting]:
    rows = Meeting.objects.visible_to(user).filter(
        starts_at__gte=Period(since, since + DAY).starts_at
    )
    return list(rows.select_related("forum__cooperation").order_by("starts_at", "pk"))


def _meeting(meeting: Meeting, *, stamped_at: datetime) -> Event:
    is_cancelled = meeting.state == MeetingState.CANCELLED
    event = event_of(meeting, stamped_at=stamped_at, is_cancelled=is_cancelled)
    if meeting.state == MeetingState.PLANNED:
        event["status"] = "TENTATIVE"
    return event


def _days(user: User, *, today: date) -> list[Day]:
    """Days of this year and the next that concern the person, and the person's own follow-ups."""
    found = []
    for cooperation in Cooperation.objects.where(user, Permission.VIEW_MEETINGS).order_by("pk"):
        roles = roles_in(cooperation=cooperation, user=user)
        for year in (today.year, today.year + 1):
            entries = year_of(cooperation=cooperation, user=user, year=year, today=today)
            found += [
                _day(each, cooperation=cooperation)
                for each in entries
                if concerns(each, roles=roles) and _is_shown(each, today=today)
            ]
    return [*found, *_follow_ups(user)]


def _is_shown(entry: Entry, *, today: date) -> bool:
    return entry.day >= today - BACK and entry.state != State.UNMARKED


def _day(entry: Entry, *, cooperation: Cooperation) -> Day:
    """A due keeps its UID when its day is moved; other days are what they are of a year."""
    which = entry.code if entry.source == "due" else f"{entry.code}-{entry.day:%Y%m%d}"
    path = reverse("year_wheel", args=[cooperation.slug, entry.day.year])
    return Day(
        uid=f"{which}-{cooperation.pk}@legevakt",
        day=entry.day,
        title=entry.title,
        path=entry.url if entry.source == "due" else path,
    )


def _follow_ups(user: User) -> Iterator[Day]:
    own = MeetingFollowUp.objects.visible_to(user).filter(user=user, state=FollowUpState.OPEN)
    for follow_up in own.select_related("forum__cooperation").order_by("pk"):
        slug = follow_up.forum.cooperation.slug
        yield Day(
            uid=f"follow-up-{follow_up.pk}@legevakt",
            day=follow_up.deadline_date,
            title=_("Follow up: %(text)s") % {"text": follow_up.text},
            path=reverse("meeting_follow_up", args=[slug, follow_up.pk]),
        )


def _all_day(found: Day, *, stamped_at: datetime) -> Event:
    """From the day to the next, which is not with it (RFC 5545 3.6.1)."""
    event = Event()
    event.add("uid", found.uid)
    event.add("dtstamp", stamped_at)
    event.add("dtstart", found.day)
    event.add("dtend", found.day + DAY)
    event.add("summary", found.title)
    event.add("url", settings.SITE_URL + found.path)
    event.add("transp", "TRANSPARENT")
    return event
