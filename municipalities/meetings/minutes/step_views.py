"""The steps of minutes: out for remarks, remarked on, answered, approved, sent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from legevakt.lib.periods import local_day
from municipalities.access.rules import Permission
from municipalities.form_pages import answer_of, form_page
from municipalities.meetings.minutes import operations, presenters, tasks
from municipalities.meetings.minutes.addressed import VisibleMinutes, written_minutes
from municipalities.meetings.minutes.approving import may_approve, obstacles
from municipalities.meetings.minutes.content import items_to_write
from municipalities.meetings.minutes.forms import AnswerForm, HearingForm, RemarkForm
from municipalities.meetings.minutes.models import Remark
from municipalities.meetings.minutes.words import WORDS, told
from municipalities.refused import Refused

FORM = "municipalities/meetings/form.html"
APPROVING = "municipalities/meetings/minutes/approve.html"
form_methods = require_http_methods(["GET", "HEAD", "POST"])


@form_methods
@login_required
def minutes_hearing(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Send the draft for remarks, the first time or again."""
    seen, minutes = written_minutes(
        request, cooperation=cooperation, pk=pk, permission=Permission.MANAGE_MEETINGS
    )
    at = timezone.now()
    form = answer_of(request, HearingForm, today=local_day(at))

    def run() -> None:
        until = form.cleaned_data["until"]
        operations.open_hearing(minutes=minutes, until=until, by=seen.user, at=at)
        tasks.send_soon()

    return _step(
        request,
        seen,
        form=form,
        run=run,
        done=_("The draft is sent for remarks."),
        title=_("Send for remarks"),
        submit_label=_("Send for remarks"),
    )


@form_methods
@login_required
def minutes_remark(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Remark on the draft, for the own municipality."""
    seen, minutes = written_minutes(request, cooperation=cooperation, pk=pk)
    if not presenters.takes_part(seen):
        raise Http404
    initial = {"item": request.GET.get("item", "")}
    form = answer_of(request, RemarkForm, items=items_to_write(seen.meeting), initial=initial)

    def run() -> None:
        operations.remark(
            minutes=minutes,
            item=form.about,
            text=form.cleaned_data["text"],
            municipality=presenters.speaks_for(seen),
            by=seen.user,
            at=timezone.now(),
        )

    return _step(
        request,
        seen,
        form=form,
        run=run,
        done=_("The remark is stored, and the secretary answers it."),
        title=_("Remark on the minutes"),
        submit_label=_("Save the remark"),
    )


@form_methods
@login_required
def minutes_remark_answer(
    request: HttpRequest, cooperation: str, pk: int, remark: int
) -> HttpResponse:
    """Answer a remark."""
    seen, minutes = written_minutes(
        request, cooperation=cooperation, pk=pk, permission=Permission.MANAGE_MEETINGS
    )
    rows = Remark.objects.visible_to(seen.user).select_related("minutes")
    found = get_object_or_404(rows, pk=remark, minutes=minutes)
    form = answer_of(request, AnswerForm, initial={"answer": found.answer})

    def run() -> None:
        answer = form.cleaned_data["answer"]
        operations.answer_remark(remark=found, answer=answer, by=seen.user, at=timezone.now())

    return _step(
        request,
        seen,
        form=form,
        run=run,
        done=_("The answer is stored."),
        title=_("Answer the remark"),
        submit_label=_("Save the answer"),
        lead=found.text,
    )


@form_methods
@login_required
def minutes_approve(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """What must be put right first; and where nothing must, approve."""
    seen, minutes = written_minutes(request, cooperation=cooperation, pk=pk)
    if not may_approve(minutes=minutes, user=seen.user):
        raise Http404
    if minutes.content is not None:
        return redirect("minutes", *seen.address)
    at = timezone.now()

    def run() -> None:
        operations.approve(minutes=minutes, by=seen.user, at=at)

    form = answer_of(request, forms.Form)
    return _step(
        request,
        seen,
        form=form,
        run=run,
        done=_("The minutes are approved, with the figures as they were."),
        title=_("Approve the minutes"),
        submit_label=_("Approve"),
        template=APPROVING,
        obstacles=[told(each) for each in obstacles(minutes=minutes, at=at)],
        is_bilateral=seen.meeting.forum.partner_id is not None,
        may_write=seen.may(Permission.MANAGE_MEETINGS),
    )


@require_POST
@login_required
def minutes_send(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Send the approved minutes to all who were called."""
    seen, minutes = written_minutes(request, cooperation=cooperation, pk=pk)
    if not (seen.may(Permission.MANAGE_MEETINGS) or may_approve(minutes=minutes, user=seen.user)):
        raise Http404
    try:
        operations.send(minutes=minutes, by=seen.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, told(refused))
    else:
        tasks.send_soon()
        messages.success(request, _("The minutes are sent to all who were called."))
    return redirect("minutes", *seen.address)


def _step(request: HttpRequest, seen: VisibleMinutes, **context: Any) -> HttpResponse:
    return form_page(
        request,
        **{
            "cooperation": seen.cooperation,
            "meeting": seen.meeting,
            "words": WORDS,
            "template": FORM,
            "back": reverse("minutes", args=seen.address),
            "list_label": str(seen.meeting),
            "list_url": reverse("meeting", args=seen.address),
            "above_label": _("Minutes"),
            "above_url": reverse("minutes", args=seen.address),
            **context,
        },
    )
