"""The year wheel: picture, table, own events, and what is done."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from legevakt.lib.periods import YEARS, local_day
from legevakt.lib.tables import FORMATS, download
from legevakt.lib.words import day as format_day
from municipalities.access.rules import Permission
from municipalities.cooperations.visible import Visible, reader, visible_cooperation
from municipalities.form_pages import answer_of, form_page
from municipalities.meetings.year_wheel import operations, presenters, queries
from municipalities.meetings.year_wheel.forms import DoneForm, EventForm, FilterForm
from municipalities.meetings.year_wheel.models import YearEvent, YearMark
from municipalities.meetings.year_wheel.rules import Entry
from municipalities.meetings.year_wheel.words import WORDS

YEARS_SHOWN = YEARS[1:-1]
VIEW, MANAGE = Permission.VIEW_MEETINGS, Permission.MANAGE_MEETINGS


@require_safe
@login_required
def year_wheel_now(request: HttpRequest, cooperation: str) -> HttpResponse:
    """To this year."""
    visible_cooperation(request, slug=cooperation, permission=VIEW)
    return redirect("year_wheel", cooperation=cooperation, year=local_day(timezone.now()).year)


@require_safe
@login_required
def year_wheel(request: HttpRequest, cooperation: str, year: int) -> HttpResponse:
    """The year as a picture and a table; `?format=` downloads the table."""
    visible = visible_cooperation(request, slug=cooperation, permission=VIEW)
    if year not in YEARS_SHOWN:
        raise Http404
    today = local_day(timezone.now())
    entries = queries.year_of(
        cooperation=visible.cooperation, user=reader(request), year=year, today=today
    )
    if not visible.may(MANAGE):
        entries = presenters.for_reading(entries)
    form = FilterForm(request.GET)
    chosen = _chosen(entries, form)
    if "format" in request.GET:
        if request.GET["format"] not in FORMATS:
            raise Http404
        table = presenters.table(chosen, year=year)
        return download(table, file_format=request.GET["format"], name=f"{cooperation}-{year}")
    context = {
        "cooperation": visible.cooperation,
        "year": year,
        "before": year - 1 if year - 1 in YEARS_SHOWN else None,
        "after": year + 1 if year + 1 in YEARS_SHOWN else None,
        "this_year": today.year if year != today.year else None,
        "wheel": presenters.wheel(entries, year=year, today=today),
        "legend": presenters.legend(),
        "next_up": presenters.next_up(entries),
        "form": form,
        "entries": presenters.shown(chosen, may_mark=visible.may(MANAGE)),
        "may_manage": visible.may(MANAGE),
    }
    return render(request, "municipalities/meetings/year_wheel/year_wheel.html", context)


@login_required
def year_event_new(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Another own event."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    form = answer_of(request, EventForm, initial={"starts_year": local_day(timezone.now()).year})

    def run() -> None:
        operations.add_event(
            cooperation=visible.cooperation, by=reader(request), **form.cleaned_data
        )

    return _form(
        request,
        visible,
        form=form,
        run=run,
        done=_("The event stands in the year wheel."),
        title=_("New event"),
        submit_label=_("Put in the year wheel"),
    )


@login_required
def year_event(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Change an own event, or let it end."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    event = get_object_or_404(YearEvent, cooperation=visible.cooperation, pk=pk)
    form = answer_of(request, EventForm, initial=EventForm.initial_of(event))

    def run() -> None:
        operations.change_event(event=event, **form.cleaned_data)

    return _form(
        request,
        visible,
        form=form,
        run=run,
        done=_("The event is changed."),
        title=_("Event: %(title)s") % {"title": event.title},
        submit_label=_("Store"),
    )


@login_required
def year_mark(request: HttpRequest, cooperation: str, code: str, day: str) -> HttpResponse:
    """Mark an event of a day as done."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    today = local_day(timezone.now())
    entry = _entry(visible, code=code, day=day, today=today)
    form = answer_of(request, DoneForm, today=today, initial={"done_date": today})

    def run() -> None:
        operations.mark_done(
            cooperation=visible.cooperation,
            code=code,
            due_date=entry.day,
            by=reader(request),
            at=timezone.now(),
            **form.cleaned_data,
        )

    return _form(
        request,
        visible,
        year=entry.day.year,
        form=form,
        run=run,
        done=_("It is marked as done."),
        title=_("Done: %(title)s") % {"title": entry.title},
        lead=_("Due %(day)s") % {"day": format_day(entry.day)},
        submit_label=_("Mark as done"),
    )


@require_POST
@login_required
def year_unmark(request: HttpRequest, cooperation: str, code: str, day: str) -> HttpResponse:
    """It is not done after all."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    mark = get_object_or_404(
        YearMark, cooperation=visible.cooperation, code=code, due_date=_day(day)
    )
    operations.unmark(mark=mark)
    messages.success(request, _("It is not marked as done any more."))
    return redirect("year_wheel", cooperation=cooperation, year=mark.due_date.year)


def _chosen(entries: list[Entry], form: FilterForm) -> list[Entry]:
    if not form.is_valid():
        return entries
    category, state = form.cleaned_data["category"], form.cleaned_data["state"]
    return [
        each
        for each in entries
        if category in ("", each.category) and state in ("", each.state.value)
    ]


def _entry(visible: Visible, *, code: str, day: str, today: date) -> Entry:
    wanted = _day(day)
    found = queries.fixed(cooperation=visible.cooperation, years=[wanted.year], today=today)
    entry = next((each for each in found if (each.code, each.day) == (code, wanted)), None)
    if entry is None:
        raise Http404
    return entry


def _day(text: str) -> date:
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None or found.year not in YEARS_SHOWN:
        raise Http404
    return found


def _form(
    request: HttpRequest, visible: Visible, *, year: int | None = None, **asked: Any
) -> HttpResponse:
    """A form page that goes back to the year, or to this one."""
    slug = visible.cooperation.slug
    name, of_year = ("year_wheel", [year]) if year else ("year_wheel_now", [])
    back = reverse(name, args=[slug, *of_year])
    return form_page(
        request,
        cooperation=visible.cooperation,
        words=WORDS,
        back=back,
        list_label=_("Year wheel"),
        list_url=back,
        template="municipalities/meetings/form.html",
        **asked,
    )
