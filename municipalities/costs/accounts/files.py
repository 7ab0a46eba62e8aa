"""An accounts file to the lines of one pool. Nothing of it is taken unless all can be read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import TypeVar

from legevakt.lib.workbooks import FORMULA
from municipalities.costs.accounts.cells import BadCell, amount_of, code_of, month_of
from municipalities.costs.accounts.errors import Fault, UnreadableAccounts
from municipalities.costs.accounts.headings import NEEDED, FoundTable, found_table, rows_of
from municipalities.costs.accounts.kostra import is_revenue

Found = TypeVar("Found")
SHOWN_FAULTS = 30
MAX_LINES = 10_000
_SUM = re.compile(r"^\W*(sum|total|totalt|i alt|resultat|netto|brutto)\b", re.IGNORECASE)

Selection = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the pool, with its row in the file; costs positive and revenue negative."""

    row: int
    function: str
    art: str
    amount: Decimal
    treatment: str
    unit: str = ""
    project: str = ""
    month: int | None = None
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class AccountsFile:
    """The pool's lines. `left_out`: why → how many rows; `of_others`: also of another pool."""

    lines: tuple[Line, ...]
    rows_read: int
    left_out: Mapping[str, int]
    of_others: int = 0

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal("0.00"))

    @property
    def rows_left_out(self) -> int:
        return sum(self.left_out.values())


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How a file is read: the mapping's columns and selection, for one pool and year."""

    pool: str
    year: int
    columns: Mapping[str, str]
    treatments: Mapping[str, str]
    selection: Selection = field(default_factory=dict)
    is_revenue_positive: bool = False
    value: str = "amount"
    up_to_month: int = 12


def read(data: bytes, *, how: Reading) -> AccountsFile:
    """The pool's lines of a CSV or XLSX file.

    Rows without codes (sums, titles), of other pools and without an amount are left out and
    counted. Raises UnreadableAccounts: those of headings.py, no_selection (pool), no_lines,
    too_many_lines (limit), and rows_refused with its faults.
    """
    if how.selection and not how.selection.get(how.pool):
        raise UnreadableAccounts("no_selection", pool=how.pool)
    needed = {name: how.columns.get(name) for name in (*NEEDED, how.value)}
    if lacking := [name for name, heading in needed.items() if not heading]:
        raise UnreadableAccounts("field_without_column", fields=lacking)
    other = {"amount", "budget"} - {how.value}
    columns = {name: each for name, each in how.columns.items() if name not in other}
    table = found_table(rows_of(data), columns=columns)
    taken = _Taken()
    for number, cells in table.rows:
        taken.take(number, cells, table=table, how=how)
    if taken.faults:
        raise UnreadableAccounts(
            "rows_refused", count=len(taken.faults), faults=tuple(taken.faults[:SHOWN_FAULTS])
        )
    if not taken.lines:
        raise UnreadableAccounts("no_lines", rows=len(table.rows))
    if len(taken.lines) > MAX_LINES:
        raise UnreadableAccounts("too_many_lines", limit=MAX_LINES)
    return AccountsFile(
        lines=tuple(taken.lines),
        rows_read=len(table.rows),
        left_out=dict(taken.left_out),
        of_others=taken.of_others,
    )


@dataclass
class _Taken:
    """What has been read so far."""

    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    of_others: int = 0

    def take(self, number: int, cells: Sequence[str], *, table: FoundTable, how: Reading) -> None:
        told = {name: _cell(cells, place) for name, place in table.places.items()}
        try:
            why = _why_left_out(cells, told, how=how)
            if why:
                self.left_out[why] += 1
                return
            if any(cells[len(table.headings) :]):
                raise BadCell("more_cells_than_headings")
            self.lines.append(_line(number, told, how=how))
        except BadCell as bad:
            self.faults.append(Fault(row=number, field=bad.field, code=bad.code, given=bad.given))
            return
        others = (pool for pool in how.selection if pool != how.pool)
        self.of_others += any(_is_of(how.selection[pool], told) for pool in others)


def _why_left_out(cells: Sequence[str], told: Mapping[str, str], *, how: Reading) -> str:
    """Key of words.LEFT_OUT; empty for a line of the pool.

    A sum with one of its codes would be counted twice, so that it is known by its words.
    """
    has_codes = [bool(told[name]) for name in NEEDED]
    if not any(has_codes) or (not all(has_codes) and any(_SUM.match(cell) for cell in cells)):
        return "without_codes"
    for name, value in told.items():
        if value.startswith(FORMULA):
            raise BadCell("formula", field=name)
    if how.selection and not _is_of(how.selection[how.pool], told):
        return "of_others"
    return "" if told[how.value] else "without_amount"


def _is_of(selected: Mapping[str, Sequence[str]], told: Mapping[str, str]) -> bool:
    """Whether every field has one of the values that a pool's lines have."""
    return all(
        _same(told.get(name, "")) in {_same(value) for value in values}
        for name, values in selected.items()
        if values
    )


def _same(value: str) -> str:
    """
    >>> _same("3420 Legevakt"), _same("0290.0")
    ('3420', '290')
    """
    first = value.split(maxsplit=1)[0] if value else ""
    return re.sub(r"\.0+$", "", first).lstrip("0").casefold()


def _line(number: int, told: Mapping[str, str], *, how: Reading) -> Line:
    function = _read("function", code_of, told["function"])
    art = _read("art", code_of, told["art"])
    if art not in how.treatments:
        raise BadCell("unknown_art", art, field="art")
    amount = _read(how.value, amount_of, told[how.value])
    return Line(
        row=number,
        function=function,
        art=art,
        amount=-amount if how.is_revenue_positive and is_revenue(art) else amount,
        treatment=how.treatments[art],
        unit=told.get("unit", "")[:20],
        project=told.get("project", "")[:20],
        month=_month(told, how=how),
        text=told.get("text", "")[:120],
    )


def _month(told: Mapping[str, str], *, how: Reading) -> int | None:
    if "month" not in told or how.value == "budget":
        return None
    month = _read("month", partial(month_of, year=how.year), told["month"])
    if month > how.up_to_month:
        raise BadCell("after_the_month", told["month"][:20], field="month")
    return month


def _read(field: str, reader: Callable[[str], Found], value: str) -> Found:
    """The cell by its reader; what is wrong names the field."""
    try:
        if not value:
            raise BadCell("empty")
        return reader(value)
    except BadCell as bad:
        raise BadCell(bad.code, bad.given, field=field) from None


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""
