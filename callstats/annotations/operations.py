"""Writing, changing and taking away a note. The history keeps what it said before."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from callstats.annotations.models import Annotation, AnnotationKind
from callstats.annotations.rules import holds_number
from municipalities.models import Central, User


class NamesSomebody(ValueError):
    """The text holds what looks like a telephone number or an identity number."""


@transaction.atomic
def add(
    *,
    central: Central,
    kind: AnnotationKind,
    starts_on: date,
    ends_on: date,
    text: str,
    by: User | None,
    at: datetime,
) -> Annotation:
    """A note on the days from `starts_on` up to `ends_on`. Raises NamesSomebody."""
    return Annotation.objects.create(
        central=central,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        text=_harmless(text),
        created_at=at,
        created_by=by,
    )


@transaction.atomic
def change(
    *, annotation: Annotation, kind: AnnotationKind, starts_on: date, ends_on: date, text: str
) -> Annotation:
    """Say it anew; who wrote it first stays. Raises NamesSomebody."""
    annotation.kind, annotation.text = kind, _harmless(text)
    annotation.starts_on, annotation.ends_on = starts_on, ends_on
    annotation.save(update_fields=["kind", "starts_on", "ends_on", "text"])
    return annotation


@transaction.atomic
def remove(*, annotation: Annotation, by: User, at: datetime) -> None:
    """Take it off the curves; the row stays, with who did it and when.

    Taking it away again changes nothing.
    """
    Annotation.objects.filter(pk=annotation.pk).update(removed_at=at, removed_by=by)


def _harmless(text: str) -> str:
    if holds_number(text):
        raise NamesSomebody
    return text.strip()
