"""The year and the case that an address names."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from municipalities.access.rules import Permission
from municipalities.cooperations.visible import Visible, reader, visible_cooperation
from municipalities.quality.cases.models import Supervision
from municipalities.quality.cases.queries import supervisions_of

YEARS = range(1990, 2201)
VIEW, MANAGE = Permission.VIEW_QUALITY, Permission.MANAGE_QUALITY


def asked_year(request: HttpRequest, *, default: int) -> int:
    """The year of `?year=`; 404 where it is none."""
    text = request.GET.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else default
    if year not in YEARS:
        raise Http404
    return year


def visible_supervision(
    request: HttpRequest, *, cooperation: str, pk: int, permission: Permission = VIEW
) -> tuple[Visible, Supervision]:
    """A case, for who may see it; else 404."""
    visible = visible_cooperation(request, slug=cooperation, permission=permission)
    rows = supervisions_of(cooperation=visible.cooperation, user=reader(request))
    return visible, get_object_or_404(rows, pk=pk)
