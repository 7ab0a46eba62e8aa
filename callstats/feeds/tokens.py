"""A source's tokens: made, renewed while the old one still works, taken away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from ipaddress import ip_network

from django.db import transaction

from callstats.feeds.checks import SetupError
from callstats.feeds.models import Source, SourceToken
from callstats.feeds.rules import Scope, every_scope

LIFETIME = timedelta(days=365)  # of a new one, unless told otherwise
OVERLAP = timedelta(days=7)


def make_token(
    *,
    source: Source,
    name: str,
    expires_at: datetime | None = None,
    scopes: Iterable[str] | None = None,
    networks: Iterable[str] = (),
) -> str:
    """A new token for the source, returned this once; only its hash is stored.

    `scopes` are of rules.Scope (all, unless told), `networks` are CIDR (none: from anywhere).
    Raises SetupError.
    """
    _, key = SourceToken.objects.create_key(
        name=name,
        source=source,
        expiry_date=expires_at,
        scopes=every_scope() if scopes is None else checked_scopes(scopes),
        networks=checked_networks(networks),
    )
    return key


@transaction.atomic
def rotate_token(*, token: SourceToken, at: datetime, overlap: timedelta = OVERLAP) -> str:
    """A new token with the same name and rights, returned this once.

    The old one is taken until `overlap` has gone, or its own earlier end, so that the telephone
    system can be changed without losing a call. The new one lives as long as the old one was
    made for. Raises SetupError where the old one is taken no more.
    """
    old = SourceToken.objects.select_for_update().get(pk=token.pk)
    if old.revoked or (old.expiry_date and old.expiry_date <= at):
        raise SetupError(f"The token {old.prefix} is revoked or expired. Make a new one.")
    lifetime = old.expiry_date - old.created if old.expiry_date else None
    key = make_token(
        source=old.source,
        name=old.name,
        expires_at=at + lifetime if lifetime else None,
        scopes=old.scopes,
        networks=old.networks,
    )
    old.expiry_date = min(filter(None, (old.expiry_date, at + overlap)))
    old.save(update_fields=["expiry_date"])
    return key


def revoke_token(*, source: Source, prefix: str) -> SourceToken:
    """The token takes nothing from now on; it cannot be undone. Raises SetupError."""
    token = token_of(source=source, prefix=prefix)
    token.revoked = True
    token.save(update_fields=["revoked"])
    return token


def token_of(*, source: Source, prefix: str) -> SourceToken:
    """The source's token of that prefix. Raises SetupError."""
    token = source.tokens.filter(prefix=prefix).first()
    if token is None:
        raise SetupError(f"The source {source.slug} has no token {prefix}.")
    return token


def checked_scopes(scopes: Iterable[str]) -> list[str]:
    """The scopes in the order they are listed, each once. Raises SetupError."""
    asked = set(scopes)
    known = every_scope()
    if not asked or not asked <= set(known):
        raise SetupError(f"A token needs a scope, and the known ones are: {', '.join(known)}.")
    return [scope.value for scope in Scope if scope.value in asked]


def checked_networks(networks: Iterable[str]) -> list[str]:
    """Addresses and networks as CIDR, each once: 10.0.0.7 is 10.0.0.7/32. Raises SetupError."""
    try:
        return list(dict.fromkeys(str(ip_network(each, strict=False)) for each in networks))
    except ValueError as error:
        raise SetupError(f"{error}. Write a network as 192.0.2.0/24.") from error
