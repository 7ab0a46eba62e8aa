"""What waits for a person: the one form in which every room tells of it, and all of it together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from municipalities.access.models import User
    from municipalities.cooperations.models import Cooperation


@dataclass(frozen=True)
class Todo:
    """A sentence in the reader's language, the page where it is done, and by when."""

    text: str
    url: str
    due_date: date | None = None


def in_order(
    rooms: Sequence[Callable[..., list[Todo]]], *, cooperation: Cooperation, user: User, today: date
) -> list[Todo]:
    """What the rooms have for the user, the earliest first; what has no day comes last."""
    found = [
        todo for room in rooms for todo in room(cooperation=cooperation, user=user, today=today)
    ]
    return sorted(found, key=lambda todo: (todo.due_date is None, todo.due_date or today))
