"""The page of a form about costs: asked, refused in words, or done and on to where it shows."""

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
from municipalities.costs.allocation.errors import CannotAllocate
from municipalities.costs.errors import Refused

Asked = TypeVar("Asked", bound=forms.Form)
Told = Callable[[Refused | CannotAllocate], str]
TEMPLATE = "municipalities/costs/form.html"


def form_page(
    request: HttpRequest,
    *,
    cooperation: Cooperation,
    form: forms.Form,
    run: Callable[[], str | None],
    told: Told,
    done: str,
    back: str,
    title: str,
    submit_label: str,
    refusals: Mapping[str, str | Promise] | None = None,
    template: str = TEMPLATE,
    **context: Any,
) -> HttpResponse:
    """Show the form, or `run` what it asks for and tell that it is `done`.

    `run` gives the address to go to, None for `back`; what it refuses is said by `told`, and what
    the database refuses by `refusals` (a rule's name → words). A `reason` in the form goes into
    the history. Further context: `lead`, `above_label`, `above_url`, `list_label`, `list_url`,
    `submit_color`.
    """
    if request.method == "POST" and form.is_valid():
        target = _run(form, run, told=told, refusals=refusals or {})
        if form.is_valid():
            messages.success(request, done)
            return redirect(target or back)
    context |= {"cooperation": cooperation, "form": form, "back": back, "title": title}
    context |= {"submit_label": submit_label}
    return render(request, template, context, status=422 if form.errors else 200)


def answer_of(request: HttpRequest, form_class: type[Asked], **arguments: Any) -> Asked:
    """The form as it was sent, or empty with its `initial` values."""
    is_sent = request.method == "POST"
    return form_class(
        request.POST if is_sent else None, request.FILES if is_sent else None, **arguments
    )


def _run(
    form: forms.Form,
    run: Callable[[], str | None],
    *,
    told: Told,
    refusals: Mapping[str, str | Promise],
) -> str | None:
    reason = form.cleaned_data.get("reason", "")
    with (
        pghistory.context(reason=reason) if reason else nullcontext(),
        told_in(form, refusals),
    ):
        try:
            return run()
        except (Refused, CannotAllocate) as error:
            form.add_error(None, told(error))
    return None
