"""A person's private calendar address, and what it answers."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from municipalities.access.permissions import held_anywhere
from municipalities.access.rules import Permission
from municipalities.cooperations.visible import reader
from municipalities.meetings.year_wheel import feed, operations
from municipalities.meetings.year_wheel.models import CalendarFeed


@require_safe
@login_required
def calendar(request: HttpRequest) -> HttpResponse:
    """Whether the reader has an address, and how to make one."""
    _require_meetings(request)
    own = CalendarFeed.objects.filter(user=reader(request)).first()
    return render(request, "municipalities/meetings/year_wheel/calendar.html", {"own": own})


@require_POST
@login_required
def calendar_new(request: HttpRequest) -> HttpResponse:
    """A new address in the place of the one before, shown this once."""
    _require_meetings(request)
    token = operations.new_address(user=reader(request), at=timezone.now())
    context = {
        "own": CalendarFeed.objects.get(user=reader(request)),
        "address": settings.SITE_URL + reverse("calendar_feed", args=[token]),
    }
    answer = render(request, "municipalities/meetings/year_wheel/calendar.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@login_required
def calendar_remove(request: HttpRequest) -> HttpResponse:
    """Take the address away."""
    _require_meetings(request)
    operations.take_address_away(user=reader(request))
    messages.success(request, _("The address is taken away. Calendars that use it get nothing."))
    return redirect("calendar")


@require_safe
@cache_control(private=True, max_age=900)
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar, to whoever has the address; in the person's language."""
    found = feed.feed_of(token)
    if found is None:
        raise Http404
    now = timezone.now()
    with translation.override(found.user.language):
        written = feed.written(user=found.user, now=now)
    operations.note_read(feed=found, at=now)
    return HttpResponse(written, content_type="text/calendar; charset=utf-8")


def _require_meetings(request: HttpRequest) -> None:
    if Permission.VIEW_MEETINGS not in held_anywhere(reader(request)):
        raise Http404
