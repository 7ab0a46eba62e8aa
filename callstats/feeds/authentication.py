"""A telephony system shows its source's token; it acts for that source only."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import BasePermission
from rest_framework.throttling import SimpleRateThrottle

from callstats.imports.models import SourceToken


class SourceTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`; only the token's hash is known here."""

    def authenticate(self, request):
        kind, _, key = request.headers.get("Authorization", "").partition(" ")
        if kind != "Bearer":
            return None
        try:
            token = SourceToken.objects.get_from_key(key.strip())
        except SourceToken.DoesNotExist:
            token = None
        if token is None or token.has_expired:
            raise NotAuthenticated("The token is wrong, revoked or expired.")
        return AnonymousUser(), token

    def authenticate_header(self, request) -> str:
        return "Bearer"


class HasSource(BasePermission):
    """Whoever sends calls must have shown a token."""

    def has_permission(self, request, view) -> bool:
        return isinstance(request.auth, SourceToken)


class SourceThrottle(SimpleRateThrottle):
    """Requests a minute, counted by token."""

    scope = "call-imports"

    def get_cache_key(self, request, view) -> str | None:
        return f"throttle-{request.auth.prefix}" if request.auth else None


class SourceTokenScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document tells of the token."""

    target_class = SourceTokenAuthentication
    name = "sourceToken"

    def get_security_definition(self, auto_schema) -> dict:
        return {"type": "http", "scheme": "bearer", "description": "The token of one source."}
