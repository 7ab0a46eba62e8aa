"""The page of a form: asked, refused in words, or done and on to where it shows."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, TypeVar

import pghistory
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from legevakt.lib.refusals import told_in
from municipalities.agreements import refusals
from municipalities.agreements.rules import AgreementError
from municipalities.cooperations.models import Cooperation

Asked = TypeVar("Asked", bound=forms.Form)
TEMPLATE = "municipalities/agreements/form.html"


def form_page(
    request: HttpRequest,
    *,
    cooperation: Cooperation,
    form: forms.Form,
    run: Callable[[], str | None],
    done: str,
    back: str,
    title: str,
    submit_label: str,
    **context: Any,
) -> HttpResponse:
    """Show the form, or `run` what it asks for and tell that it is `done`.

    `run` gives the address to go to, None for `back`. A `reason` in the form goes into the
    history. Further context: `lead`, `above_label`, `above_url`, `submit_color`.
    """
    if request.method == "POST" and form.is_valid():
        target = _run(form, run)
        if form.is_valid():
            messages.success(request, done)
            return redirect(target or back)
    context |= {"cooperation": cooperation, "form": form, "back": back, "title": title}
    context |= {"submit_label": submit_label}
    return render(request, TEMPLATE, context, status=422 if form.errors else 200)


def answer_of(request: HttpRequest, form_class: type[Asked], **arguments: Any) -> Asked:
    """The form as it was sent, or empty with its `initial` values."""
    is_sent = request.method == "POST"
    return form_class(
        request.POST if is_sent else None, request.FILES if is_sent else None, **arguments
    )


def _run(form: forms.Form, run: Callable[[], str | None]) -> str | None:
    reason = form.cleaned_data.get("reason", "")
    with (
        pghistory.context(reason=reason) if reason else nullcontext(),
        told_in(form, refusals.REFUSALS),
    ):
        try:
            return run()
        except AgreementError as error:
            field = refusals.field_of(error)
            form.add_error(field if field in form.fields else None, refusals.error(error))
    return None
