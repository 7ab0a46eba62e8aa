"""Writing what happened when a figure changed."""

from __future__ import annotations

from datetime import date, datetime

import pghistory
from django.db import transaction

from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.quality.notes.models import QualityNote


@transaction.atomic
def write(
    *,
    cooperation: Cooperation,
    subject: str,
    starts_date: date,
    ends_date: date | None,
    text: str,
    by: User | None,
    at: datetime,
) -> QualityNote:
    """A note on a curve."""
    return QualityNote.objects.create(
        cooperation=cooperation,
        subject=subject,
        starts_date=starts_date,
        ends_date=ends_date,
        text=text,
        written_at=at,
        written_by=by,
    )


@transaction.atomic
def remove(*, note: QualityNote, reason: str = "") -> None:
    """Take a note away; the history keeps it."""
    with pghistory.context(reason=reason):
        note.delete()
