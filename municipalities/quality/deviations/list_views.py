"""The lists of categories and severities, which the host edits."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from legevakt.lib.periods import local_day
from legevakt.lib.words import day
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.visible import visible_cooperation
from municipalities.form_pages import answer_of, form_page
from municipalities.quality.deviations import operations
from municipalities.quality.deviations.forms import ChangeEntryForm, EntryForm, ReasonForm
from municipalities.quality.deviations.models import DeviationCategory, DeviationSeverity
from municipalities.quality.deviations.views import TEMPLATE, deviations_list
from municipalities.quality.deviations.words import WORDS

MANAGE = Permission.MANAGE_QUALITY
KINDS: dict[str, tuple[Any, Any]] = {
    "categories": (DeviationCategory, gettext_lazy("Categories")),
    "severities": (DeviationSeverity, gettext_lazy("Severities")),
}


@require_safe
@login_required
def deviation_lists(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Both lists, and a button that fills them."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    lists = [_shown(kind, cooperation=visible.cooperation) for kind in KINDS]
    context = {
        "cooperation": visible.cooperation,
        "lists": lists,
        "is_empty": not any(each["entries"] for each in lists),
        **deviations_list(cooperation),
    }
    return render(request, "municipalities/quality/deviations/lists.html", context)


@require_POST
@login_required
def deviation_lists_fill(request: HttpRequest, cooperation: str) -> HttpResponse:
    """The usual words, in the cooperation's language."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    operations.fill_lists(cooperation=visible.cooperation)
    messages.success(request, _("The lists have the usual names. Change them as you like."))
    return redirect("deviation_lists", cooperation=cooperation)


@login_required
def deviation_entry_new(request: HttpRequest, cooperation: str, kind: str) -> HttpResponse:
    """A new word of a list."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    model, _label = _kind(kind)
    form = answer_of(request, EntryForm)

    def run() -> None:
        operations.add_entry(kind=model, cooperation=visible.cooperation, **form.cleaned_data)

    titles = {"categories": _("New category"), "severities": _("New severity")}
    return _page(
        request, visible.cooperation, form=form, run=run, title=titles[kind], done=_("It is added.")
    )


@login_required
def deviation_entry(request: HttpRequest, cooperation: str, kind: str, pk: int) -> HttpResponse:
    """Another name, place or end of a word."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    model, _label = _kind(kind)
    entry = get_object_or_404(model, cooperation=visible.cooperation, pk=pk)
    initial = {
        "name": entry.name,
        "position": entry.position or 1,
        "ends_date": entry.ends_date,
    }
    form = answer_of(request, ChangeEntryForm, initial=initial)

    def run() -> None:
        told = {name: form.cleaned_data[name] for name in initial}
        operations.change_entry(entry=entry, **told)

    return _page(
        request,
        visible.cooperation,
        form=form,
        run=run,
        title=_("Change %(name)s") % {"name": entry.name},
        done=_("It is changed."),
    )


@login_required
def deviation_entry_remove(
    request: HttpRequest, cooperation: str, kind: str, pk: int
) -> HttpResponse:
    """Remove a word that is not used."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    model, _label = _kind(kind)
    entry = get_object_or_404(model, cooperation=visible.cooperation, pk=pk)
    return _page(
        request,
        visible.cooperation,
        form=answer_of(request, ReasonForm),
        run=lambda: operations.remove_entry(entry=entry),
        title=_("Remove %(name)s") % {"name": entry.name},
        done=_("It is removed."),
        submit_label=_("Remove"),
        submit_color="danger",
    )


def _page(
    request: HttpRequest, cooperation: Cooperation, *, submit_label: str = "", **context: Any
) -> HttpResponse:
    back = reverse("deviation_lists", args=[cooperation.slug])
    return form_page(
        request,
        cooperation=cooperation,
        words=WORDS,
        back=back,
        submit_label=submit_label or _("Store"),
        template=TEMPLATE,
        above_label=_("Categories and severities"),
        above_url=back,
        **deviations_list(cooperation.slug),
        **context,
    )


def _kind(kind: str) -> tuple[Any, Any]:
    try:
        return KINDS[kind]
    except KeyError as error:
        raise Http404 from error


def _shown(kind: str, *, cooperation: Cooperation) -> dict[str, Any]:
    model, label = KINDS[kind]
    today = local_day(timezone.now())
    entries = model.objects.filter(cooperation=cooperation).order_by("position", "name", "pk")
    return {
        "kind": kind,
        "label": label,
        "entries": [
            {
                "pk": each.pk,
                "name": each.name,
                "ends": day(each.ends_date) if each.ends_date else "",
                "has_ended": each.ends_date is not None and each.ends_date <= today,
            }
            for each in entries
        ],
    }
