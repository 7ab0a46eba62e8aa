"""Tokens in people's words; never their secrets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from callstats.feeds.models import SourceToken
from callstats.feeds.presenters import moment
from callstats.feeds.rules import Scope
from callstats.feeds.token_forms import SCOPE_WORDS

TOKEN_COLUMNS = (
    gettext_lazy("Name"),
    gettext_lazy("Begins with"),
    gettext_lazy("It may"),
    gettext_lazy("Only from"),
    gettext_lazy("Made"),
    gettext_lazy("Taken until"),
    gettext_lazy("Last used"),
    gettext_lazy("State"),
    gettext_lazy("Change"),
)


@dataclass(frozen=True, kw_only=True)
class TokenRow:
    """A token for the list; `is_usable`: it can still be renewed and revoked."""

    name: str
    prefix: str
    scopes: str
    networks: str
    made: str
    expires: str
    last_used: str
    state: str
    color: str
    is_usable: bool


def token_row(token: SourceToken, *, at: datetime) -> TokenRow:
    """The token as the list shows it."""
    state, color, is_usable = _state(token, at=at)
    return TokenRow(
        name=token.name,
        prefix=token.prefix,
        scopes=", ".join(str(SCOPE_WORDS[Scope(scope)]) for scope in token.scopes),
        networks=", ".join(token.networks) or _("anywhere"),
        made=moment(token.created),
        expires=moment(token.expiry_date) if token.expiry_date else _("no end"),
        last_used=moment(token.last_used_at) if token.last_used_at else _("never"),
        state=state,
        color=color,
        is_usable=is_usable,
    )


def _state(token: SourceToken, *, at: datetime) -> tuple[str, str, bool]:
    if token.revoked:
        return _("revoked"), "neutral", False
    if token.expiry_date and token.expiry_date <= at:
        return _("expired"), "warning", False
    return _("valid"), "success", True
