"""Correcting a letter that was sent: the next edition goes to those who receive it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reporting.deliveries import operations, tasks
from reporting.deliveries.addressed import sending_in
from reporting.deliveries.forms import LetterCorrectionForm
from reporting.deliveries.words import words_for
from reporting.letters.models import PeriodLetter
from reporting.letters.operations import CannotBeCorrected
from reporting.letters.telling import title_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def correct_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was wrong; the corrected letter has today's figures, and is sent at once."""
    allowed = PeriodLetter.objects.filter(cooperation__in=sending_in(request))
    found = get_object_or_404(allowed.select_related("cooperation"), pk=pk)
    form = LetterCorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, waiting = operations.correct_letter(
                letter=found, at=timezone.now(), by=request.user, **form.cleaned_data
            )
        except CannotBeCorrected as error:
            messages.error(request, words_for(error))
            return redirect("letter", pk=pk)
        tasks.queue(waiting)
        messages.success(request, _("The corrected letter is made."))
        return redirect("letter", pk=made.pk)
    context = {"form": form, "pk": pk, "what": title_of(found)}
    status = 422 if form.errors else 200
    return render(request, "reporting/deliveries/correct_letter.html", context, status=status)
