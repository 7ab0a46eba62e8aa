"""What people do with a period: check it, publish it, open a revision of it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from callstats.periods import differences, operations, presenters
from callstats.periods import reading as period_reading
from callstats.periods import words as life
from callstats.periods.forms import PublishForm, ReviseForm
from callstats.periods.models import IndicatorPeriod, PeriodState
from callstats.periods.names import spoken
from callstats.periods.operations import PeriodError
from callstats.periods.views import shown, visible_central, written_period
from municipalities.models import Central
from municipalities.queries import cooperations_where
from municipalities.rules import Permission


@require_POST
@login_required
def check(request: HttpRequest, central: str, period: str) -> HttpResponse:
    """The reader found the figures right; where they are others now, look again."""
    found = _latest(request, central, period, Permission.CHECK_FIGURES)
    seen = request.POST.get("seen", "")
    try:
        operations.check(period=found, seen=seen, by=request.user, at=timezone.now())
    except operations.HasChanged:
        return _look_again(request, found)
    except PeriodError as error:
        return _stopped(request, found, error)
    messages.success(request, _("It is checked. The host's director can publish it."))
    return redirect(life.period_url(found, is_latest=True))


@login_required
def publish(request: HttpRequest, central: str, period: str) -> HttpResponse:
    """GET asks, POST publishes: then the figures are frozen."""
    found = _latest(request, central, period, Permission.PUBLISH_FIGURES)
    if found.state != PeriodState.CHECKED:
        error = operations.AlreadyPublished() if found.is_published else operations.NotChecked()
        return _stopped(request, found, error)
    level = period_reading.national(period_reading.figures_of(found))
    is_provisional = life.is_provisional(level)
    form = PublishForm(_sent(request), needs_reason=is_provisional)
    if request.method == "POST" and form.is_valid():
        return _published(request, found, reason=form.cleaned_data.get("provisional_reason", ""))
    context = {
        "central": found.central,
        "row": found,
        "form": form,
        "title": spoken(found.period),
        "value": life.value_words(level),
        "parts": life.parts_words(level),
        "is_provisional": is_provisional,
        "checked": presenters.checked_facts(found),
        "back_url": life.period_url(found, is_latest=True),
    }
    status = 422 if form.errors else 200
    return render(request, "callstats/periods/publish.html", context, status=status)


@login_required
def revise(request: HttpRequest, central: str, period: str) -> HttpResponse:
    """GET asks why, POST opens a revision of what is published."""
    allowed = (Permission.CHECK_FIGURES, Permission.PUBLISH_FIGURES)
    found = _latest(request, central, period, *allowed)
    if not found.is_published:
        return _stopped(request, found, operations.NotPublished())
    form = ReviseForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        return _revised(request, found, reason=form.cleaned_data["reason"])
    context = {
        "central": found.central,
        "row": found,
        "form": form,
        "title": spoken(found.period),
        "back_url": life.period_url(found),
    }
    status = 422 if form.errors else 200
    return render(request, "callstats/periods/revise.html", context, status=status)


def _published(request: HttpRequest, found: IndicatorPeriod, *, reason: str) -> HttpResponse:
    try:
        operations.publish(
            period=found, by=request.user, at=timezone.now(), provisional_reason=reason
        )
    except PeriodError as error:
        return _stopped(request, found, error)
    messages.success(request, _("It is published, and its figures are frozen."))
    return redirect(life.period_url(found))


def _revised(request: HttpRequest, found: IndicatorPeriod, *, reason: str) -> HttpResponse:
    try:
        revision = operations.open_revision(
            period=found, reason=reason, by=request.user, at=timezone.now()
        )
    except PeriodError as error:
        return _stopped(request, found, error)
    told = _("The revision is open: late rows of the period are taken again.")
    messages.success(request, told)
    return redirect(life.period_url(revision, is_latest=True))


def _look_again(request: HttpRequest, found: IndicatorPeriod) -> HttpResponse:
    """The page with the figures as they are now, and what is new in them."""
    row = _computed(found)
    revisions = period_reading.revisions_of(
        central=row.central, period=row.period, number=row.revision
    )
    if revisions is None:
        raise Http404
    now = differences.told(period_reading.figures_of(row))
    changes = differences.differences(differences.read(request.POST.get("shown", "")), now)
    return shown(request, central=row.central, revisions=revisions, changes=changes, status=409)


def _stopped(request: HttpRequest, found: IndicatorPeriod, error: PeriodError) -> HttpResponse:
    """Say why, and show the figures as they are now: what stopped it was undone with it."""
    row = _computed(found)
    messages.error(request, life.error_words(error))
    if isinstance(error, operations.Incomplete):
        return redirect(life.step_url("period_publish", row))
    return redirect(life.period_url(row, is_latest=True))


def _computed(found: IndicatorPeriod) -> IndicatorPeriod:
    return operations.compute(central=found.central, period=found.period, at=timezone.now())


def _latest(
    request: HttpRequest, central: str, period: str, *permissions: Permission
) -> IndicatorPeriod:
    """The period's latest revision, where the person holds one of the permissions; else 404."""
    found = visible_central(request, central)
    if not any(_is_held(request, found, permission) for permission in permissions):
        raise Http404
    rows = IndicatorPeriod.objects.of(central=found, period=written_period(period))
    row = rows.select_related("central__cooperation", "checked_by").first()
    if row is None:
        raise Http404
    return row


def _is_held(request: HttpRequest, central: Central, permission: Permission) -> bool:
    held = cooperations_where(user=request.user, permission=permission)
    return held.filter(pk=central.cooperation_id).exists()


def _sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, also where a form without fields sends nothing."""
    return request.POST if request.method == "POST" else None
