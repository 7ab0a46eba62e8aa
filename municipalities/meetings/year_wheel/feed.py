"""A person's calendar: meetings, deadlines and follow-ups of every cooperation of theirs."""

from __future__ import annotations

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
from municipalities.meetings.year_wheel.queries import year_of

BACK, DAY = timedelta(days=120), timedelta(days=1)


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
        is_cancelled = meeting.state == MeetingState.CANCELLED
        calendar.add_component(event_of(meeting, stamped_at=now, is_cancelled=is_cancelled))
    for uid, day, title, path in _days(user, today=today):
        calendar.add_component(_all_day(uid, day=day, title=title, path=path, stamped_at=now))
    return bytes(calendar.to_ical())


def _meetings(user: User, *, since: date) -> list[Meeting]:
    rows = Meeting.objects.visible_to(user).filter(
        starts_at__gte=Period(since, since + DAY).starts_at
    )
    return list(rows.select_related("forum__cooperation").order_by("starts_at", "pk"))


def _days(user: User, *, today: date) -> list[tuple[str, date, str, str]]:
    """Deadlines of this year and the next, and the person's own follow-ups."""
    found = []
    for cooperation in Cooperation.objects.where(user, Permission.VIEW_MEETINGS).order_by("pk"):
        for year in (today.year, today.year + 1):
            for each in year_of(cooperation=cooperation, user=user, year=year, today=today):
                if each.source == "meeting" or each.day < today - BACK:
                    continue
                uid = f"{each.code}-{each.day:%Y%m%d}-{cooperation.pk}@legevakt"
                path = each.url or reverse("year_wheel", args=[cooperation.slug, year])
                found.append((uid, each.day, each.title, path))
    own = MeetingFollowUp.objects.visible_to(user).filter(user=user, state=FollowUpState.OPEN)
    for follow_up in own.select_related("forum__cooperation").order_by("pk"):
        slug = follow_up.forum.cooperation.slug
        found.append(
            (
                f"follow-up-{follow_up.pk}@legevakt",
                follow_up.deadline_date,
                _("Follow up: %(text)s") % {"text": follow_up.text},
                reverse("meeting_follow_up", args=[slug, follow_up.pk]),
            )
        )
    return found


def _all_day(uid: str, *, day: date, title: str, path: str, stamped_at: datetime) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", stamped_at)
    event.add("dtstart", day)
    event.add("dtend", day + DAY)
    event.add("summary", title)
    event.add("url", settings.SITE_URL + path)
    event.add("transp", "TRANSPARENT")
    return event
