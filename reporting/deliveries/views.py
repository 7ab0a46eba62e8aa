"""Deliveries: what is sent when, what became of each mail, and what a person does about it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from legevakt.lib.periods import Period, PeriodError
from municipalities.models import Cooperation
from municipalities.rules import Permission
from reporting.deliveries import operations, presenters, queries, rules, tasks
from reporting.deliveries.addressed import kind_of, sendable_schedule, sending_in
from reporting.deliveries.models import Delivery, DeliveryState, Dispatch, Schedule, ScheduleKind
from reporting.deliveries.outbox_views import has_outbox
from reporting.deliveries.words import words_for
from reporting.letters.operations import LetterHasToWait

ROWS_A_PAGE = 50


@require_safe
@login_required
def deliveries(request: HttpRequest) -> HttpResponse:
    """Each cooperation's schedules, what can be sent, and the state of every delivery."""
    seen = Cooperation.objects.where(request.user, Permission.VIEW_DELIVERIES)
    cooperations = list(seen.order_by("name", "pk"))
    if not cooperations:
        raise Http404
    sending = sending_in(request)
    found = Paginator(queries.deliveries_for(request.user), ROWS_A_PAGE)
    page = found.get_page(request.GET.get("page"))
    context = {
        "sections": [
            presenters.section(
                each,
                schedules=_schedules(each),
                may_send=each.pk in sending,
                now=timezone.now(),
            )
            for each in cooperations
        ],
        "page": page,
        "table": presenters.table(page.object_list, sending=sending),
        "may_send": bool(sending),
        "has_outbox": has_outbox(),
    }
    return render(request, "reporting/deliveries/deliveries.html", context)


@require_safe
@login_required
def dispatch(request: HttpRequest, pk: int) -> HttpResponse:
    """What was sent of one period, and what became of each mail."""
    rows = Dispatch.objects.visible_to(request.user)
    found = get_object_or_404(rows.select_related("schedule__cooperation", "released_by"), pk=pk)
    sending = sending_in(request)
    deliveries = queries.deliveries_for(request.user).filter(dispatch=found)
    context = {
        "dispatch": presenters.dispatch_page(found),
        "table": presenters.table(deliveries, sending=sending),
        "may_send": found.schedule.cooperation_id in sending,
    }
    return render(request, "reporting/deliveries/dispatch.html", context)


@require_POST
@login_required
def send_now(
    request: HttpRequest, cooperation: str, kind: str, year: int, month: int
) -> HttpResponse:
    """Send what is due of the period to those who have not been sent it."""
    schedule = sendable_schedule(request, slug=cooperation, kind=kind_of(kind))
    due = _asked_for(schedule, year=year, month=month)
    try:
        waiting = operations.release_due(due=due, at=timezone.now(), by=request.user)
    except LetterHasToWait as error:
        messages.error(request, words_for(error))
        return redirect("deliveries")
    tasks.queue(waiting)
    if waiting:
        text = ngettext(
            "%(count)s message is on its way.", "%(count)s messages are on their way.", len(waiting)
        )
        messages.success(request, text % {"count": len(waiting)})
    else:
        messages.info(request, _("Everybody has been sent this already."))
    return redirect("deliveries")


@require_POST
@login_required
def send_again(request: HttpRequest, delivery: int) -> HttpResponse:
    """Send what failed once more; what may have arrived, only when the person has asked."""
    found = _sendable(request, pk=delivery)
    if found.state == DeliveryState.UNKNOWN and not request.POST.get("is_checked"):
        messages.error(request, _("Ask the recipient first, and say that you have."))
        return redirect("deliveries")
    refused = operations.IsNotToBeSentAgain, operations.IsNoRecipient, operations.ReasonIsMissing
    try:
        waiting = operations.send_again(
            delivery=found,
            reason=request.POST.get("reason", "").replace("\x00", "")[:200],
            by=request.user,
            at=timezone.now(),
        )
    except refused as error:
        messages.error(request, words_for(error))
    else:
        tasks.queue([waiting])
        messages.success(request, _("It is on its way to %(email)s.") % {"email": waiting.email})
    return redirect("deliveries")


@require_POST
@login_required
def note(request: HttpRequest, delivery: int) -> HttpResponse:
    """Note by hand what became of a mail: it arrived, came back, or was unwanted."""
    found = _sendable(request, pk=delivery)
    state = request.POST.get("state", "")
    if state not in DeliveryState.values:
        raise Http404
    try:
        operations.note(delivery=found, state=state, at=timezone.now(), code="by_hand")
    except operations.CannotBeNoted as error:
        messages.error(request, words_for(error))
    else:
        messages.success(request, _("It is noted."))
    return redirect("deliveries")


def _schedules(cooperation: Cooperation) -> dict[str, Schedule]:
    rows = Schedule.objects.filter(cooperation=cooperation).select_related("cooperation")
    return {each.kind: each for each in rows.order_by("pk")}


def _asked_for(schedule: Schedule, *, year: int, month: int) -> queries.Due:
    """The last issued report of the year, or the letter of the period. Raises Http404."""
    try:
        first = Period.month(year, month).starts_on
    except PeriodError as error:
        raise Http404 from error
    period = rules.period_of(kind=schedule.kind, day=first)
    if period.starts_on != first or period not in queries.periods_by_hand(
        schedule, now=timezone.now()
    ):
        raise Http404
    report = None
    if schedule.kind == ScheduleKind.ANNUAL_REPORT:
        issued = queries.issued_reports(schedule.cooperation)
        report = next(each for each in issued if each.year == year)
    return queries.Due(schedule=schedule, period=period, report=report)


def _sendable(request: HttpRequest, *, pk: int) -> Delivery:
    rows = Delivery.objects.where(request.user, Permission.SEND_DELIVERIES)
    return get_object_or_404(rows, pk=pk)
