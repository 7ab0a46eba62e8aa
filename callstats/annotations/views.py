"""Pages of the notes on a central's figures."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from callstats.annotations import operations, presenters, queries
from callstats.annotations.forms import AnnotationForm, asked_days, initial_of
from callstats.annotations.models import Annotation
from municipalities.models import Central
from municipalities.queries import is_held
from municipalities.rules import Permission

PAGE_ROWS = 50


@require_safe
@login_required
def notes(request: HttpRequest, central: str) -> HttpResponse:
    """Every note of the central, the newest days first."""
    found = _visible_central(request, slug=central)
    may_write = _may_write(request, found)
    notes = found.annotations.select_related("created_by").order_by("-starts_on", "-pk")
    page = Paginator(notes, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "central": found,
        "page": page,
        "rows": presenters.note_rows(page),
        "columns": presenters.columns(may_write=may_write),
        "may_write": may_write,
        "removed": presenters.note_rows(queries.removed(central=found)) if may_write else [],
        "removed_columns": presenters.REMOVED_COLUMNS,
    }
    return render(request, "callstats/annotations/annotations.html", context)


@login_required
def annotation_new(request: HttpRequest, central: str) -> HttpResponse:
    """Write a note; `?starts_on=&last_day=` fills in its days."""
    found = _visible_central(request, slug=central)
    if not _may_write(request, found):
        raise Http404
    form = AnnotationForm(
        request.POST if request.method == "POST" else None, initial=asked_days(request.GET)
    )
    if request.method == "POST" and form.is_valid():
        operations.add(central=found, **form.facts, by=request.user, at=timezone.now())
        messages.success(request, _("The note is written."))
        return redirect("annotations", central=central)
    return _form_page(request, central=found, form=form, title=_("Write a note"))


@login_required
def annotation_change(request: HttpRequest, central: str, pk: int) -> HttpResponse:
    """Say it anew; the history keeps what it said."""
    note = _writable_note(request, central=central, pk=pk)
    form = AnnotationForm(
        request.POST if request.method == "POST" else None, initial=initial_of(note)
    )
    if request.method == "POST" and form.is_valid():
        operations.change(annotation=note, **form.facts)
        messages.success(request, _("The note is changed."))
        return redirect("annotations", central=central)
    return _form_page(
        request, central=note.central, form=form, title=_("Change the note"), note=note
    )


@login_required
def annotation_remove(request: HttpRequest, central: str, pk: int) -> HttpResponse:
    """Ask once, then take it away; who did it is kept."""
    note = _writable_note(request, central=central, pk=pk)
    if request.method == "POST":
        operations.remove(annotation=note, by=request.user, at=timezone.now())
        messages.success(request, _("The note is taken away."))
        return redirect("annotations", central=central)
    (row,) = presenters.note_rows([note])
    context = {"central": note.central, "note": note, "row": row}
    return render(request, "callstats/annotations/remove.html", context)


def _visible_central(request: HttpRequest, *, slug: str) -> Central:
    found = Central.objects.visible_to(request.user).select_related("cooperation")
    return get_object_or_404(found, slug=slug)


def _may_write(request: HttpRequest, central: Central) -> bool:
    return is_held(
        user=request.user, permission=Permission.ANNOTATE, cooperation=central.cooperation
    )


def _writable_note(request: HttpRequest, *, central: str, pk: int) -> Annotation:
    """The note, for who may write notes on its central; else 404."""
    found = Annotation.objects.visible_to(request.user).select_related(
        "central__cooperation", "created_by"
    )
    note = get_object_or_404(found, central__slug=central, pk=pk)
    if not _may_write(request, note.central):
        raise Http404
    return note


def _form_page(request: HttpRequest, *, form: AnnotationForm, **context) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(
        request, "callstats/annotations/form.html", {"form": form, **context}, status=status
    )
