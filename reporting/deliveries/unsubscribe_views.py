"""Declining what is optional by the link in its mail, without a login (RFC 8058)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from reporting.deliveries import operations, unsubscribing


@csrf_exempt  # the signed link itself is what permits it, and a mail program posts it
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, so that a program that follows links changes nothing; POST declines, or undoes it.

    Says nothing that the mail with the link did not say.
    """
    try:
        delivery = unsubscribing.delivery_of(token)
    except unsubscribing.NoSuchLink:
        raise Http404 from None
    schedule, email = delivery.dispatch.schedule, unsubscribing.address_of(delivery)
    if request.method == "POST" and request.POST.get("wanted") == "yes":
        operations.want_again(schedule=schedule, email=email)
    elif request.method == "POST":
        operations.decline(schedule=schedule, email=email, at=timezone.now())
    with translation.override(delivery.language):
        context = {
            "what": capfirst(schedule.get_kind_display()),
            "of": schedule.cooperation.name,
            "is_declined": schedule.declined.filter(email__iexact=email).exists(),
            "was_posted": request.method == "POST",
        }
        return render(request, "reporting/deliveries/unsubscribe.html", context)
