"""What has been read of a file of deviations, and the row that is being read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from municipalities.quality.deviations.headings import NOT_TOLD, state_of
from municipalities.quality.files import (
    BadCell,
    Fault,
    FileTable,
    cell,
    is_sum,
    plain,
    shortened,
    shown,
)

Found = TypeVar("Found")
MAX_NAME = 80
NAMED = ("category", "severity", "state")


@dataclass(frozen=True)
class Counted:
    """How many of a kind, by the names of the lists; an empty severity is not told."""

    category: str
    severity: str
    state: str
    count: int


class Taken:
    """The counts by month and kind; a cell that is wrong is noted, and the reading goes on."""

    def __init__(
        self, *, table: FileTable, categories: Iterable[str], severities: Iterable[str]
    ) -> None:
        self.table = table
        self.categories, self.severities = Names(categories), Names(severities)
        self.counts: dict[date, dict[tuple[str, str, str], int]] = {}
        self.faults: list[Fault] = []
        self.sums = 0
        self._seen: set[tuple[object, ...]] = set()

    def begins(self, row: int, cells: Sequence[str], *, state: str) -> bool:
        """Read what the row is of; False for an empty row and for one that sums others."""
        if not any(cells):
            return False
        if any(is_sum(each) for each in cells[:2]):
            self.sums += 1
            return False
        self._row, self._cells = row, cells
        self._kind = (
            self.field("category", self.categories.known),
            self.field("severity", self.severities.known_if_told),
            self.field("state", _state) if self._has("state") else state,
        )
        return True

    def ends(self, month: date | None, count: int | None) -> None:
        """Add the row's count of a month; the very same kind twice is noted as wrong."""
        category, severity, state = self._kind
        if month is None or count is None or category is None or severity is None or state is None:
            return
        said = (month, *(plain(self._text(self.table.place_of(name))) for name in NAMED))
        if said in self._seen:
            self._note(self.table.place_of("category"), "twice", "")
            return
        self._seen.add(said)
        kinds = self.counts.setdefault(month, {})
        kind = (category, severity, state)
        kinds[kind] = kinds.get(kind, 0) + count

    def field(self, name: str, reader: Callable[[str], Found]) -> Found | None:
        """The row's cell of a field, by its reader."""
        return self.value(self.table.place_of(name), reader)

    def value(self, place: int | None, reader: Callable[[str], Found]) -> Found | None:
        """A cell of the row by its reader; None where it is wrong, which is noted."""
        try:
            return reader(cell(self._cells, place))
        except BadCell as bad:
            self._note(place, str(bad), shown(self._text(place)))
            return None

    def by_month(self) -> dict[date, tuple[Counted, ...]]:
        """The counts above nought of every month that was told of."""
        return {
            month: tuple(Counted(*kind, count) for kind, count in sorted(kinds.items()) if count)
            for month, kinds in sorted(self.counts.items())
        }

    def _has(self, name: str) -> bool:
        return self.table.place_of(name) is not None

    def _text(self, place: int | None) -> str:
        return self._cells[place] if place is not None and place < len(self._cells) else ""

    def _note(self, place: int | None, code: str, given: str) -> None:
        heading = shortened(self.table.headings[place]) if place is not None else ""
        self.faults.append(Fault(row=self._row, column=heading, code=code, given=given))


class Names:
    """The names of a list, found whatever their case and blanks; others are noted as `new`."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {plain(each): each for each in names}
        self.new: list[str] = []

    def known(self, text: str) -> str:
        """The name as the list writes it. Raises BadCell."""
        given = " ".join(text.split())
        if not plain(given):
            raise BadCell("empty")
        if len(given) > MAX_NAME:
            raise BadCell("long_text")
        if plain(given) not in self._names:
            self._names[plain(given)] = given
            self.new.append(given)
        return self._names[plain(given)]

    def known_if_told(self, text: str) -> str:
        """The same; empty where the cell says that it is not told."""
        return "" if text.casefold() in NOT_TOLD else self.known(text)


def _state(text: str) -> str:
    if not text:
        raise BadCell("empty")
    found = state_of(text)
    if found is None:
        raise BadCell("not_a_state")
    return found
