"""Working with the agenda of a meeting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from legevakt.lib.periods import local_day
from municipalities.access.rules import Permission
from municipalities.form_pages import answer_of, form_page, told
from municipalities.meetings.agenda import operations, presenters
from municipalities.meetings.agenda.forms import ItemForm, MoveForm, StandingItemForm
from municipalities.meetings.agenda.models import AgendaItem, ItemKind
from municipalities.meetings.agenda.queries import coverage_of
from municipalities.meetings.agenda.words import WORDS, title_of
from municipalities.meetings.forums.queries import minimum_topics
from municipalities.meetings.meeting.addressed import VisibleMeeting, visible_meeting
from municipalities.meetings.meeting.models import MeetingState
from municipalities.meetings.meeting.presenters import name_of
from municipalities.refused import Refused

TEMPLATE = "municipalities/meetings/form.html"
MANAGE = Permission.MANAGE_MEETINGS


@require_safe
@login_required
def agenda(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """The agenda, item for item, and what of the minimum agenda the year still lacks."""
    found = visible_meeting(request, cooperation=cooperation, pk=pk)
    meeting = found.meeting
    today = local_day(timezone.now())
    coverage = coverage_of(forum=meeting.forum, year=meeting.year, today=today)
    context = {
        "cooperation": found.cooperation,
        "meeting": meeting,
        "name": name_of(meeting),
        "items": presenters.shown_items(meeting, slug=cooperation),
        "coverage": presenters.shown_coverage(coverage, slug=cooperation),
        "year": meeting.year,
        "is_called": meeting.state == MeetingState.CALLED,
        "may_manage": found.may(MANAGE) and meeting.state == MeetingState.PLANNED,
    }
    return render(request, "municipalities/meetings/agenda/agenda.html", context)


@login_required
def agenda_item_new(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Another item."""
    found = visible_meeting(request, cooperation=cooperation, pk=pk, permission=MANAGE)
    form = answer_of(
        request, ItemForm, topics=_topics(found), initial={"kind": ItemKind.CASE.value}
    )

    def run() -> None:
        operations.add_item(meeting=found.meeting, **form.cleaned_data)

    return form_page(
        request,
        cooperation=found.cooperation,
        form=form,
        run=run,
        words=WORDS,
        done=_("The item is on the agenda."),
        back=reverse("agenda", args=[cooperation, pk]),
        title=_("New item"),
        submit_label=_("Put on the agenda"),
        template=TEMPLATE,
        **_above(found),
    )


@login_required
def agenda_item(request: HttpRequest, cooperation: str, pk: int, item: int) -> HttpResponse:
    """Change an item while the agenda is open."""
    found, row = _item(request, cooperation, pk, item)
    form: ItemForm | StandingItemForm
    if row.standing:
        initial = {"text": row.text, "presented_by": row.presented_by}
        form = answer_of(request, StandingItemForm, initial=initial)
    else:
        form = answer_of(request, ItemForm, topics=_topics(found), initial=ItemForm.initial_of(row))

    def run() -> None:
        operations.change_item(item=row, **form.cleaned_data)

    return form_page(
        request,
        cooperation=found.cooperation,
        form=form,
        run=run,
        words=WORDS,
        done=_("The item is changed."),
        back=reverse("agenda", args=[cooperation, pk]),
        title=_("Item: %(title)s") % {"title": title_of(row)},
        submit_label=_("Store"),
        template=TEMPLATE,
        **_above(found),
    )


@require_POST
@login_required
def agenda_item_move(request: HttpRequest, cooperation: str, pk: int, item: int) -> HttpResponse:
    """Put an item in another place (`to`, counted from 1)."""
    _found, row = _item(request, cooperation, pk, item)
    form = MoveForm(request.POST)
    try:
        if form.is_valid():
            operations.move_item(item=row, to=form.cleaned_data["to"])
    except Refused as refused:
        messages.error(request, told(refused, WORDS))
    return redirect(reverse("agenda", args=[cooperation, pk]) + f"#item-{row.pk}")


@require_POST
@login_required
def agenda_item_remove(request: HttpRequest, cooperation: str, pk: int, item: int) -> HttpResponse:
    """Take an item off the agenda."""
    _found, row = _item(request, cooperation, pk, item)
    try:
        operations.remove_item(item=row)
    except Refused as refused:
        messages.error(request, told(refused, WORDS))
    else:
        messages.success(request, _("The item is off the agenda."))
    return redirect("agenda", cooperation=cooperation, pk=pk)


def _item(
    request: HttpRequest, cooperation: str, pk: int, item: int
) -> tuple[VisibleMeeting, AgendaItem]:
    found = visible_meeting(request, cooperation=cooperation, pk=pk, permission=MANAGE)
    rows = found.meeting.items.select_related("forum", "meeting__forum__cooperation")
    return found, get_object_or_404(rows, pk=item)


def _topics(found: VisibleMeeting) -> tuple[str, ...]:
    meeting = found.meeting
    return minimum_topics(forum=meeting.forum, day=local_day(meeting.starts_at))


def _above(found: VisibleMeeting) -> dict[str, Any]:
    slug, meeting = found.cooperation.slug, found.meeting
    return {
        "list_label": name_of(meeting),
        "list_url": reverse("meeting", args=[slug, meeting.pk]),
        "above_label": _("Agenda"),
        "above_url": reverse("agenda", args=[slug, meeting.pk]),
    }
