"""Writing what happened when a figure changed."""

from __future__ import annotations

from datetime import date, datetime

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
    """A note on a curve; the days are half-open."""
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
def change(*, note: QualityNote, starts_date: date, ends_date: date | None, text: str) -> None:
    """Other days or another text; the history keeps what it was."""
    stored = QualityNote.objects.select_for_update().get(pk=note.pk)
    stored.starts_date, stored.ends_date, stored.text = starts_date, ends_date, text
    stored.save(update_fields=["starts_date", "ends_date", "text"])


@transaction.atomic
def remove(*, note: QualityNote) -> None:
    """Take a note away; the history keeps it."""
    note.delete()
