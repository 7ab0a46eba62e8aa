"""What waits for the reader: a page by itself, and a part of the overview."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from legevakt.lib import words
from legevakt.lib.periods import local_day
from municipalities.queries import Todo, todos_of
from reporting.dashboard import queries
from reporting.dashboard.record_cards import record_cards
from reporting.dashboard.waiting import waiting_tasks


@dataclass(frozen=True)
class Row:
    """A line of the list; `state` is late, soon or empty."""

    text: str
    url: str
    due: str
    state: str


@require_safe
@login_required
def todo(request: HttpRequest) -> HttpResponse:
    """Everything in one cooperation; the overview asks for what the record has (htmx)."""
    found = queries.visible_cooperations(request.user)
    slug, today = request.GET.get("cooperation"), local_day(timezone.now())
    chosen = next((row for row in found if slug in (None, row.cooperation.slug)), None)
    if chosen is None:
        raise Http404
    waiting = todos_of(cooperation=chosen.cooperation, user=request.user, today=today)
    context = {
        "cooperation": chosen.cooperation,
        "rows": [_row(each, today=today) for each in waiting],
        "cards": record_cards(
            cooperation=chosen.cooperation, user=request.user, now=timezone.now()
        ),
    }
    if request.htmx:
        return render(request, "reporting/dashboard/_todo.html", context)
    context["tasks"] = waiting_tasks(chosen, today=today)
    return render(request, "reporting/dashboard/todo.html", context)


def _row(todo: Todo, *, today: date) -> Row:
    if todo.due_date is None:
        return Row(text=todo.text, url=todo.url, due="", state="")
    day = words.day(todo.due_date)
    due = "" if day in todo.text else _("by %(day)s") % {"day": day}
    state = "late" if todo.due_date < today else "soon"
    return Row(text=todo.text, url=todo.url, due=due, state=state)
