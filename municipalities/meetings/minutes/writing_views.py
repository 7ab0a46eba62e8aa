"""Writing the minutes: the page of the whole meeting, and what is added from it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from legevakt.lib.refusals import told_in
from municipalities.access.models import User
from municipalities.access.rules import Permission
from municipalities.form_pages import answer_of, form_page
from municipalities.meetings.follow_up.operations import agree
from municipalities.meetings.minutes import operations
from municipalities.meetings.minutes.addressed import (
    VisibleMinutes,
    visible_minutes,
    written_minutes,
)
from municipalities.meetings.minutes.content import items_to_write, people_of
from municipalities.meetings.minutes.forms import AgreedForm, TakeUpForm
from municipalities.meetings.minutes.models import Minutes
from municipalities.meetings.minutes.words import WORDS, heading, told
from municipalities.meetings.minutes.writing import WrittenMeanwhile, require_writable, written
from municipalities.meetings.minutes.writing_form import WritingForm
from municipalities.refused import Refused

FORM = "municipalities/meetings/form.html"
PAGE = "municipalities/meetings/minutes/write.html"
form_methods = require_http_methods(["GET", "HEAD", "POST"])


@require_POST
@login_required
def minutes_begin(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Begin the minutes, and go on to write them."""
    seen = visible_minutes(
        request, cooperation=cooperation, pk=pk, permission=Permission.MANAGE_MEETINGS
    )
    try:
        operations.begin(meeting=seen.meeting, by=seen.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, told(refused))
        return redirect("minutes", *seen.address)
    return redirect("minutes_write", *seen.address)


@form_methods
@login_required
def minutes_write(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """The whole meeting on one page; the button that is pressed says what is done next."""
    seen, minutes = _to_write(request, cooperation=cooperation, pk=pk)
    form = answer_of(
        request,
        WritingForm,
        people=people_of(seen.meeting),
        items=items_to_write(seen.meeting),
        stored=written(minutes),
    )
    if request.method == "POST" and form.is_valid():
        _write(form, minutes=minutes, by=seen.user)
        if form.is_valid():
            messages.success(request, _("The minutes are saved."))
            return redirect(_next(request, seen))
    elif request.method != "POST" and (refusal := _refusal(minutes)):
        messages.error(request, refusal)
        return redirect("minutes", *seen.address)
    context = {"cooperation": seen.cooperation, "meeting": seen.meeting, "form": form}
    return render(request, PAGE, context, status=422 if form.errors else 200)


@form_methods
@login_required
def minutes_item_new(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """An item that the meeting took up; then back to write about it."""
    seen, minutes = _to_write(request, cooperation=cooperation, pk=pk)
    form = answer_of(request, TakeUpForm)

    def run() -> str:
        item = operations.take_up(minutes=minutes, at=timezone.now(), **form.cleaned_data)
        return _at_item(seen, item.pk)

    return form_page(
        request,
        form=form,
        run=run,
        done=_("The item is on the agenda."),
        title=_("An item taken up in the meeting"),
        submit_label=_("Put it on the agenda"),
        **_around(seen),
    )


@form_methods
@login_required
def minutes_follow_up(request: HttpRequest, cooperation: str, pk: int, item: int) -> HttpResponse:
    """What is to be done because of an item; then back to write on."""
    seen, minutes = _to_write(request, cooperation=cooperation, pk=pk)
    rows = seen.meeting.items.select_related("forum", "meeting__forum__cooperation")
    found = get_object_or_404(rows, pk=item)
    form = answer_of(request, AgreedForm, item=found)

    def run() -> str:
        at = timezone.now()
        require_writable(minutes, at=at)
        forum = found.meeting.forum
        agree(item=found, forum=forum, by=seen.user, at=at, **form.cleaned_data)
        return _at_item(seen, found.pk)

    return form_page(
        request,
        form=form,
        run=run,
        done=_("It is put on the list of what is to be followed up."),
        title=_("To be followed up: %(item)s") % {"item": heading(found)},
        submit_label=_("Save"),
        **_around(seen),
    )


def _to_write(request: HttpRequest, *, cooperation: str, pk: int) -> tuple[VisibleMinutes, Minutes]:
    return written_minutes(
        request, cooperation=cooperation, pk=pk, permission=Permission.MANAGE_MEETINGS
    )


def _write(form: WritingForm, *, minutes: Minutes, by: User) -> None:
    with told_in(form, WORDS):
        try:
            operations.write(
                minutes=minutes,
                said=form.said,
                marks=form.cleaned_data["marks"],
                by=by,
                at=timezone.now(),
            )
        except WrittenMeanwhile as error:
            form.show_theirs(error, words=told(error))
        except Refused as refused:
            field = refused.field if refused.field in form.fields else None
            form.add_error(field, told(refused))


def _refusal(minutes: Minutes) -> str:
    """Why the minutes are not to be written now; empty when they are."""
    try:
        require_writable(minutes, at=timezone.now())
    except Refused as refused:
        return told(refused)
    return ""


def _next(request: HttpRequest, seen: VisibleMinutes) -> str:
    """Where the pressed button leads: on writing, unless it says otherwise."""
    step, _dash, item = request.POST.get("then", "").partition("-")
    if step == "follow" and item.isdecimal():
        return reverse("minutes_follow_up", args=[*seen.address, int(item)])
    pages = {"item": "minutes_item_new", "read": "minutes"}
    return reverse(pages.get(step, "minutes_write"), args=seen.address)


def _at_item(seen: VisibleMinutes, item: int) -> str:
    return f"{reverse('minutes_write', args=seen.address)}#item-{item}"


def _around(seen: VisibleMinutes) -> dict:
    """What every form beside the page of the whole meeting has around it."""
    return {
        "cooperation": seen.cooperation,
        "words": WORDS,
        "template": FORM,
        "back": reverse("minutes_write", args=seen.address),
        "list_label": str(seen.meeting),
        "list_url": reverse("meeting", args=seen.address),
        "above_label": _("Minutes"),
        "above_url": reverse("minutes", args=seen.address),
    }
