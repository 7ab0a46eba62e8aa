"""A telephony system shows its source's token; it acts for that source only."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import SAFE_METHODS, BasePermission

from callstats.feeds.addresses import client_address, is_within
from callstats.feeds.models import SourceToken
from callstats.feeds.rules import Scope
from legevakt.lib.problems import Problem

NOTED_EVERY = timedelta(minutes=1)


class WrongToken(Problem):
    """401: a token was shown, and it is none of ours."""

    status_code = 401
    code = "not_authenticated"
    default_detail = _("The token is wrong, revoked or expired. Make a new one for the source.")


class AddressNotAllowed(Problem):
    """403: the token is bound to networks, and the request comes from another."""

    status_code = 403
    code = "address_not_allowed"
    title = _("The token may not be used from this address.")
    default_detail = _(
        "The request came from %(address)s. Add that network to the token, or send from another."
    )


class MissingScope(Problem):
    """403: the token was not made for this."""

    status_code = 403
    code = "missing_scope"
    title = _("The token may not do this.")
    default_detail = _("The token lacks the scope %(scope)s. Make one that has it.")


class SourceTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`; only the token's hash is known here."""

    def authenticate(self, request):
        kind, _space, key = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        token = _token(key.strip())
        address = client_address(request)
        if token.networks and not is_within(address, networks=token.networks):
            shown = {"address": address or "?"}
            raise AddressNotAllowed(AddressNotAllowed.default_detail % shown)
        note_use(token=token, at=timezone.now())
        return AnonymousUser(), token

    def authenticate_header(self, request) -> str:
        return "Bearer"


def _token(key: str) -> SourceToken:
    """The token, and whose it is, in one query; raises WrongToken."""
    tokens = SourceToken.objects.get_usable_keys().select_related("source__central__cooperation")
    token = tokens.filter(prefix=key.partition(".")[0]).first() if "\0" not in key else None
    if token is None or not token.is_valid(key) or token.has_expired:
        raise WrongToken(headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})
    return token


def note_use(*, token: SourceToken, at: datetime) -> None:
    """Remember when the token was last used, to the minute."""
    before = at - NOTED_EVERY
    if token.last_used_at is None or token.last_used_at < before:
        noted_long_ago = Q(last_used_at__isnull=True) | Q(last_used_at__lt=before)
        SourceToken.objects.filter(noted_long_ago, pk=token.pk).update(last_used_at=at)


class HasScope(BasePermission):
    """Whoever reads or writes must have shown a token that is good for it."""

    def has_permission(self, request, view) -> bool:
        if not isinstance(request.auth, SourceToken):
            raise NotAuthenticated
        scope = getattr(view, "scope", None) or _scope_of(request.method)
        if scope not in request.auth.scopes:
            raise MissingScope(MissingScope.default_detail % {"scope": scope.value})
        return True


def _scope_of(method: str) -> Scope:
    return Scope.READ_IMPORTS if method in SAFE_METHODS else Scope.WRITE_CALLS


class SourceTokenScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document tells of the token."""

    target_class = SourceTokenAuthentication
    name = "sourceToken"

    def get_security_definition(self, auto_schema) -> dict:
        return {"type": "http", "scheme": "bearer", "description": "The token of one source."}
