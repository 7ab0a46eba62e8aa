"""Writing and removing notes on the curves of quality."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from legevakt.lib.inputs import DateField
from legevakt.lib.periods import local_day
from municipalities.access.rules import Permission
from municipalities.cooperations.visible import reader, visible_cooperation
from municipalities.form_pages import answer_of, form_page
from municipalities.quality.notes import operations
from municipalities.quality.notes.models import NoteSubject, QualityNote

MANAGE = Permission.MANAGE_QUALITY
WORDS = {"quality_note_ends_after_start": gettext_lazy("The last day is before the first.")}


class NoteForm(forms.Form):
    """What happened, and when."""

    starts_date = DateField(label=gettext_lazy("From"))
    ends_date = DateField(
        label=gettext_lazy("To"),
        required=False,
        help_text=gettext_lazy("Empty where it goes on, or was on one day."),
    )
    text = forms.CharField(
        label=gettext_lazy("What happened"),
        max_length=200,
        help_text=gettext_lazy("Name nobody."),
    )

    def clean(self):
        found = super().clean() or self.cleaned_data
        starts, ends = found.get("starts_date"), found.get("ends_date")
        if starts and ends and ends <= starts:
            self.add_error("ends_date", WORDS["quality_note_ends_after_start"])
        return found


@login_required
def quality_note_new(request: HttpRequest, cooperation: str, subject: str) -> HttpResponse:
    """A note on a curve."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    if subject not in NoteSubject.values:
        raise Http404
    form = answer_of(request, NoteForm, initial={"starts_date": local_day(timezone.now())})

    def run() -> None:
        operations.write(
            cooperation=visible.cooperation,
            subject=subject,
            by=reader(request),
            at=timezone.now(),
            **form.cleaned_data,
        )

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
        template="municipalities/quality/form.html",
    )


@require_POST
@login_required
def quality_note_remove(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Take a note away."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    note = get_object_or_404(QualityNote, cooperation=visible.cooperation, pk=pk)
    operations.remove(note=note)
    messages.success(request, _("The note is taken away."))
    return redirect(note.subject, cooperation=cooperation)
