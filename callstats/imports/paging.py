"""Pages of a list by cursor: a word that says where the next page begins."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from callstats.imports.models import CallImport
from legevakt.lib.parameters import WrongCursor

Place = tuple[datetime, UUID]


def newest_first(imports: QuerySet[CallImport], *, cursor: str | None) -> QuerySet[CallImport]:
    """The imports after the cursor's, by moment and id; reads the index import_source_created.

    Raises WrongCursor.
    """
    ordered = imports.order_by("-created_at", "-pk")
    if cursor is None:
        return ordered
    created_at, pk = _place_at(cursor)
    after = Q(created_at__lt=created_at) | Q(pk__lt=pk)
    return ordered.filter(after, created_at__lte=created_at)


def cursor_after(call_import: CallImport) -> str:
    """The cursor of the page after this import."""
    return packed(f"{call_import.created_at.isoformat()} {call_import.pk}")


def offset_at(cursor: str | None) -> int:
    """How many rows lie before the page; a finished import's rows do not move."""
    if cursor is None:
        return 0
    text = unpacked(cursor)
    if not (text.isdecimal() and len(text) < 10):
        raise WrongCursor
    return int(text)


def cursor_at(offset: int) -> str:
    """The cursor of the page that begins after so many rows."""
    return packed(str(offset))


def _place_at(cursor: str) -> Place:
    moment, _space, pk = unpacked(cursor).partition(" ")
    try:
        place = datetime.fromisoformat(moment), UUID(pk)
    except ValueError:
        raise WrongCursor from None
    if place[0].tzinfo is None:
        raise WrongCursor
    return place


def packed(text: str) -> str:
    """A cursor that says the text, which is ASCII."""
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def unpacked(cursor: str) -> str:
    """What the cursor says. Raises WrongCursor."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        text = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        raise WrongCursor from None
    return text
