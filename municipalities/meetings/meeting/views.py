"""A meeting's own page, and planning, calling, moving and cancelling it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from legevakt.lib.nudging import nudge
from legevakt.lib.periods import local_day
from municipalities.access.rules import Permission
from municipalities.cooperations.visible import reader
from municipalities.form_pages import answer_of, form_page, told
from municipalities.meetings.agenda.presenters import shown_items
from municipalities.meetings.follow_up.presenters import follow_up_table
from municipalities.meetings.follow_up.queries import of_meeting
from municipalities.meetings.forums.addressed import visible_forum
from municipalities.meetings.meeting import (
    invitation,
    operations,
    presenters,
    queries,
    tasks,
)
from municipalities.meetings.meeting.addressed import VisibleMeeting, visible_meeting
from municipalities.meetings.meeting.forms import AnswerForm, CancelForm, MeetingForm
from municipalities.meetings.meeting.models import Invitee, MeetingState
from municipalities.meetings.meeting.words import WORDS
from municipalities.meetings.minutes.models import Minutes
from municipalities.refused import Refused

TEMPLATE = "municipalities/meetings/form.html"
MANAGE = Permission.MANAGE_MEETINGS
USUAL = timedelta(days=28)


@require_safe
@login_required
def meeting(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """When and where, who comes, the agenda, the documents and the minutes."""
    found = visible_meeting(request, cooperation=cooperation, pk=pk)
    shown, today = found.meeting, local_day(timezone.now())
    invitees = queries.invitees_of(shown)
    own = next((each for each in invitees if _is_own(each, request)), None)
    minutes = Minutes.objects.visible_to(reader(request)).filter(meeting=shown).first()
    context = {
        "cooperation": found.cooperation,
        "meeting": shown,
        "name": presenters.name_of(shown),
        "facts": presenters.facts(shown),
        "notice": presenters.notice(shown, today=today),
        "items": shown_items(shown, slug=cooperation),
        "agreed": follow_up_table(
            of_meeting(shown), slug=cooperation, today=today, caption=_("To be followed up")
        ),
        "documents": presenters.shown_documents(shown),
        "called": presenters.called(invitees),
        "answers": presenters.answers(invitees) if shown.called_at else "",
        "unsent": queries.unsent_letters(shown),
        "own": own,
        "answer_form": AnswerForm(initial={"answer": own.answer, "deputy": own.deputy})
        if own
        else None,
        "is_over": shown.ends_at <= timezone.now(),
        "minutes": minutes,
        **_may(found, minutes=minutes),
    }
    return render(request, "municipalities/meetings/meeting/meeting.html", context)


@login_required
def meeting_plan(request: HttpRequest, cooperation: str, forum: int) -> HttpResponse:
    """Plan a meeting of the forum."""
    found = visible_forum(request, cooperation=cooperation, pk=forum, permission=MANAGE)
    initial = {
        "day": local_day(timezone.now()) + USUAL,
        "starts": "09:00",
        "ends": "11:00",
        "language": found.forum.language,
    }
    form = answer_of(request, MeetingForm, initial=initial)

    def run() -> str:
        made = operations.plan(
            forum=found.forum, by=reader(request), at=timezone.now(), **form.facts
        )
        return reverse("meeting", args=[cooperation, made.pk])

    return form_page(
        request,
        cooperation=found.cooperation,
        form=form,
        run=run,
        words=WORDS,
        done=_("The meeting is planned, and its agenda begun. Look through both, then call."),
        back=reverse("forum", args=[cooperation, forum]),
        title=_("Plan a meeting"),
        lead=found.forum.name,
        submit_label=_("Plan"),
        template=TEMPLATE,
        list_label=_("Forums"),
        list_url=reverse("forums", args=[cooperation]),
        above_label=found.forum.name,
        above_url=reverse("forum", args=[cooperation, forum]),
    )


@login_required
def meeting_change(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Move it, or change what is told of it."""
    found = visible_meeting(request, cooperation=cooperation, pk=pk, permission=MANAGE)
    form = answer_of(request, MeetingForm, initial=MeetingForm.initial_of(found.meeting))

    def run() -> None:
        operations.change(meeting=found.meeting, at=timezone.now(), **form.facts)
        nudge(tasks.send_letters)

    is_called = found.meeting.state == MeetingState.CALLED
    return form_page(
        request,
        cooperation=found.cooperation,
        form=form,
        run=run,
        words=WORDS,
        done=_("The meeting is changed."),
        back=reverse("meeting", args=[cooperation, pk]),
        title=_("Change the meeting"),
        lead=_("Everybody who is called gets the change in their calendar.") if is_called else "",
        submit_label=_("Store"),
        template=TEMPLATE,
        **above(found),
    )


@require_POST
@login_required
def meeting_call(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Close the agenda, and send the call."""
    found = visible_meeting(request, cooperation=cooperation, pk=pk, permission=MANAGE)
    try:
        operations.call(meeting=found.meeting, by=reader(request), at=timezone.now())
    except Refused as refused:
        messages.error(request, told(refused, WORDS))
    else:
        nudge(tasks.send_letters)
        messages.success(request, _("The agenda is closed, and the call is being sent."))
    return redirect("meeting", cooperation=cooperation, pk=pk)


@login_required
def meeting_cancel(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Cancel it, with a reason that those who were called are told."""
    found = visible_meeting(request, cooperation=cooperation, pk=pk, permission=MANAGE)
    form = answer_of(request, CancelForm)

    def run() -> None:
        operations.cancel(
            meeting=found.meeting,
            reason=form.cleaned_data["cancel_reason"],
            by=reader(request),
            at=timezone.now(),
        )
        nudge(tasks.send_letters)

    return form_page(
        request,
        cooperation=found.cooperation,
        form=form,
        run=run,
        words=WORDS,
        done=_("The meeting is cancelled, and taken out of everybody's calendar."),
        back=reverse("meeting", args=[cooperation, pk]),
        title=_("Cancel the meeting"),
        lead=_("Everybody who is called is told why. Proposed items wait for the next meeting."),
        submit_label=_("Cancel the meeting"),
        submit_color="danger",
        template=TEMPLATE,
        **above(found),
    )


@require_safe
@login_required
def meeting_ics(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """The meeting as a file for a calendar."""
    found = visible_meeting(request, cooperation=cooperation, pk=pk)
    written = invitation.published(found.meeting, stamped_at=timezone.now())
    answer = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    name = f"{cooperation}-{found.meeting.year}-{found.meeting.pk}.ics"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def above(found: VisibleMeeting) -> dict[str, Any]:
    """The pages that a page on a meeting lies under."""
    slug, shown = found.cooperation.slug, found.meeting
    return {
        "list_label": shown.forum.name,
        "list_url": reverse("forum", args=[slug, shown.forum_id]),
        "above_label": presenters.name_of(shown),
        "above_url": reverse("meeting", args=[slug, shown.pk]),
    }


def _may(found: VisibleMeeting, *, minutes: Minutes | None) -> dict[str, bool]:
    is_open = minutes is None or minutes.state in ("draft", "hearing")
    manages = found.may(MANAGE) and is_open
    return {
        "may_manage": manages and found.meeting.state != MeetingState.CANCELLED,
        "may_send": found.may(MANAGE),
        "may_correct": is_open,
        "may_propose": found.may(Permission.PROPOSE_ITEMS),
    }


def _is_own(invitee: Invitee, request: HttpRequest) -> bool:
    return invitee.user_id == reader(request).pk and invitee.uncalled_at is None
