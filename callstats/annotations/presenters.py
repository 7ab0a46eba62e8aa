"""Notes as their page lists them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from callstats.aggregates import words
from callstats.annotations.models import Annotation

COLUMNS = (
    gettext_lazy("Days"),
    gettext_lazy("What kind of event"),
    gettext_lazy("What happened"),
    gettext_lazy("Written by"),
)


@dataclass(frozen=True, kw_only=True)
class NoteRow:
    """A note in the list."""

    pk: int
    days: str
    kind: str
    text: str
    who: str


def note_rows(notes: Iterable[Annotation]) -> list[NoteRow]:
    """The notes in the order they are given; a note of the system itself has no writer."""
    return [
        NoteRow(
            pk=note.pk,
            days=words.days(note.starts_on, note.ends_on),
            kind=note.get_kind_display(),
            text=note.text,
            who=note.created_by.name if note.created_by else "–",
        )
        for note in notes
    ]


def columns(*, may_write: bool) -> tuple:
    """The headings; the last one only for who may change a note."""
    return (*COLUMNS, gettext_lazy("Change")) if may_write else COLUMNS
