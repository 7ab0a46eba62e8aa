"""The first page of meetings."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from legevakt.lib.periods import local_day
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.visible import reader, visible_cooperation
from municipalities.meetings.agenda.presenters import shown_coverage
from municipalities.meetings.follow_up.presenters import follow_up_table
from municipalities.meetings.forums.presenters import forum_table
from municipalities.meetings.forums.queries import without_meeting
from municipalities.meetings.hub import presenters, queries


@require_safe
@login_required
def own(request: HttpRequest) -> HttpResponse:
    """To the reader's cooperation; the first by name, where there are several."""
    allowed = Cooperation.objects.where(request.user, Permission.VIEW_MEETINGS)
    found = allowed.order_by("name", "pk").first()
    if found is None:
        raise Http404
    return redirect("meetings", cooperation=found.slug)


@require_safe
@login_required
def meetings(request: HttpRequest, cooperation: str) -> HttpResponse:
    """The cooperation's meetings: the next one, the forums, what is to be followed up."""
    visible = visible_cooperation(request, slug=cooperation, permission=Permission.VIEW_MEETINGS)
    now = timezone.now()
    today = local_day(now)
    found = queries.meetings_now(cooperation=visible.cooperation, user=reader(request), now=now)
    context = {
        "cooperation": visible.cooperation,
        "cards": presenters.cards(found, slug=cooperation),
        "table": forum_table(found.forums, slug=cooperation, year=today.year),
        "coverage": shown_coverage(found.coverage, slug=cooperation),
        "missing": [each.name for each in without_meeting(found.forums)],
        "open": follow_up_table(
            found.open, slug=cooperation, today=today, caption=_("Follow-ups that are open")
        ),
        "unfinished": presenters.unfinished_table(found.unfinished, slug=cooperation),
        "year": str(today.year),
        "may_manage": visible.may(Permission.MANAGE_MEETINGS),
    }
    return render(request, "municipalities/meetings/hub.html", context)
