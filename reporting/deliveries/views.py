"""Deliveries: when reports are sent, to whom they went, and in the demo the outbox."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from municipalities.models import Cooperation
from municipalities.queries import cooperations_where
from municipalities.rules import Permission
from reporting.annual_report.models import AnnualReport, ReportState
from reporting.deliveries import attachments, operations, presenters, queries, tasks
from reporting.deliveries.forms import ScheduleForm
from reporting.deliveries.models import Delivery, DeliveryState, Schedule

OUTBOX_BACKEND = "legevakt.lib.outbox.OutboxBackend"
ROWS_A_PAGE = 50


@require_safe
@login_required
def deliveries(request: HttpRequest) -> HttpResponse:
    """Each cooperation's schedule, what can be sent, and the state of every delivery."""
    seen = Cooperation.objects.where(request.user, Permission.VIEW_DELIVERIES)
    cooperations = list(seen.order_by("name", "pk"))
    if not cooperations:
        raise Http404
    sending = set(
        cooperations_where(user=request.user, permission=Permission.SEND_DELIVERIES).values_list(
            "pk", flat=True
        )
    )
    found = Paginator(queries.deliveries_for(request.user), ROWS_A_PAGE)
    page = found.get_page(request.GET.get("page"))
    context = {
        "sections": [
            presenters.section(each, may_send=each.pk in sending, now=timezone.now())
            for each in cooperations
        ],
        "page": page,
        "table": presenters.table(page.object_list, sending=sending),
        "may_send": bool(sending),
        "has_outbox": settings.EMAIL_BACKEND == OUTBOX_BACKEND,
    }
    return render(request, "reporting/deliveries/deliveries.html", context)


@login_required
def schedule(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Set the day and time of the year."""
    found = _sendable(request, slug=cooperation)
    present = Schedule.objects.filter(cooperation=found).first()
    initial = None if present else ScheduleForm.proposed()
    form = ScheduleForm(request.POST or None, instance=present, initial=initial)
    if request.method == "POST" and form.is_valid():
        operations.set_schedule(cooperation=found, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The schedule is saved."))
        return redirect("deliveries")
    context = {"form": form, "name": found.name}
    return render(request, "reporting/deliveries/schedule.html", context)


@require_POST
@login_required
def send_now(request: HttpRequest, cooperation: str, report: int) -> HttpResponse:
    """Send an approved report to those who have not been sent it."""
    found = _sendable(request, slug=cooperation)
    plan = get_object_or_404(Schedule, cooperation=found)
    approved = get_object_or_404(
        AnnualReport, pk=report, cooperation=found, state=ReportState.APPROVED
    )
    waiting = operations.release(schedule=plan, report=approved, at=timezone.now())
    tasks.queue(waiting)
    if waiting:
        text = ngettext(
            "%(count)s message is on its way.", "%(count)s messages are on their way.", len(waiting)
        )
        messages.success(request, text % {"count": len(waiting)})
    else:
        messages.info(request, _("Everybody has been sent this report already."))
    return redirect("deliveries")


@require_POST
@login_required
def send_again(request: HttpRequest, delivery: int) -> HttpResponse:
    """Send what failed once more; what may have arrived, only when the person has asked."""
    found = get_object_or_404(
        Delivery.objects.where(request.user, Permission.SEND_DELIVERIES), pk=delivery
    )
    if found.state == DeliveryState.UNKNOWN and not request.POST.get("is_checked"):
        messages.error(request, _("Ask the recipient first, and say that you have."))
        return redirect("deliveries")
    try:
        waiting = operations.send_again(delivery=found, by=request.user, at=timezone.now())
    except (operations.IsNotToBeSentAgain, operations.IsNoRecipient) as error:
        messages.error(request, presenters.words_for(error))
    else:
        tasks.queue([waiting])
        messages.success(
            request, _("The report is on its way to %(email)s.") % {"email": waiting.email}
        )
    return redirect("deliveries")


@require_safe
@login_required
def outbox(request: HttpRequest) -> HttpResponse:
    """What the demo would have sent of the deliveries that the person may see."""
    _require_outbox(request)
    page = Paginator(attachments.messages(request.user), 20).get_page(request.GET.get("page"))
    context = {"page": page, "mails": [presenters.mail(each) for each in page.object_list]}
    return render(request, "reporting/deliveries/outbox.html", context)


@require_safe
@login_required
def outbox_attachment(request: HttpRequest, name: str, position: int) -> HttpResponse:
    """A file that such a message carries."""
    _require_outbox(request)
    try:
        found = attachments.attachment(user=request.user, name=name, position=position)
    except attachments.NoSuchAttachment:
        raise Http404 from None
    answer = HttpResponse(found.content, content_type=found.media_type)
    answer["Content-Disposition"] = f'inline; filename="{found.name}"'
    return answer


def _sendable(request: HttpRequest, *, slug: str) -> Cooperation:
    allowed = Cooperation.objects.where(request.user, Permission.SEND_DELIVERIES)
    return get_object_or_404(allowed, slug=slug)


def _require_outbox(request: HttpRequest) -> None:
    seen = cooperations_where(user=request.user, permission=Permission.VIEW_DELIVERIES)
    if settings.EMAIL_BACKEND != OUTBOX_BACKEND or not seen.exists():
        raise Http404
