"""Tables of figures in files: known headings only, and every cell that is wrong by its place.

A column that nobody asked for is refused by name: no texts, names or cases come in here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from legevakt.lib.workbooks import FORMULA
from municipalities.costs.accounts.errors import UnreadableAccounts
from municipalities.costs.accounts.headings import LOOKED_AT, Rows, rows_of

SHOWN_FAULTS = 30
_SUM = re.compile(r"\W*(sum|total|totalt|i alt|samla|samlet|alle)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A cell that cannot be taken: its row (from 1) and heading in the file, and why.

    `given` is the cell where it has no letters: a text may name somebody.
    """

    row: int
    column: str
    code: str
    given: str = ""


class UnreadableFile(Exception):
    """A file of which nothing is taken: `code` and `facts` for words, `faults` its cells."""

    def __init__(self, code: str, *, faults: Sequence[Fault] = (), **facts: object) -> None:
        super().__init__(code)
        self.code, self.faults, self.facts = code, tuple(faults[:SHOWN_FAULTS]), facts


class BadCell(ValueError):
    """What is wrong with a cell, by its code."""


@dataclass(frozen=True)
class FileTable:
    """Which field each known column is, the headings, and the numbered rows under them."""

    fields: Mapping[int, str]
    headings: Sequence[str]
    rows: Rows

    def place_of(self, field: str) -> int | None:
        """The column of the field; None where the file lacks it."""
        return next((place for place, each in self.fields.items() if each == field), None)

    def has_any(self, place: int) -> bool:
        """Whether any row has something in the column."""
        return any(place < len(cells) and cells[place] for _row, cells in self.rows)


def table_of(data: bytes, *, known: Mapping[str, Sequence[str]]) -> FileTable:
    """The table of a CSV, XLSX or ODS file; `known` says which headings are which field.

    Its headings are the first row that has most of them. Raises UnreadableFile: empty_file,
    too_large, broken_sheet, not_text, too_many_rows, heading_twice (column), no_headings.
    """
    try:
        rows = rows_of(data)
    except UnreadableAccounts as error:
        raise UnreadableFile(error.code, faults=(), **error.facts) from None
    meant = {plain(name): field for field, names in known.items() for name in names}
    at = _header(rows, set(meant))
    headings = rows[at][1] if rows else []
    fields = {n: meant[plain(each)] for n, each in enumerate(headings) if plain(each) in meant}
    if not fields:
        raise UnreadableFile("no_headings")
    for place, field in fields.items():
        if list(fields.values()).count(field) > 1:
            raise UnreadableFile("heading_twice", column=shortened(headings[place]))
    return FileTable(fields=fields, headings=headings, rows=rows[at + 1 :])


def refuse_strange(table: FileTable, *, taken: set[int]) -> None:
    """Refuse by name every column with something in it that is neither taken nor a sum.

    Raises UnreadableFile: strange_columns (columns).
    """
    width = max([len(table.headings), *(len(cells) for _row, cells in table.rows)])
    headings = [*table.headings, *[""] * (width - len(table.headings))]
    strange = [
        shortened(heading) or f"({place + 1})"
        for place, heading in enumerate(headings)
        if place not in taken and not is_sum(heading) and table.has_any(place)
    ]
    if strange:
        raise UnreadableFile("strange_columns", columns=", ".join(strange))


def cell(cells: Sequence[str], place: int | None) -> str:
    """The cell, empty where the row is shorter. Raises BadCell for a formula without value."""
    found = cells[place] if place is not None and place < len(cells) else ""
    if found.startswith(FORMULA):
        raise BadCell("formula")
    return found


def whole_number(value: str) -> int:
    """A count as people and workbooks write it. Raises BadCell.

    >>> whole_number("1 234"), whole_number("12.0")
    (1234, 12)
    """
    found = re.sub(r"[\s\u00a0\u202f]", "", value)
    found = re.sub(r"[.,]0+$", "", found)
    if not re.fullmatch(r"[0-9]{1,6}", found):
        raise BadCell("not_a_count")
    return int(found)


def is_sum(text: str) -> bool:
    """Whether a heading or the first cell of a row says that it sums the others."""
    return _SUM.match(text) is not None


def plain(heading: str) -> str:
    """The heading without case, blanks and signs.

    >>> plain(" Legemeldte dags-verk ")
    'legemeldtedagsverk'
    """
    return re.sub(r"[^\w%]|_", "", heading).casefold()


def shown(value: str) -> str:
    """The value, unless it has letters: a text may name somebody."""
    return "" if re.search(r"[^\W\d_]", value) else value[:20]


def shortened(heading: str) -> str:
    """A heading no longer than one reads."""
    return heading if len(heading) <= 40 else f"{heading[:39]}…"


def _header(rows: Rows, wanted: set[str]) -> int:
    scores = [len(wanted & {plain(each) for each in cells}) for _row, cells in rows[:LOOKED_AT]]
    return scores.index(max(scores)) if scores else 0
