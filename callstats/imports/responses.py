"""An import as the answer to a request: status, headers and body."""

from __future__ import annotations

from django.urls import reverse
from rest_framework.response import Response

from callstats.imports.answers import answer_for, is_refused, row_headers
from callstats.imports.api_errors import RETRY_SECONDS, NotTaken
from callstats.imports.models import WAITING_FOR_WORKER, CallImport

REPLAYED = {"Idempotency-Replayed": "true"}


def answer(call_import: CallImport, *, status: int = 200) -> Response:
    """The import as it is now; with 202 the address at which to ask for it again."""
    given = Response(answer_for(call_import), status=status)
    if status == 202:
        given["Location"] = reverse("api_call_import", args=[call_import.pk])
        given["Retry-After"] = RETRY_SECONDS
    if status == 200 or call_import.is_finished:
        _add(given, row_headers(call_import))
    return given


def outcome(call_import: CallImport, *, is_large: bool, headers: dict[str, str]) -> Response:
    """What came of a request. A large one is 202 also when it has ended since.

    Raises NotTaken.
    """
    if not is_large and is_refused(call_import):
        raise NotTaken(answer_for(call_import), headers=row_headers(call_import) | headers)
    waits = call_import.state in WAITING_FOR_WORKER
    given = answer(call_import, status=202 if is_large or waits else 200)
    _add(given, headers)
    return given


def _add(given: Response, headers: dict[str, str]) -> None:
    for name, value in headers.items():
        given[name] = value
