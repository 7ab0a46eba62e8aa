"""What a log line must never hold, taken out before it is written.

The lines are made to hold no personal data; this is the second lock. Ids and times stay.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware

KEPT_AS_THEY_ARE = frozenset({"request_id", "timestamp", "logger", "level", "task_id"})
MASKS = (
    (re.compile(r"(/key/)[^\s/\"']+"), r"\1…"),  # the key of a password reset
    (re.compile(r"\?[^\s\"']+"), "?…"),  # codes and states of OpenID Connect
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "‹address›"),
    (re.compile(r"(?<![\w.-])(?:\+|00)?\d{8,15}(?![\w-])"), "‹number›"),
)


def masked(text: str) -> str:
    """The text without keys, queries, e-mail addresses and telephone numbers.

    >>> masked("GET /account/password/reset/key/2-abc-def/?next=/")
    'GET /account/password/reset/key/…/?…'
    >>> masked("refused for kari@alver.example, called by +4790012345")
    'refused for ‹address›, called by ‹number›'
    """
    for pattern, mask in MASKS:
        text = pattern.sub(mask, text)
    return text


def without_secrets(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """A structlog processor that masks every text of the line."""
    for name, value in event.items():
        if isinstance(value, str) and name not in KEPT_AS_THEY_ARE:
            event[name] = masked(value)
    return event


class MaskedRequestMiddleware(RequestMiddleware):
    """Tells of each request by method and path, without its query."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return masked(f"{request.method} {request.path}")
