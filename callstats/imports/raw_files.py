"""The files as they came in, kept for a while: for another try, and for an auditor."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings

from callstats.feeds.lines import UnmappedQueues
from callstats.imports.models import CallImport, ImportState, RefusedRow
from callstats.sources.frames import Unreadable

LEFT_OUT = "…"  # the words for the error name the queues
UUID_NAME = "-".join("[0-9a-f]" * digits for digits in (8, 4, 4, 4, 12))


def keep(*, path: Path, chunks: Iterable[bytes]) -> tuple[str, int]:
    """Write the file, readable by us alone; returns its SHA-256 and size in bytes.

    Raises Unreadable("file_too_large") and keeps nothing of it.
    """
    settings.UPLOADS_DIR.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > settings.IMPORT_FILE_BYTES_LIMIT:
                    raise Unreadable(
                        "file_too_large", limit=settings.IMPORT_FILE_BYTES_LIMIT, size=size
                    )
                digest.update(chunk)
                file.write(chunk)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return digest.hexdigest(), size


def delete_expired(*, at: datetime) -> int:
    """Delete raw files whose retention has ended, and what was kept of their rows.

    Returns how many files. Of the rows only numbers stay with the import: not the refused ones,
    nor the calls and queues of the preview, nor the queues that stopped it.
    A preview that nobody confirmed in all that time is cancelled. A file without an import
    (the process died while it came in) goes too.
    """
    before = at - settings.RAW_FILE_RETENTION
    old = CallImport.objects.filter(created_at__lt=before, file_deleted_at__isnull=True)
    old.filter(state=ImportState.CHECKED).update(state=ImportState.CANCELLED, finished_at=at)
    deleted = 0
    for call_import in old.filter(finished_at__isnull=False).order_by("created_at", "pk"):
        call_import.path.unlink(missing_ok=True)
        RefusedRow.objects.filter(call_import=call_import).delete()
        kept = _without_rows(call_import)
        CallImport.objects.filter(pk=call_import.pk).update(file_deleted_at=at, **kept)
        deleted += 1
    return deleted + _delete_orphans(before=before)


def _without_rows(call_import: CallImport) -> dict[str, dict]:
    """The preview and the error as numbers; a preview that was made stays one (`status_of`)."""
    preview, params = call_import.preview, call_import.error_params
    if preview:
        preview = preview | {"first": [], "queues": {}}
    if call_import.error_code == UnmappedQueues.code:
        params = params | {"queues": [LEFT_OUT]}
    return {"preview": preview, "error_params": params}


def _delete_orphans(*, before: datetime) -> int:
    deleted = 0
    for path in settings.UPLOADS_DIR.glob(UUID_NAME):
        is_old = path.stat().st_mtime < before.timestamp()
        if is_old and not CallImport.objects.filter(pk=path.name).exists():
            path.unlink(missing_ok=True)
            deleted += 1
    return deleted
