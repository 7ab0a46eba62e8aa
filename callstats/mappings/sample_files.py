"""The samples that mappings are made from: readable by us alone, and never kept for long."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings

from callstats.mappings.models import MappingDraft
from callstats.sources.frames import Unreadable

BYTES_LIMIT = 20 * 1024 * 1024


def keep(*, path: Path, chunks: Iterable[bytes]) -> str:
    """Write the file; returns its SHA-256. Raises Unreadable("file_too_large") and keeps none."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > BYTES_LIMIT:
                    raise Unreadable("file_too_large", limit=BYTES_LIMIT, size=size)
                digest.update(chunk)
                file.write(chunk)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return digest.hexdigest()


def delete_orphans(*, before: datetime) -> int:
    """Delete samples whose draft is gone (the process died in between); returns how many."""
    deleted = 0
    for path in (settings.UPLOADS_DIR / "drafts").glob("*-*-*-*-*"):
        is_old = path.stat().st_mtime < before.timestamp()
        if is_old and not MappingDraft.objects.filter(pk=path.name).exists():
            path.unlink(missing_ok=True)
            deleted += 1
    return deleted
