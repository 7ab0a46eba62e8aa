"""Idempotency-Key: the import that a key made is the record of it.

IETF draft-ietf-httpapi-idempotency-key-header-07. The key belongs to the source; a constraint
of the database decides between two requests of the same moment. What failed by an error of
ours is tried again, not repeated.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from callstats.feeds.models import Source
from callstats.imports.models import CallImport, ImportState
from legevakt.lib import keyed

KEPT_FOR = timedelta(days=30)
LONGEST_KEY = 255
# What is mended on our side, or by the person who maps the queue, and then sent again.
OPENED_AGAIN = ("internal_error", "gave_up", "unmapped_queues")


class UnusableKey(Exception):
    """The key is empty, too long or not printable."""


def key_from(header: str | None) -> str | None:
    """The key; the quotation marks that the draft writes around it are not part of it.

    >>> key_from('"8e03978e-40d5"'), key_from("8e03978e-40d5"), key_from(None)
    ('8e03978e-40d5', '8e03978e-40d5', None)
    """
    if header is None:
        return None
    key = header.strip()
    if len(key) > 2 and key[0] == key[-1] == '"':
        key = key[1:-1]
    if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        raise UnusableKey(header)
    return key


def fingerprint(*, data: bytes, file_format: str, is_atomic: bool, is_dry_run: bool) -> str:
    """Of all that makes the request what it is: the unpacked body and its switches."""
    switches = f"{file_format} atomic={is_atomic} dry_run={is_dry_run}\n"
    return keyed.fingerprint(switches.encode() + data, purpose="request")


def made_by(*, source: Source, key: str) -> CallImport | None:
    """The import that the source made with the key."""
    call_import = CallImport.objects.filter(source=source, idempotency_key=key).first()
    if call_import:
        call_import.source = source
    return call_import


def open_again(*, call_import: CallImport) -> bool:
    """Queue an import that failed by no fault of its rows, as if it were new; else False."""
    begin = ImportState.CHECKING if call_import.is_dry_run else ImportState.QUEUED
    failed = CallImport.objects.filter(
        pk=call_import.pk, state=ImportState.FAILED, error_code__in=OPENED_AGAIN
    )
    opened = failed.update(
        state=begin, attempts=0, error_code="", error_params={}, finished_at=None
    )
    if opened:
        call_import.refresh_from_db()
    return bool(opened)


def forget_old_keys(*, at: datetime) -> int:
    """Free the keys that were kept long enough; returns how many."""
    old = CallImport.objects.filter(idempotency_key__isnull=False, created_at__lt=at - KEPT_FOR)
    return old.update(idempotency_key=None, request_sha256=None)
