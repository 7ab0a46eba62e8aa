"""Pages of who takes part: the list, joining, leaving, merging and splitting."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from legevakt.lib.periods import local_day
from legevakt.lib.tables import FORMATS, download
from municipalities.cooperations import participation, presenters, queries
from municipalities.cooperations.forms import (
    CorrectForm,
    JoinForm,
    LeaveForm,
    MergeForm,
    SplitForm,
)
from municipalities.cooperations.models import Cooperation, Participant
from municipalities.cooperations.views import MANAGE, form_page
from municipalities.cooperations.visible import visible_cooperation
from municipalities.cooperations.words import refusals_in


@require_safe
@login_required
def participants(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Who takes part today, later and earlier; `?format=` downloads it."""
    visible = visible_cooperation(request, slug=cooperation)
    today = _today()
    found = queries.participants_of(cooperation=visible.cooperation, today=today)
    file_format = request.GET.get("format", "")
    if file_format in FORMATS:
        table = presenters.participants_table(found)
        return download(table, file_format=file_format, name=f"{cooperation}-participants")
    if file_format:
        raise Http404
    lines = presenters.participant_lines(found)
    context = {
        "cooperation": visible.cooperation,
        "columns": presenters.PARTICIPANT_COLUMNS,
        "sections": [
            (_("Takes part today"), lines["today"]),
            (_("Takes part later"), lines["later"]),
            (_("Took part earlier"), lines["earlier"]),
        ],
        "may_manage": visible.may(MANAGE),
    }
    return render(request, "municipalities/cooperations/participants.html", context)


@login_required
def participant_new(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Let a municipality, or a part of it, join."""
    found = _managed(request, cooperation)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            participation.join(cooperation=found, **form.facts, by=request.user)
            return _done(request, found, _("The participant is added."))
    return _page(request, found, form, title=_("Add a participant"))


@login_required
def participant_end(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Record that a participant leaves."""
    found = _managed(request, cooperation)
    participant = _participant(found, pk)
    form = LeaveForm(request.POST or None, initial={"on": participant.left_date})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            participation.leave(participant=participant, **form.facts, by=request.user)
            return _done(request, found, _("The end of the participation is recorded."))
    title = _("%(municipality)s leaves") % {"municipality": participant.municipality}
    return _page(request, found, form, title=title)


@login_required
def participant_correct(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Say rightly what was recorded wrongly."""
    found = _managed(request, cooperation)
    participant = _participant(found, pk)
    names = ("joined_date", "left_date", "area")
    before = {name: getattr(participant, name) for name in names}
    form = CorrectForm(request.POST or None, initial=before)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            participation.correct(participant=participant, **form.facts, by=request.user)
            return _done(request, found, _("The participation is corrected."))
    title = _("Correct: %(municipality)s") % {"municipality": participant.municipality}
    return _page(request, found, form, title=title)


@login_required
def participants_merge(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Participants' numbers end, and one municipality takes their place."""
    found = _managed(request, cooperation)
    form = MergeForm(request.POST or None, cooperation=found)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            participation.merge(cooperation=found, **form.facts, by=request.user, today=_today())
            return _done(request, found, _("The merger is recorded."))
    lead = _(
        "If the host is among them, its place goes over too. Roles do not: give people roles for"
        " the new municipality under Administration."
    )
    return _page(request, found, form, title=_("Record a merger or a new number"), lead=lead)


@login_required
def participant_split(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """A participant's number ends, and two or three take its place."""
    found = _managed(request, cooperation)
    participant = _participant(found, pk)
    form = SplitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            participation.split(
                cooperation=found,
                of=participant.municipality,
                **form.facts,
                by=request.user,
                today=_today(),
            )
            return _done(request, found, _("The division is recorded."))
    lead = _(
        "If it is the host, the first municipality takes that place. Roles do not go over: give"
        " people roles for the new municipalities under Administration."
    )
    title = _("%(municipality)s is divided") % {"municipality": participant.municipality}
    return _page(request, found, form, title=title, lead=lead)


def _today() -> date:
    return local_day(timezone.now())


def _managed(request: HttpRequest, slug: str) -> Cooperation:
    return visible_cooperation(request, slug=slug, permission=MANAGE).cooperation


def _participant(cooperation: Cooperation, pk: int) -> Participant:
    rows = cooperation.participants.select_related("municipality", "cooperation")
    return get_object_or_404(rows, pk=pk)


def _done(request: HttpRequest, cooperation: Cooperation, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("participants", cooperation=cooperation.slug)


def _page(request: HttpRequest, cooperation: Cooperation, form, **told: str) -> HttpResponse:
    return form_page(request, cooperation, form, back="participants", **told)
