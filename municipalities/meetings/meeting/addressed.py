"""The meeting that an address names, for who may see it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.visible import Visible, reader, visible_cooperation
from municipalities.meetings.meeting.models import Meeting


@dataclass(frozen=True)
class VisibleMeeting:
    """A meeting, its cooperation, and what the reader may do there."""

    meeting: Meeting
    visible: Visible

    @property
    def cooperation(self) -> Cooperation:
        return self.visible.cooperation

    def may(self, permission: Permission) -> bool:
        return self.visible.may(permission)


def visible_meeting(
    request: HttpRequest,
    *,
    cooperation: str,
    pk: int,
    permission: Permission = Permission.VIEW_MEETINGS,
) -> VisibleMeeting:
    """The meeting, for who sees its forum and holds the permission; else 404."""
    visible = visible_cooperation(request, slug=cooperation, permission=permission)
    meetings = Meeting.objects.visible_to(reader(request)).select_related(
        "forum__cooperation__host", "forum__partner", "planned_by"
    )
    found = get_object_or_404(meetings, forum__cooperation=visible.cooperation, pk=pk)
    return VisibleMeeting(meeting=found, visible=visible)
