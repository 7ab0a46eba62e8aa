"""The page of a form: asked, refused in words, or done and on to where it shows."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pghistory
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from legevakt.lib.refusals import told_in
from municipalities.cooperations.models import Cooperation
from municipalities.doctors import words
from municipalities.doctors.rules import ExemptionFault

TEMPLATE = "municipalities/doctors/form.html"


def sent(request: HttpRequest, form_class: type[forms.Form], **arguments: Any) -> Any:
    """The form as it was sent, or with its `initial` values."""
    if request.method != "POST":
        return form_class(**arguments)
    return form_class(request.POST, request.FILES, **arguments)


def form_page(
    request: HttpRequest,
    *,
    cooperation: Cooperation,
    form: forms.Form,
    run: Callable[[], object],
    done: str,
    back: str,
    template: str = TEMPLATE,
    **context: Any,
) -> HttpResponse:
    """Show the form; once it is clean, `run` and go `back`, where it is told to be `done`.

    A `reason` of the form goes into the history. Further context: `title`, `lead`,
    `submit_label`, `above_label`, `above_url`.
    """
    if request.method == "POST" and form.is_valid():
        _run(form, run)
        if form.is_valid():
            messages.success(request, done)
            return redirect(back)
    context |= {"cooperation": cooperation, "form": form, "back": back}
    return render(request, template, context, status=422 if form.errors else 200)


def _run(form: forms.Form, run: Callable[[], object]) -> None:
    reason = getattr(form, "reason", "") or form.cleaned_data.get("reason", "")
    because = pghistory.context(reason=reason) if reason else nullcontext()
    try:
        with told_in(form, words.DATABASE), because:
            run()
    except ExemptionFault as fault:
        field = fault.field if fault.field in form.fields else None
        form.add_error(field, str(words.FAULTS[fault.code]))
