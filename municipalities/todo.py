"""What waits for a person: the one form in which every room tells the overview of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Todo:
    """A sentence in the reader's language, the page where it is done, and by when."""

    text: str
    url: str
    due_date: date | None = None
