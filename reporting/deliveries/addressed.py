"""What an address names, as far as the person may have to do with it; else 404."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from municipalities.models import Cooperation
from municipalities.queries import cooperations_where
from municipalities.rules import Permission
from reporting.deliveries.models import Schedule, ScheduleKind


def sendable_cooperation(request: HttpRequest, *, slug: str) -> Cooperation:
    """The cooperation, in which the person may send."""
    allowed = Cooperation.objects.where(request.user, Permission.SEND_DELIVERIES)
    return get_object_or_404(allowed, slug=slug)


def sendable_schedule(request: HttpRequest, *, slug: str, kind: str) -> Schedule:
    """The cooperation's schedule of the kind, once it is made."""
    cooperation = sendable_cooperation(request, slug=slug)
    rows = Schedule.objects.select_related("cooperation")
    return get_object_or_404(rows, cooperation=cooperation, kind=kind)


def kind_of(name: str) -> ScheduleKind:
    """The kind of that name."""
    try:
        return ScheduleKind(name)
    except ValueError as error:
        raise Http404 from error


def sending_in(request: HttpRequest) -> set[int]:
    """The keys of the cooperations in which the person may send."""
    held = cooperations_where(user=request.user, permission=Permission.SEND_DELIVERIES)
    return set(held.values_list("pk", flat=True))
