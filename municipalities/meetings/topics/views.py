"""The prepared pages: live, and as a meeting sees or saw them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from legevakt.lib.periods import local_day
from legevakt.lib.words import days
from municipalities.access.rules import Permission
from municipalities.cooperations.visible import reader, visible_cooperation
from municipalities.meetings.meeting.addressed import visible_meeting
from municipalities.meetings.meeting.presenters import name_of
from municipalities.meetings.topics import queries
from municipalities.meetings.topics.prepared import PreparedTopic, prepared_topics
from municipalities.obligations.words import told

VIEW = Permission.VIEW_MEETINGS


@require_safe
@login_required
def topics(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Every prepared topic, and the minimum topics that it covers."""
    visible = visible_cooperation(request, slug=cooperation, permission=VIEW)
    context = {
        "cooperation": visible.cooperation,
        "topics": [
            (
                each.title,
                reverse("topic", args=[cooperation, each.code]),
                "; ".join(map(told, each.covers)),
            )
            for each in prepared_topics().values()
        ],
    }
    return render(request, "municipalities/meetings/topics/topics.html", context)


@require_safe
@login_required
def topic(request: HttpRequest, cooperation: str, code: str) -> HttpResponse:
    """A topic as it is now, since the chief executives met, or of the year in `?year=`."""
    visible = visible_cooperation(request, slug=cooperation, permission=VIEW)
    prepared, today = _prepared(code), local_day(timezone.now())
    years = queries.years_of(cooperation=visible.cooperation, today=today)
    year = _chosen(request, years=years)
    own = {"cooperation": visible.cooperation, "today": today}
    asked = queries.asked_of_year(**own, year=year) if year else queries.asked_now(**own)
    facts = queries.facts_of(code=code, asked=asked)
    context = {
        "cooperation": visible.cooperation,
        "title": prepared.title,
        "days": days(asked.since, asked.until),
        "page": queries.page_of(code=code, facts=facts),
        "years": [
            (_("Since the last meeting"), "?", not year),
            *((str(each), f"?year={each}", each == year) for each in years),
        ],
    }
    return render(request, "municipalities/meetings/topics/topic.html", context)


@require_safe
@login_required
def meeting_topic(request: HttpRequest, cooperation: str, pk: int, code: str) -> HttpResponse:
    """A topic as a meeting sees it: live, or frozen by its approved minutes."""
    found = visible_meeting(request, cooperation=cooperation, pk=pk, permission=VIEW)
    prepared = _prepared(code)
    shown = queries.shown_in(
        meeting=found.meeting, code=code, user=reader(request), today=local_day(timezone.now())
    )
    context = {
        "cooperation": found.cooperation,
        "meeting": found.meeting,
        "name": name_of(found.meeting),
        "title": prepared.title,
        "days": "" if shown.is_frozen else days(shown.asked.since, shown.asked.until),
        "shown": shown,
        "page": shown.page,
    }
    return render(request, "municipalities/meetings/topics/topic.html", context)


def _chosen(request: HttpRequest, *, years: list[int]) -> int | None:
    """The year asked for, None without one. Raises Http404 for one that is not there."""
    asked = request.GET.get("year", "")
    if not asked:
        return None
    if asked not in map(str, years):
        raise Http404
    return int(asked)


def _prepared(code: str) -> PreparedTopic:
    try:
        return prepared_topics()[code]
    except KeyError as error:
        raise Http404 from error
