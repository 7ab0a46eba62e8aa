"""Notes as their page lists them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from callstats.aggregates import words
from callstats.annotations.models import Annotation
from legevakt.lib import words as lib_words

COLUMNS = (
    gettext_lazy("Days"),
    gettext_lazy("What kind of event"),
    gettext_lazy("What happened"),
    gettext_lazy("Written by"),
)

REMOVED_COLUMNS = (*COLUMNS, gettext_lazy("Taken away by"))


@dataclass(frozen=True, kw_only=True)
class NoteRow:
    """A note in the list; `removed` is who took it away, and when."""

    pk: int
    days: str
    kind: str
    text: str
    who: str
    removed: str = ""


def note_rows(notes: Iterable[Annotation]) -> list[NoteRow]:
    """The notes in the order they are given; a note of the system itself has no writer."""
    return [
        NoteRow(
            pk=note.pk,
            days=words.days(note.starts_on, note.ends_on),
            kind=note.get_kind_display(),
            text=note.text,
            who=note.created_by.name if note.created_by else "–",
            removed=_removed(note),
        )
        for note in notes
    ]


def columns(*, may_write: bool) -> tuple:
    """The headings; the last one only for who may change a note."""
    return (*COLUMNS, gettext_lazy("Change")) if may_write else COLUMNS


def _removed(note: Annotation) -> str:
    if note.removed_by is None or note.removed_at is None:
        return ""
    return f"{note.removed_by.name}, {lib_words.moment(note.removed_at)}"
