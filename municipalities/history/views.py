"""The history of one thing, and the latest changes of everything."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from legevakt.lib.tables import FORMATS, download
from municipalities.access.rules import Permission
from municipalities.cooperations.visible import visible_cooperation
from municipalities.history import presenters, queries
from municipalities.history.kinds import KINDS
from municipalities.history.values import name_of
from municipalities.history.words import KIND_NAMES


@require_safe
@login_required
def history(request: HttpRequest, cooperation: str, kind: str, pk: int) -> HttpResponse:
    """Every change of one thing, for whoever may see the thing; `?format=` downloads it."""
    visible = visible_cooperation(request, slug=cooperation)
    found = visible.cooperation
    if kind not in KINDS:
        raise Http404
    of = KINDS[kind]
    seen = of.seen(cooperation=found, user=request.user).select_related(*of.named_by)
    thing = get_object_or_404(seen.distinct(), pk=pk)
    name = name_of(thing)
    changes = presenters.told(
        queries.changes_of(thing, kind=of, with_drafts=visible.may(Permission.MANAGE_AGREEMENT))
    )
    file_format = request.GET.get("format", "")
    if file_format in FORMATS:
        table = presenters.table(changes, name=name)
        return download(table, file_format=file_format, name=f"{cooperation}-{kind}-{pk}-history")
    if file_format:
        raise Http404
    context = {
        "cooperation": found,
        "kind": KIND_NAMES[kind],
        "name": name,
        "changes": changes,
        "columns": presenters.TURN_COLUMNS,
    }
    return render(request, "municipalities/history/history.html", context)


@require_safe
@login_required
def latest_changes(request: HttpRequest, cooperation: str) -> HttpResponse:
    """The last changes of everything that the reader may see; `?kind=` of one kind alone."""
    visible = visible_cooperation(request, slug=cooperation)
    found = visible.cooperation
    chosen = request.GET.get("kind", "")
    if chosen and chosen not in KINDS:
        raise Http404
    events = queries.latest(
        cooperation=found,
        user=request.user,
        kinds=[KINDS[chosen]] if chosen else None,
        with_drafts=visible.may(Permission.MANAGE_AGREEMENT),
    )
    context = {
        "cooperation": found,
        "events": presenters.told_events(events, cooperation=found),
        "columns": presenters.LATEST_COLUMNS,
        "kinds": presenters.kind_choices(),
        "chosen": chosen,
    }
    return render(request, "municipalities/history/latest.html", context)
