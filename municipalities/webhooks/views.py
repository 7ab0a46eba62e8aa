"""Webhooks: the list, setting one up, and one with the log of its messages."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.webhooks import operations, presenters, queries, tasks
from municipalities.webhooks.forms import WebhookForm
from municipalities.webhooks.models import WebhookEndpoint, WebhookMessage

MESSAGES_A_PAGE = 50
JUST_MADE = "webhook_just_made"
form_methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def webhooks(request: HttpRequest) -> HttpResponse:
    """The webhooks of every cooperation whose feeds the person looks after."""
    cooperations = list(_manageable(request).order_by("name", "pk"))
    if not cooperations:
        raise Http404
    found = queries.endpoints_for(request.user)
    sections = presenters.sections(cooperations=cooperations, endpoints=found)
    return render(request, "municipalities/webhooks/webhooks.html", {"sections": sections})


@form_methods
@login_required
def add(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Set one up; its page then shows the signing secret this once."""
    found = get_object_or_404(_manageable(request), slug=cooperation)
    form = WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        endpoint = operations.add_endpoint(
            cooperation=found, by=request.user, at=timezone.now(), **form.cleaned_data
        )
        request.session[JUST_MADE] = endpoint.pk
        return redirect("webhook", endpoint.pk)
    context = {"form": form, "name": found.name}
    return _form_page(request, "add", form=form, context=context)


@require_safe
@login_required
@never_cache
def webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """One webhook with its log; no browser keeps the page, for it may tell a secret."""
    endpoint = _endpoint(request, pk)
    page = Paginator(queries.log_of(endpoint), MESSAGES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "endpoint": endpoint,
        "state": presenters.state_of(endpoint),
        "facts": presenters.facts(endpoint, now=timezone.now()),
        "gone_at": presenters.moment(endpoint.gone_at) if endpoint.gone_at else "",
        "secret": _secret_shown_once(request, endpoint),
        "page": page,
        "log": presenters.log(page.object_list),
    }
    return render(request, "municipalities/webhooks/webhook.html", context)


@form_methods
@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another address, or other events."""
    endpoint = _endpoint(request, pk)
    form = WebhookForm(request.POST or None, initial=WebhookForm.values_of(endpoint))
    if request.method == "POST" and form.is_valid():
        operations.change_endpoint(endpoint=endpoint, **form.cleaned_data)
        messages.success(request, _("The webhook is changed."))
        return redirect("webhook", pk)
    return _form_page(request, "change", form=form, context={"form": form, "endpoint": endpoint})


@require_POST
@login_required
def renew_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """A new signing secret, shown this once."""
    endpoint = _endpoint(request, pk)
    operations.renew_secret(endpoint=endpoint, at=timezone.now())
    request.session[JUST_MADE] = endpoint.pk
    return redirect("webhook", pk)


@require_POST
@login_required
def send_test(request: HttpRequest, pk: int) -> HttpResponse:
    """A message that tells of nothing."""
    try:
        message = operations.send_test(endpoint=_endpoint(request, pk), at=timezone.now())
    except operations.WebhookIsPaused:
        _say_paused(request)
    else:
        tasks.queue(message)
        messages.success(request, _("A test event is on its way. Load the page again to see."))
    return redirect("webhook", pk)


@require_POST
@login_required
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """The same message once more."""
    message = get_object_or_404(WebhookMessage.objects.visible_to(request.user), pk=pk)
    try:
        operations.send_again(message=message, at=timezone.now())
    except operations.WebhookIsPaused:
        _say_paused(request)
    else:
        tasks.queue(message)
        messages.success(request, _("The message is on its way. Load the page again to see."))
    return redirect("webhook", message.endpoint_id)


@require_POST
@login_required
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Send nothing until it is resumed."""
    operations.pause(_endpoint(request, pk))
    messages.success(request, _("The webhook is paused. Events from now on are not kept for it."))
    return redirect("webhook", pk)


@require_POST
@login_required
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Send again, first what waited."""
    operations.resume(_endpoint(request, pk))
    messages.success(request, _("The webhook is active again."))
    return redirect("webhook", pk)


@form_methods
@login_required
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first; then the webhook and its log are gone."""
    endpoint = _endpoint(request, pk)
    if request.method == "POST":
        operations.delete_endpoint(endpoint)
        messages.success(request, _("The webhook is deleted."))
        return redirect("webhooks")
    return render(request, "municipalities/webhooks/delete.html", {"endpoint": endpoint})


def _manageable(request: HttpRequest):
    return Cooperation.objects.where(request.user, Permission.MANAGE_FEEDS)


def _endpoint(request: HttpRequest, pk: int) -> WebhookEndpoint:
    return get_object_or_404(WebhookEndpoint.objects.visible_to(request.user), pk=pk)


def _form_page(request: HttpRequest, name: str, *, form: WebhookForm, context: dict):
    status = 422 if form.errors else 200
    return render(request, f"municipalities/webhooks/{name}.html", context, status=status)


def _secret_shown_once(request: HttpRequest, endpoint: WebhookEndpoint) -> str:
    """The secret on the first look after it was made, and only for who made it."""
    if request.session.get(JUST_MADE) != endpoint.pk:
        return ""
    del request.session[JUST_MADE]
    return queries.current_secret(endpoint)


def _say_paused(request: HttpRequest) -> None:
    messages.error(request, _("The webhook is paused. Resume it first."))
