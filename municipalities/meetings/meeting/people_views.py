"""Who is called, what they answer, the addresses that failed, and the meeting's documents."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from legevakt.lib.nudging import nudge
from municipalities.cooperations.visible import reader
from municipalities.form_pages import answer_of, form_page, told
from municipalities.meetings.meeting import operations, queries, tasks
from municipalities.meetings.meeting.addressed import VisibleMeeting, visible_meeting
from municipalities.meetings.meeting.forms import (
    AddressForm,
    AnswerForm,
    InviteForm,
    MeetingDocumentForm,
)
from municipalities.meetings.meeting.models import Invitee
from municipalities.meetings.meeting.views import MANAGE, TEMPLATE, above
from municipalities.meetings.meeting.words import WORDS
from municipalities.refused import Refused


@require_POST
@login_required
def meeting_answer(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """What the reader answers to the own call."""
    found = visible_meeting(request, cooperation=cooperation, pk=pk)
    own = queries.own_invitation(meeting=found.meeting, user=reader(request))
    if own is None:
        raise Http404
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose whether you come."))
        return redirect("meeting", cooperation=cooperation, pk=pk)

    def run() -> None:
        operations.answer(invitee=own, at=timezone.now(), **form.cleaned_data)

    return _pressed(request, cooperation, pk, run=run, done=_("Your answer is stored."))


@login_required
def meeting_answer_for(
    request: HttpRequest, cooperation: str, pk: int, invitee: int
) -> HttpResponse:
    """What another has answered, by e-mail or word of mouth."""
    found, who = _invitee(request, cooperation, pk, invitee)
    initial = {"answer": who.answer, "deputy": who.deputy}
    form = answer_of(request, AnswerForm, initial=initial)
    form.fields["answer"].label = _("Does %(name)s come?") % {"name": who}

    def run() -> None:
        operations.answer(invitee=who, at=timezone.now(), **form.cleaned_data)

    return form_page(
        request,
        cooperation=found.cooperation,
        form=form,
        run=run,
        words=WORDS,
        done=_("The answer is stored."),
        back=reverse("meeting", args=[cooperation, pk]),
        title=_("Answer of %(name)s") % {"name": who},
        submit_label=_("Store"),
        template=TEMPLATE,
        **above(found),
    )


@login_required
def meeting_invite(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Call one more."""
    found = visible_meeting(request, cooperation=cooperation, pk=pk, permission=MANAGE)
    form = answer_of(request, InviteForm, forum=found.meeting.forum)

    def run() -> None:
        operations.invite(meeting=found.meeting, at=timezone.now(), **form.cleaned_data)
        nudge(tasks.send_letters)

    return form_page(
        request,
        cooperation=found.cooperation,
        form=form,
        run=run,
        words=WORDS,
        done=_("One more is called."),
        back=reverse("meeting", args=[cooperation, pk]),
        title=_("Call one more"),
        lead=_("To this meeting alone. Members of the forum are called to every meeting."),
        submit_label=_("Call"),
        template=TEMPLATE,
        **above(found),
    )


@require_POST
@login_required
def meeting_uninvite(request: HttpRequest, cooperation: str, pk: int, invitee: int) -> HttpResponse:
    """Call one no more."""
    _found, who = _invitee(request, cooperation, pk, invitee)

    def run() -> None:
        operations.uninvite(invitee=who, at=timezone.now())
        nudge(tasks.send_letters)

    done = _("%(name)s is called no more.") % {"name": who}
    return _pressed(request, cooperation, pk, run=run, done=done)


@login_required
def meeting_address(request: HttpRequest, cooperation: str, pk: int, invitee: int) -> HttpResponse:
    """Correct the address of one without a login, and send again."""
    found, who = _invitee(request, cooperation, pk, invitee, called=False)
    if who.user_id:
        raise Http404
    form = answer_of(request, AddressForm, initial={"email": who.email})

    def run() -> None:
        operations.correct_address(invitee=who, email=form.cleaned_data["email"], at=timezone.now())
        nudge(tasks.send_letters)

    return form_page(
        request,
        cooperation=found.cooperation,
        form=form,
        run=run,
        words=WORDS,
        done=_("The address is corrected. What did not arrive is sent again."),
        back=reverse("meeting", args=[cooperation, pk]),
        title=_("Address of %(name)s") % {"name": who},
        submit_label=_("Store and send again"),
        template=TEMPLATE,
        **above(found),
    )


@require_POST
@login_required
def meeting_send_again(
    request: HttpRequest, cooperation: str, pk: int, invitee: int
) -> HttpResponse:
    """Send what did not arrive once more, to the same address."""
    _found, who = _invitee(request, cooperation, pk, invitee, called=False)

    def run() -> None:
        operations.send_failed_again(invitee=who, at=timezone.now())
        nudge(tasks.send_letters)

    done = _("It is sent again to %(name)s.") % {"name": who}
    return _pressed(request, cooperation, pk, run=run, done=done)


@login_required
def meeting_document_new(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Put a document with the meeting, or with an item."""
    found = visible_meeting(request, cooperation=cooperation, pk=pk, permission=MANAGE)
    form = answer_of(request, MeetingDocumentForm, meeting=found.meeting)

    def run() -> None:
        now = timezone.now()
        document = form.kept_document(cooperation=found.cooperation, by=reader(request), at=now)
        if document is not None:
            operations.add_document(
                meeting=found.meeting,
                item=form.cleaned_data["item"],
                document=document,
                by=reader(request),
                at=now,
            )

    return form_page(
        request,
        cooperation=found.cooperation,
        form=form,
        run=run,
        words=WORDS,
        done=_("The document is with the meeting."),
        back=reverse("meeting", args=[cooperation, pk]),
        title=_("Add a document"),
        submit_label=_("Add"),
        template=TEMPLATE,
        **above(found),
    )


@require_POST
@login_required
def meeting_document_remove(
    request: HttpRequest, cooperation: str, pk: int, document: int
) -> HttpResponse:
    """Take a document away from the meeting; the history keeps that it was there."""
    found = visible_meeting(request, cooperation=cooperation, pk=pk, permission=MANAGE)
    kept = get_object_or_404(found.meeting.documents, pk=document)

    def run() -> None:
        operations.remove_document(kept=kept)

    return _pressed(request, cooperation, pk, run=run, done=_("The document is taken away."))


def _invitee(
    request: HttpRequest, cooperation: str, pk: int, invitee: int, *, called: bool = True
) -> tuple[VisibleMeeting, Invitee]:
    found = visible_meeting(request, cooperation=cooperation, pk=pk, permission=MANAGE)
    rows = found.meeting.invitees.called() if called else found.meeting.invitees.all()
    return found, get_object_or_404(rows.select_related("user", "meeting"), pk=invitee)


def _pressed(
    request: HttpRequest, cooperation: str, pk: int, *, run: Callable[[], None], done: str
) -> HttpResponse:
    """Do what a button asks for, tell what came of it, and show the meeting."""
    try:
        run()
    except Refused as refused:
        messages.error(request, told(refused, WORDS))
    else:
        messages.success(request, done)
    return redirect("meeting", cooperation=cooperation, pk=pk)
