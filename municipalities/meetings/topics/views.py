"""The prepared pages: live, and as a meeting sees or saw them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from legevakt.lib.periods import local_day
from legevakt.lib.words import days
from municipalities.access.rules import Permission
from municipalities.cooperations.visible import reader, visible_cooperation
from municipalities.meetings.meeting.addressed import visible_meeting
from municipalities.meetings.meeting.presenters import name_of
from municipalities.meetings.topics import queries
from municipalities.meetings.topics.prepared import PreparedTopic, prepared_topics

VIEW = Permission.VIEW_MEETINGS


@require_safe
@login_required
def topics(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Every prepared topic."""
    visible = visible_cooperation(request, slug=cooperation, permission=VIEW)
    context = {
        "cooperation": visible.cooperation,
        "topics": [
            (each.title, reverse("topic", args=[cooperation, each.code]))
            for each in prepared_topics().values()
        ],
    }
    return render(request, "municipalities/meetings/topics/topics.html", context)


@require_safe
@login_required
def topic(request: HttpRequest, cooperation: str, code: str) -> HttpResponse:
    """A topic as it is now, since the chief executives met."""
    visible = visible_cooperation(request, slug=cooperation, permission=VIEW)
    prepared = _prepared(code)
    asked = queries.asked_now(cooperation=visible.cooperation, today=local_day(timezone.now()))
    facts = queries.facts_of(code=code, asked=asked)
    context = {
        "cooperation": visible.cooperation,
        "title": prepared.title,
        "days": days(asked.since, asked.until),
        "page": queries.page_of(code=code, facts=facts),
    }
    return render(request, "municipalities/meetings/topics/topic.html", context)


@require_safe
@login_required
def meeting_topic(request: HttpRequest, cooperation: str, pk: int, code: str) -> HttpResponse:
    """A topic as a meeting sees it: live, or frozen by its approved minutes."""
    found = visible_meeting(request, cooperation=cooperation, pk=pk, permission=VIEW)
    prepared = _prepared(code)
    shown = queries.shown_in(meeting=found.meeting, code=code, user=reader(request))
    asked = queries.asked_for(meeting=found.meeting)
    context = {
        "cooperation": found.cooperation,
        "meeting": found.meeting,
        "name": name_of(found.meeting),
        "title": prepared.title,
        "days": days(asked.since, asked.until),
        "page": shown.page,
        "is_frozen": shown.is_frozen,
    }
    return render(request, "municipalities/meetings/topics/topic.html", context)


def _prepared(code: str) -> PreparedTopic:
    try:
        return prepared_topics()[code]
    except KeyError as error:
        raise Http404 from error
