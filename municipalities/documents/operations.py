"""Keeping a file, once, under the hash of its bytes."""

from __future__ import annotations

import hashlib
from datetime import datetime
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.files.base import File
from django.db import transaction

from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.documents.models import Document
from municipalities.documents.rules import name_kept


@transaction.atomic
def keep(
    *,
    cooperation: Cooperation,
    file: File,
    name: str,
    media_type: str,
    by: User | None,
    at: datetime,
    exemption_basis: str = "",
) -> Document:
    """Store the bytes and a row about them; `exemption_basis` makes it exempt from disclosure.

    A long name is shortened. The bytes are in place before the row is, so that a row never tells of
    a file that is missing.
    """
    sha256, size = _stored(file)
    return Document.objects.create(
        cooperation=cooperation,
        name=name_kept(name),
        media_type=media_type,
        size_bytes=size,
        sha256=sha256,
        is_exempt=bool(exemption_basis),
        exemption_basis=exemption_basis,
        uploaded_at=at,
        uploaded_by=by,
    )


def _stored(file: File) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    settings.DOCUMENTS_DIR.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=settings.DOCUMENTS_DIR, delete=False) as kept:
        for chunk in file.chunks():
            digest.update(chunk)
            size += len(chunk)
            kept.write(chunk)
    path = settings.DOCUMENTS_DIR / f"{digest.hexdigest()}.bin"
    settings.DOCUMENTS_DIR.joinpath(kept.name).replace(path)
    return digest.hexdigest(), size
