"""Pages for a source's tokens: listed, made, renewed with an overlap, revoked.

A new token is shown in the answer to the form itself: it stands in no address, session or log,
and no cache may keep the page.
"""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from callstats.feeds import operations, token_words
from callstats.feeds.models import Source, SourceToken
from callstats.feeds.rules import EVENT_PROFILE
from callstats.feeds.setup_views import managed_source
from callstats.feeds.token_forms import RotateForm, TokenForm


@require_safe
@login_required
def source_tokens(request: HttpRequest, slug: str) -> HttpResponse:
    """Every token there was, without its secret, which nobody knows."""
    found = managed_source(request, slug)
    tokens = found.tokens.order_by("-created", "pk")
    context = {
        "source": found,
        "rows": [token_words.token_row(token, at=timezone.now()) for token in tokens],
        "columns": token_words.TOKEN_COLUMNS,
    }
    return render(request, "callstats/feeds/tokens.html", context)


@sensitive_variables("key")
@never_cache
@login_required
def source_token_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a token, and show it this once."""
    found = managed_source(request, slug)
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        key = operations.make_token(
            source=found,
            name=given["name"],
            scopes=given["scopes"],
            networks=given["networks"],
            expires_at=given["expires_on"],
        )
        return _shown_once(request, found, key)
    context = {
        "form": form,
        "source": found,
        "crumb": (_("Tokens"), reverse("source_tokens", args=[slug])),
        "title": _("New token"),
        "lead": _("It is good for this telephone system only, and is shown once."),
        "submit_label": _("Make the token"),
        "cancel_url": reverse("source_tokens", args=[slug]),
    }
    status = 422 if form.errors else 200
    return render(request, "callstats/feeds/form.html", context, status=status)


@sensitive_variables("key")
@never_cache
@login_required
def source_token_rotate(request: HttpRequest, slug: str, prefix: str) -> HttpResponse:
    """A new token like the old one, which still works for some days."""
    found = managed_source(request, slug)
    token = _usable(found, prefix)
    form = RotateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        overlap = timedelta(days=form.cleaned_data["overlap_days"])
        key = operations.rotate_token(token=token, at=timezone.now(), overlap=overlap)
        token.refresh_from_db()
        return _shown_once(request, found, key, old=token)
    context = {
        "form": form,
        "source": found,
        "crumb": (_("Tokens"), reverse("source_tokens", args=[slug])),
        "title": _("Renew the token %(prefix)s") % {"prefix": prefix},
        "lead": _("The new one may do the same, from the same addresses, and lives as long."),
        "submit_label": _("Make the new token"),
        "cancel_url": reverse("source_tokens", args=[slug]),
    }
    status = 422 if form.errors else 200
    return render(request, "callstats/feeds/form.html", context, status=status)


@login_required
def source_token_revoke(request: HttpRequest, slug: str, prefix: str) -> HttpResponse:
    """Ask first; then the token takes nothing more."""
    found = managed_source(request, slug)
    token = _usable(found, prefix)
    if request.method == "POST":
        operations.revoke_token(source=found, prefix=token.prefix)
        messages.success(request, _("The token %(prefix)s is revoked.") % {"prefix": prefix})
        return redirect("source_tokens", slug=slug)
    context = {"source": found, "token": token_words.token_row(token, at=timezone.now())}
    return render(request, "callstats/feeds/token_revoke.html", context)


@sensitive_variables("key")
def _shown_once(
    request: HttpRequest, source: Source, key: str, old: SourceToken | None = None
) -> HttpResponse:
    is_log = source.profile == EVENT_PROFILE
    address = "api_call_events" if is_log else "api_call_imports"
    context = {
        "source": source,
        "key": key,
        "api_url": request.build_absolute_uri(reverse(address)),
        "old": old and token_words.token_row(old, at=timezone.now()),
    }
    return render(request, "callstats/feeds/token_shown.html", context)


def _usable(source: Source, prefix: str) -> SourceToken:
    token = source.tokens.filter(prefix=prefix, revoked=False).first()
    if token is None or token.has_expired:
        raise Http404
    return token
