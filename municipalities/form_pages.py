"""The page of a form: asked, refused in words, or done and on to where it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from typing import Any, TypeVar

import pghistory
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from legevakt.lib.refusals import told_in
from municipalities.cooperations.models import Cooperation
from municipalities.refused import Refused

Asked = TypeVar("Asked", bound=forms.Form)
Words = Mapping[str, str | Promise]
Told = Callable[
    [Any], tuple[str | None, str]
]  # an error → the field it is about, if any, and its words


def answer_of(request: HttpRequest, form_class: type[Asked], **arguments: Any) -> Asked:
    """The form as it was sent, or empty with its `initial` values."""
    is_sent = request.method == "POST"
    return form_class(
        request.POST if is_sent else None, request.FILES if is_sent else None, **arguments
    )


def form_page(
    request: HttpRequest,
    *,
    cooperation: Cooperation,
    form: forms.Form,
    run: Callable[[], str | None],
    words: Words,
    done: str,
    back: str,
    title: str,
    submit_label: str,
    template: str,
    errors: tuple[type[Exception], ...] = (Refused,),
    told: Told | None = None,
    **context: Any,
) -> HttpResponse:
    """Show the form, or `run` what it asks for and tell that it is `done`.

    `run` gives the address to go to, None for `back`. What it refuses, and what the database does,
    is said by `words`: the code of a Refused, or the name of a constraint or trigger → words that
    tell how to go on. Rooms with `errors` of their own tell them by `told`. A `reason` in the form
    goes into the history. Further context: `lead`, `above_label`, `above_url`, `list_label`,
    `list_url`, `submit_color`.
    """
    if request.method == "POST" and form.is_valid():
        target = _run(form, run, words=words, errors=errors, told=told or _by(words))
        if form.is_valid():
            messages.success(request, done)
            return redirect(target or back)
    context |= {"cooperation": cooperation, "form": form, "back": back, "title": title}
    context |= {"submit_label": submit_label}
    return render(request, template, context, status=422 if form.errors else 200)


def told(refused: Refused, words: Words) -> str:
    """The words of what is refused, filled with its facts."""
    return str(words[refused.code]) % refused.facts


def _by(words: Words) -> Told:
    return lambda refused: (refused.field, told(refused, words))


def _run(
    form: forms.Form,
    run: Callable[[], str | None],
    *,
    words: Words,
    errors: tuple[type[Exception], ...],
    told: Told,
) -> str | None:
    reason = getattr(form, "reason", "") or form.cleaned_data.get("reason", "")
    because = pghistory.context(reason=reason) if reason else nullcontext()
    with because, told_in(form, words):
        try:
            return run()
        except errors as refused:
            field, text = told(refused)
            form.add_error(field if field in form.fields else None, text)
    return None
