"""The cards of the first page of meetings, and the minutes that wait."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legevakt.lib.periods import OSLO, local_day
from legevakt.lib.tables import Row, Table
from legevakt.lib.words import day, moment, number
from municipalities.meetings.hub.queries import MeetingsNow
from municipalities.meetings.meeting.models import Answer, Meeting
from municipalities.meetings.meeting.presenters import name_of
from municipalities.meetings.meeting.queries import NextMeeting
from municipalities.meetings.minutes.models import MinutesState

Card = dict[str, str]


def cards(found: MeetingsNow, *, slug: str) -> list[Card]:
    """Next meeting, follow-ups, proposed items and the year."""
    return [
        next_card(found.next, slug=slug),
        _follow_ups(found, slug=slug),
        _proposals(found, slug=slug),
        _wheel(found, slug=slug),
    ]


def next_card(found: NextMeeting | None, *, slug: str) -> Card:
    """When we meet, and whether the reader has answered."""
    if found is None:
        return {
            "label": _("Next meeting"),
            "detail": _("None is planned."),
            "url": reverse("forums", args=[slug]),
            "link_label": _("To the forums"),
        }
    return {
        "label": _("Next meeting"),
        "value": day(local_day(found.meeting.starts_at)),
        "detail": _("%(forum)s, at %(time)s")
        % {"forum": found.meeting.forum.name, "time": _time_of(found.meeting)},
        "note": _answered(found.answer),
        "url": reverse("meeting", args=[slug, found.meeting.pk]),
        "link_label": _("To the meeting"),
    }


def unfinished_table(meetings: Iterable[Meeting], *, slug: str) -> Table:
    """Meetings that were held, and how far their minutes have come."""
    return Table(
        caption=_("Minutes that wait"),
        headings=(_("Meeting"), _("Held"), _("The minutes")),
        rows=tuple(
            Row(
                (name_of(each), moment(each.starts_at), _minutes_of(each)),
                url=reverse(
                    "minutes" if hasattr(each, "minutes") else "meeting", args=[slug, each.pk]
                ),
            )
            for each in meetings
        ),
    )


def _minutes_of(meeting: Meeting) -> str:
    if not hasattr(meeting, "minutes"):
        return _("not begun")
    minutes = meeting.minutes
    if minutes.state == MinutesState.HEARING and minutes.hearing_until_date:
        return _("remarks until %(day)s") % {"day": day(minutes.hearing_until_date)}
    return str(minutes.get_state_display())


def _time_of(meeting: Meeting) -> str:
    return meeting.starts_at.astimezone(OSLO).strftime(_("%H:%M"))


def _answered(answer: str | None) -> str:
    if answer is None:
        return ""
    if answer == Answer.NONE:
        return _("You have not answered whether you come.")
    return _("You have answered: %(answer)s.") % {"answer": Answer(answer).label}


def _follow_ups(found: MeetingsNow, *, slug: str) -> Card:
    counts = found.follow_ups
    late = ngettext("%(count)s is late", "%(count)s are late", counts.late)
    return {
        "label": _("Follow-ups that are open"),
        "value": number(counts.open),
        "state": "below" if counts.late else ("met" if counts.open else ""),
        "state_text": late % {"count": number(counts.late)} if counts.late else _("None is late"),
        "url": reverse("follow_ups", args=[slug]),
        "link_label": _("To the follow-ups"),
    }


def _proposals(found: MeetingsNow, *, slug: str) -> Card:
    return {
        "label": _("Proposed items that wait"),
        "value": number(found.proposals.open),
        "detail": _("Every participant can propose items."),
        "url": reverse("proposals", args=[slug]),
        "link_label": _("To the proposed items"),
    }


def _wheel(found: MeetingsNow, *, slug: str) -> Card:
    counts = found.wheel
    return {
        "label": _("The year's fixed days"),
        "value": _("%(part)s of %(whole)s")
        % {
            "part": number(counts.done),
            "whole": number(counts.done + counts.late + counts.coming),
        },
        "detail": _("marked as done"),
        "url": reverse("year_wheel_now", args=[slug]),
        "link_label": _("To the year wheel"),
    }
