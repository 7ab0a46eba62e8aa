"""Writing, changing and taking away notes on the curves of quality."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from legevakt.lib.periods import local_day
from municipalities.access.rules import Permission
from municipalities.cooperations.visible import reader, visible_cooperation
from municipalities.form_pages import answer_of, form_page
from municipalities.quality.notes import operations
from municipalities.quality.notes.forms import WORDS, ChangeForm, NoteForm, ReasonForm, as_told
from municipalities.quality.notes.models import NoteSubject, QualityNote
from municipalities.quality.notes.words import page_names

MANAGE = Permission.MANAGE_QUALITY
FOLDER = "municipalities/quality"


@login_required
def quality_note_new(request: HttpRequest, cooperation: str, subject: str) -> HttpResponse:
    """A note on a curve."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    if subject not in NoteSubject.values:
        raise Http404
    form = answer_of(request, NoteForm, initial={"starts_date": local_day(timezone.now())})

    def run() -> str:
        note = operations.write(
            cooperation=visible.cooperation,
            subject=subject,
            by=reader(request),
            at=timezone.now(),
            **form.told,
        )
        return _on_the_curve(cooperation, subject, note.starts_date)

    return form_page(
        request,
        cooperation=visible.cooperation,
        form=form,
        run=run,
        words=WORDS,
        done=_("The note is on the curve."),
        back=reverse(subject, args=[cooperation]),
        title=_("New note"),
        submit_label=_("Write"),
        template=f"{FOLDER}/form.html",
        **_above(cooperation, subject),
    )


@login_required
def quality_note(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Change a note's days or text, and say why."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    note = get_object_or_404(QualityNote, cooperation=visible.cooperation, pk=pk)
    form = answer_of(request, ChangeForm, initial=as_told(note))

    def run() -> str:
        operations.change(note=note, **form.told)
        return _on_the_curve(cooperation, note.subject, form.cleaned_data["starts_date"])

    return form_page(
        request,
        cooperation=visible.cooperation,
        form=form,
        run=run,
        words=WORDS,
        done=_("The note is changed."),
        back=_on_the_curve(cooperation, note.subject, note.starts_date),
        title=_("Change the note"),
        submit_label=_("Store"),
        template=f"{FOLDER}/note.html",
        note=note,
        **_above(cooperation, note.subject),
    )


@login_required
def quality_note_remove(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Take a note away, and say why."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    note = get_object_or_404(QualityNote, cooperation=visible.cooperation, pk=pk)
    return form_page(
        request,
        cooperation=visible.cooperation,
        form=answer_of(request, ReasonForm),
        run=lambda: operations.remove(note=note),
        words=WORDS,
        done=_("The note is taken away."),
        back=_on_the_curve(cooperation, note.subject, note.starts_date),
        title=_("Take away the note"),
        lead=note.text,
        submit_label=_("Take away"),
        submit_color="danger",
        template=f"{FOLDER}/form.html",
        **_above(cooperation, note.subject),
    )


def _on_the_curve(cooperation: str, subject: str, day: date) -> str:
    """The notes of the year page that shows the day."""
    return f"{reverse(subject, args=[cooperation])}?year={day.year}#notes"


def _above(cooperation: str, subject: str) -> dict[str, Any]:
    """Where the note's curve lies."""
    return {
        "list_label": page_names()[subject],
        "list_url": reverse(subject, args=[cooperation]),
    }
