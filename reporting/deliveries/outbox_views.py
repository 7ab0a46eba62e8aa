"""The demonstration's outbox: the mails that would have been sent."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from municipalities.queries import cooperations_where
from municipalities.rules import Permission
from reporting.deliveries import attachments, presenters

OUTBOX_BACKEND = "legevakt.lib.outbox.OutboxBackend"


def has_outbox() -> bool:
    """Whether mails go to the outbox instead of to a mail server."""
    return settings.EMAIL_BACKEND == OUTBOX_BACKEND


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


def _require_outbox(request: HttpRequest) -> None:
    seen = cooperations_where(user=request.user, permission=Permission.VIEW_DELIVERIES)
    if not has_outbox() or not seen.exists():
        raise Http404
