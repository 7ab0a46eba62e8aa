"""Follow-ups as lists and pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from legevakt.lib.periods import local_day
from legevakt.lib.tables import Row, Table
from legevakt.lib.words import day
from municipalities.meetings.agenda.words import case_name
from municipalities.meetings.follow_up.models import FollowUpReport, MeetingFollowUp
from municipalities.meetings.follow_up.queries import is_late


def follow_up_table(
    rows: Iterable[MeetingFollowUp], *, slug: str, today: date, caption: str = ""
) -> Table:
    """The list, late ones said to be late."""
    return Table(
        caption=caption or _("Follow-ups"),
        headings=(
            _("What is to be done"),
            _("Responsible"),
            _("Municipality"),
            _("Deadline"),
            _("State"),
            _("Comes from"),
        ),
        rows=tuple(
            Row(
                (
                    each.text,
                    each.responsible_name,
                    each.municipality.name if each.municipality else "–",
                    day(each.deadline_date),
                    state_of(each, today=today),
                    origin(each),
                ),
                url=reverse("meeting_follow_up", args=[slug, each.pk]),
            )
            for each in rows
        ),
    )


def state_of(each: MeetingFollowUp, *, today: date) -> str:
    """Its state; open after the deadline is late."""
    if is_late(each, today=today):
        return _("late")
    return str(each.get_state_display())


def origin(each: MeetingFollowUp) -> str:
    """The forum, and the case and day of the meeting it comes from."""
    if each.item is None:
        return each.forum.name
    told = (each.forum.name, case_name(each.item), day(local_day(each.item.meeting.starts_at)))
    return ", ".join(filter(None, told))


def facts(each: MeetingFollowUp, *, today: date) -> list[tuple[str, str]]:
    """A follow-up in pairs."""
    pairs = [
        (_("Responsible"), each.responsible_name),
        (_("Municipality"), each.municipality.name if each.municipality else "–"),
        (_("Deadline"), day(each.deadline_date)),
        (_("State"), state_of(each, today=today)),
        (_("Comes from"), origin(each)),
    ]
    if each.closed_date:
        pairs.append((_("Closed"), day(each.closed_date)))
    return pairs


def report_rows(reports: Iterable[FollowUpReport], *, slug: str) -> list[dict[str, str]]:
    """What was reported, the newest first, and in which meeting."""
    return [
        {
            "text": each.text,
            "who": each.reported_by.name if each.reported_by else "",
            "day": day(local_day(each.reported_at)),
            "meeting": _("reported back in the meeting %(day)s")
            % {"day": day(local_day(each.meeting.starts_at))}
            if each.meeting
            else "",
            "url": reverse("meeting", args=[slug, each.meeting_id]) if each.meeting_id else "",
        }
        for each in reports
    ]
