"""Taking the body of a request: an import is made of it, stored at once or queued, and answered."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError
from rest_framework.response import Response

from callstats.feeds.models import Source
from callstats.imports import at_once, idempotency, operations, tasks
from callstats.imports.api_errors import InProgress, InvalidKey, KeyReused
from callstats.imports.bodies import Body
from callstats.imports.models import CallImport, Channel, ImportState
from callstats.imports.responses import REPLAYED, outcome
from callstats.imports.switches import switches_of
from legevakt.lib import locks
from legevakt.lib.nudging import nudge

# So long a request may hold a web thread while another import of its central is stored.
LOCK_WAIT = timedelta(seconds=1)


def take(request) -> Response:
    """200 with the result, or 202 with where it will be. Raises what `api_errors` has."""
    body, source = _body(request), request.auth.source
    facts = _facts(request, body)
    is_large = body.rows > settings.API_SYNCHRONOUS_ROWS and not facts["is_dry_run"]
    earlier = _earlier(source, facts)
    if earlier is None:
        try:
            return _first(source, body, facts, is_large=is_large)
        except operations.KeyIsUsed:  # by another request of the same moment
            earlier = _earlier(source, facts)
    if earlier is None:
        raise InProgress
    return _again(earlier, sha256=facts["request_sha256"], is_large=is_large)


def _body(request) -> Body:
    """The parsed body; REST framework asks no parser where there is none."""
    if not isinstance(request.data, Body):
        raise ParseError(_("The body is empty."))
    return request.data


def _facts(request, body: Body) -> dict:
    """The request's switches and key, as the import keeps them."""
    switches = switches_of(request)
    asked = {"is_atomic": switches.is_atomic, "is_dry_run": switches.is_dry_run}
    try:
        key = idempotency.key_from(request.headers.get("Idempotency-Key"))
    except idempotency.UnusableKey as error:
        raise InvalidKey from error
    if key is None:
        return asked | {"idempotency_key": None, "request_sha256": None}
    sha256 = idempotency.fingerprint(data=body.data, file_format=body.file_format, **asked)
    return asked | {"idempotency_key": key, "request_sha256": sha256}


def _earlier(source: Source, facts: dict) -> CallImport | None:
    key = facts["idempotency_key"]
    return idempotency.made_by(source=source, key=key) if key else None


def _first(source: Source, body: Body, facts: dict, *, is_large: bool) -> Response:
    facts = facts | {
        "source": source,
        "covers": body.covers,
        "file_format": body.file_format,
        "file_name": f"api.{body.file_format}",
        "channel": Channel.API,
        "at": timezone.now(),
    }
    if not is_large and not facts["is_dry_run"]:
        call_import = at_once.take(data=body.data, calls=body.calls, wait=LOCK_WAIT, **facts)
        _go_on(call_import)
        return outcome(call_import, is_large=is_large, headers={})
    call_import = operations.receive(chunks=[body.data], confirm_first=facts["is_dry_run"], **facts)
    return _work_on(call_import, is_large=is_large)


def _again(call_import: CallImport, *, sha256: str, is_large: bool) -> Response:
    """The answer of before; what did not come to its end is worked on again."""
    if call_import.request_sha256 != sha256:
        raise KeyReused
    is_new = idempotency.open_again(call_import=call_import)
    if not is_new and (is_large or call_import.is_finished):
        return outcome(call_import, is_large=is_large, headers=REPLAYED)
    with locks.only_one(operations.lock_name(call_import)) as is_free:
        if not is_free:
            raise InProgress
    return _work_on(call_import, is_large=is_large)


def _work_on(call_import: CallImport, *, is_large: bool) -> Response:
    """Check it, store it, or leave it to a worker."""
    if call_import.is_dry_run:
        _look_through(call_import)
    elif is_large:
        nudge(tasks.run, import_id=str(call_import.pk))
    else:
        operations.run(call_import=call_import, at=timezone.now(), lock_wait=LOCK_WAIT)
        _go_on(call_import)
    return outcome(call_import, is_large=is_large, headers={})


def _look_through(call_import: CallImport) -> None:
    operations.check(call_import=call_import, at=timezone.now())
    if call_import.state == ImportState.CHECKED:
        operations.cancel(call_import=call_import, at=timezone.now())
        call_import.refresh_from_db()
    if call_import.state == ImportState.CHECKING:  # somebody else is at it
        raise InProgress


def _go_on(call_import: CallImport) -> None:
    """What follows: the months are computed, or a longer import of the central goes first."""
    if call_import.state == ImportState.IMPORTING:  # somebody else is at it
        raise InProgress
    if call_import.state == ImportState.QUEUED:
        nudge(tasks.run, import_id=str(call_import.pk))
    tasks.compute_touched_soon(call_import)
