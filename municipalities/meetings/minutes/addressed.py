"""The minutes that an address names, and what its reader may do with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.http import Http404, HttpRequest

from municipalities.access.models import User
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.meetings.meeting.addressed import VisibleMeeting, visible_meeting
from municipalities.meetings.meeting.models import Meeting
from municipalities.meetings.minutes.models import Minutes


@dataclass(frozen=True)
class VisibleMinutes:
    """A meeting with its minutes: None when there are none that the reader sees."""

    visible: VisibleMeeting
    minutes: Minutes | None
    user: User

    @property
    def cooperation(self) -> Cooperation:
        return self.visible.cooperation

    @property
    def meeting(self) -> Meeting:
        return self.visible.meeting

    @property
    def address(self) -> list[str | int]:
        """The arguments of every address of the minutes."""
        return [self.cooperation.slug, self.meeting.pk]

    def may(self, permission: Permission) -> bool:
        return self.visible.may(permission)


def visible_minutes(
    request: HttpRequest,
    *,
    cooperation: str,
    pk: int,
    permission: Permission = Permission.VIEW_MEETINGS,
) -> VisibleMinutes:
    """The meeting and its minutes as the reader sees them; 404 for a meeting not seen."""
    visible = visible_meeting(request, cooperation=cooperation, pk=pk, permission=permission)
    user = cast(User, request.user)  # the views ask for a login
    found = Minutes.objects.visible_to(user).filter(meeting=visible.meeting)
    rows = found.select_related(
        "meeting__forum__cooperation__host", "meeting__forum__partner", "written_by", "approved_by"
    )
    return VisibleMinutes(visible=visible, minutes=rows.first(), user=user)


def written_minutes(
    request: HttpRequest,
    *,
    cooperation: str,
    pk: int,
    permission: Permission = Permission.VIEW_MEETINGS,
) -> tuple[VisibleMinutes, Minutes]:
    """As `visible_minutes`; 404 where there are none that the reader sees."""
    seen = visible_minutes(request, cooperation=cooperation, pk=pk, permission=permission)
    if seen.minutes is None:
        raise Http404
    return seen, seen.minutes
