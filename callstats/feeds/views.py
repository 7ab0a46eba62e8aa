"""Pages that show the telephone systems: all of them, one, and which kinds can be read."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from callstats.feeds import hour_words, presenters, queries, silence_words, steps
from callstats.feeds.models import Source
from municipalities.queries import cooperations_where, is_held
from municipalities.rules import Permission

SILENCES_SHOWN = 20
# The others know their columns by name.
MAPPED_PROFILES = ("table", "3cx-call-report")


@require_safe
@login_required
def sources(request: HttpRequest) -> HttpResponse:
    """Every telephone system with what was heard from it."""
    if not cooperations_where(user=request.user, permission=Permission.VIEW_IMPORTS).exists():
        raise Http404
    now = timezone.now()
    context = {
        "rows": [presenters.feed_row(feed) for feed in queries.feeds_for(request.user, at=now)],
        "columns": presenters.SOURCE_COLUMNS,
        "silences": silence_words.warnings(queries.open_silences(request.user), at=now),
        "may_manage": _may_manage_any(request),
    }
    return render(request, "callstats/feeds/sources.html", context)


@require_safe
@login_required
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """The feed page: when something was last heard, the hours, refused rows, silences."""
    found = get_object_or_404(
        Source.objects.visible_to(request.user).select_related("central__cooperation"), slug=slug
    )
    now = timezone.now()
    feed = queries.feed_of(found, at=now)
    state, color = presenters.state_of(feed)
    held = _held_on(request, found)
    hours = queries.hours_of(found, at=now)
    context = {
        "source": found,
        "state": state,
        "color": color,
        "facts": presenters.facts(feed, at=now),
        "has_mapping": found.profile in MAPPED_PROFILES,
        "warnings": silence_words.warnings([feed.silence] if feed.silence else [], at=now),
        "steps": steps.steps_left(feed, at=now) if held["may_manage"] else [],
        "upload_url": steps.upload_url(slug) if held["may_import"] else "",
        "hours": hour_words.hours_shown(hours),
        # Of a system that need not send, a page full of missing hours tells nothing.
        "hours_in_short": bool(hours.days) and not hours.with_data and not found.is_expected,
        "imports": presenters.import_rows(queries.late_imports(found)),
        "import_columns": presenters.IMPORT_COLUMNS,
        "queues": presenters.queue_rows(found),
        "queue_columns": presenters.QUEUE_COLUMNS,
        "silences": silence_words.silence_rows(
            queries.late_silences(found, count=SILENCES_SHOWN), at=now
        ),
        "silence_columns": silence_words.SILENCE_COLUMNS,
    }
    return render(request, "callstats/feeds/source.html", context | held)


@require_safe
@login_required
def profiles(request: HttpRequest) -> HttpResponse:
    """Which files can be read, how they begin, and whether that was proven on real ones."""
    context = {"profiles": presenters.profiles()}
    return render(request, "callstats/feeds/profiles.html", context)


def _may_manage_any(request: HttpRequest) -> bool:
    return cooperations_where(user=request.user, permission=Permission.MANAGE_FEEDS).exists()


def _held_on(request: HttpRequest, source: Source) -> dict[str, bool]:
    cooperation = source.central.cooperation
    return {
        name: is_held(user=request.user, permission=permission, cooperation=cooperation)
        for name, permission in (
            ("may_manage", Permission.MANAGE_FEEDS),
            ("may_import", Permission.IMPORT_CALLS),
        )
    }
