"""The minutes of a meeting: a draft as it stands, approved ones as they were frozen."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from legevakt.lib.periods import local_day
from municipalities.access.rules import Permission
from municipalities.meetings.meeting.models import MeetingState
from municipalities.meetings.minutes import presenters
from municipalities.meetings.minutes.addressed import VisibleMinutes, visible_minutes
from municipalities.meetings.minutes.content import content_of
from municipalities.meetings.minutes.models import Minutes, MinutesState
from municipalities.meetings.minutes.shown import shown
from municipalities.meetings.minutes.words import state


@require_safe
@login_required
def minutes(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """The minutes, and the next step; where there are none to be seen, what is missing."""
    seen = visible_minutes(request, cooperation=cooperation, pk=pk)
    context = {"cooperation": seen.cooperation, "meeting": seen.meeting}
    if seen.minutes is None:
        is_called = seen.meeting.state == MeetingState.CALLED
        context |= {
            "title": _("Minutes: %(meeting)s") % {"meeting": seen.meeting},
            "may_begin": is_called and seen.may(Permission.MANAGE_MEETINGS),
            "waits_for_call": seen.meeting.state == MeetingState.PLANNED,
        }
        return render(request, "municipalities/meetings/minutes/none.html", context)
    context |= _context(seen, seen.minutes)
    return render(request, "municipalities/meetings/minutes/minutes.html", context)


def _context(seen: VisibleMinutes, found: Minutes) -> dict[str, Any]:
    told = shown(found.content or content_of(found))
    today = local_day(timezone.now())
    label, color = state(found, today=today)
    is_out = found.state == MinutesState.HEARING
    return {
        "minutes": told,
        "title": told.title,
        "is_out": is_out,
        "pk": found.pk,
        "is_frozen": found.content is not None,
        "sha256": found.sha256,
        "label": label,
        "color": color,
        "steps": presenters.steps(seen=seen, minutes=found, today=today),
        "rows": presenters.remark_rows(found) if is_out else [],
        "is_bilateral": found.meeting.forum.partner_id is not None,
    }
