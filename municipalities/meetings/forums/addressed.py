"""The forum that an address names, for who may see it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.visible import Visible, reader, visible_cooperation
from municipalities.meetings.forums.models import Forum


@dataclass(frozen=True)
class VisibleForum:
    """A forum, its cooperation, and what the reader may do there."""

    forum: Forum
    visible: Visible

    @property
    def cooperation(self) -> Cooperation:
        return self.visible.cooperation

    def may(self, permission: Permission) -> bool:
        return self.visible.may(permission)


def visible_forum(
    request: HttpRequest,
    *,
    cooperation: str,
    pk: int,
    permission: Permission = Permission.VIEW_MEETINGS,
) -> VisibleForum:
    """The forum, for who sees it and holds the permission; else 404."""
    visible = visible_cooperation(request, slug=cooperation, permission=permission)
    forums = Forum.objects.visible_to(reader(request)).select_related(
        "cooperation__host", "partner"
    )
    return VisibleForum(
        forum=get_object_or_404(forums, cooperation=visible.cooperation, pk=pk), visible=visible
    )
