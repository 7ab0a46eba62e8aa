"""Pages that set a telephone system up: a new one, its settings, its queues, its sandbox."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from callstats.feeds import operations
from callstats.feeds.forms import NewSourceForm, SourceForm
from callstats.feeds.models import Source
from callstats.feeds.queue_forms import QueuesForm, saved_words
from callstats.periods.tasks import recompute_central
from legevakt.lib.nudging import nudge
from municipalities.queries import cooperations_where
from municipalities.rules import Permission

SETTINGS = ("name", "profile", "zone", "is_expected", "silent_after_minutes")


@login_required
def source_new(request) -> HttpResponse:
    """A new telephone system, or a sandbox; then its queues are asked for."""
    if not cooperations_where(user=request.user, permission=Permission.MANAGE_FEEDS).exists():
        raise Http404
    form = NewSourceForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.make_source(**form.cleaned_data)
        except operations.SetupError:  # somebody took the short name in between
            form.add_error("slug", _("The short name is taken. Choose another."))
        else:
            messages.success(request, _("The telephone system is set up. Now map its queues."))
            return redirect("source_queues", slug=made.slug)
    context = {
        "form": form,
        "title": _("New telephone system"),
        "lead": _("Choose what it is. Its queues come on the next page."),
        "submit_label": _("Set it up"),
        "cancel_url": reverse("sources"),
    }
    return _form_page(request, context)


@login_required
def source_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Name, profile, zone, and when its silence is told."""
    found = managed_source(request, slug)
    initial = {name: getattr(found, name) for name in SETTINGS}
    form = SourceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        operations.change_source(source=found, **form.cleaned_data)
        nudge(recompute_central, central_id=found.central_id)
        messages.success(request, _("The settings are saved."))
        return redirect("source", slug=slug)
    context = {
        "form": form,
        "source": found,
        "title": _("Settings"),
        "lead": _("Calls stay as they were read. How complete the months are is counted anew."),
        "submit_label": _("Save the settings"),
        "cancel_url": reverse("source", args=[slug]),
    }
    return _form_page(request, context)


@login_required
def source_queues(request: HttpRequest, slug: str) -> HttpResponse:
    """Which public number each queue serves."""
    found = managed_source(request, slug)
    form = QueuesForm(request.POST if request.method == "POST" else None, source=found)
    if request.method == "POST" and form.is_valid():
        operations.set_queues(source=found, queues=form.queues)
        messages.success(request, saved_words(len(form.queues)))
        return redirect("source", slug=slug)
    context = {"form": form, "source": found}
    status = 422 if form.errors else 200
    return render(request, "callstats/feeds/queues.html", context, status=status)


@require_POST
@login_required
def source_sandbox(request: HttpRequest, slug: str) -> HttpResponse:
    """A source like this one in the central's sandbox, where a feed can be tried out."""
    found = managed_source(request, slug)
    try:
        made = operations.copy_to_sandbox(source=found, at=timezone.now())
    except operations.SetupError:
        messages.error(request, _("The short name of the sandbox is taken by another."))
        return redirect("source", slug=slug)
    messages.success(request, _("This is the sandbox. Nothing that comes in here is counted."))
    return redirect("source", slug=made.slug)


def managed_source(request, slug: str) -> Source:
    """The source, for who may set it up; else 404."""
    allowed = Source.objects.where(request.user, Permission.MANAGE_FEEDS)
    return get_object_or_404(allowed.select_related("central__cooperation"), slug=slug)


def _form_page(request: HttpRequest, context: dict) -> HttpResponse:
    status = 422 if context["form"].errors else 200
    return render(request, "callstats/feeds/form.html", context, status=status)
