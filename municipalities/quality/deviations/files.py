"""Counts of deviations in a file: a row for each count, or months as columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from municipalities.quality.deviations.headings import KNOWN, month_of
from municipalities.quality.deviations.rules import is_over
from municipalities.quality.deviations.taken import NAMED, Counted, Taken
from municipalities.quality.files import (
    BadCell,
    FileTable,
    UnreadableFile,
    refuse_strange,
    shortened,
    table_of,
    whole_number,
)

MAX_NEW = 30


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How a file is read: the names that the lists have, and what it does not say itself.

    `state` is that of every row where the file has no column of states, `year` that of a month
    without one; `is_added` takes names that the lists lack.
    """

    categories: Sequence[str]
    severities: Sequence[str]
    today: date
    year: int | None = None
    state: str = ""
    is_added: bool = False


@dataclass(frozen=True, kw_only=True)
class DeviationFile:
    """The counts of each month that the file reports; none of a month that had no deviations."""

    months: Mapping[date, tuple[Counted, ...]]
    new_categories: tuple[str, ...] = ()
    new_severities: tuple[str, ...] = ()
    rows_read: int = 0
    sums_left_out: int = 0


def read(data: bytes, *, how: Reading) -> DeviationFile:
    """Every month of the file. Nothing is taken unless everything can be read.

    Raises UnreadableFile: those of quality/files.py; missing_column (field), no_state, no_months,
    months_twice, columns_not_over (columns), cells_refused (count) with its faults,
    unknown_names (names), too_many_names (limit).
    """
    table = table_of(data, known=KNOWN)
    _require(table, "category")
    if table.place_of("state") is None and not how.state:
        raise UnreadableFile("no_state")
    taken = Taken(table=table, categories=how.categories, severities=how.severities)
    if table.place_of("month") is not None:
        _read_long(table, taken, how=how)
    else:
        _read_wide(table, taken, how=how)
    return _checked(taken, how=how)


def _read_long(table: FileTable, taken: Taken, *, how: Reading) -> None:
    _require(table, "count")
    refuse_strange(table, taken=set(table.fields))
    for row, cells in table.rows:
        if not taken.begins(row, cells, state=how.state):
            continue
        year = taken.field("year", lambda text: _year(text, how=how))
        month = taken.field("month", partial(_month, year=year, how=how))
        taken.ends(month, taken.field("count", whole_number))


def _read_wide(table: FileTable, taken: Taken, *, how: Reading) -> None:
    """An empty column is a month that is not reported; an empty cell of another is none."""
    months = _months_of(table, how=how)
    named = {place for place, name in table.fields.items() if name in NAMED}
    refuse_strange(table, taken=named | set(months))
    for row, cells in table.rows:
        if not taken.begins(row, cells, state=how.state):
            continue
        for place, month in months.items():
            if place < len(cells) and cells[place]:
                taken.ends(month, taken.value(place, whole_number))


def _months_of(table: FileTable, *, how: Reading) -> dict[int, date]:
    """The month of each column that has any counts."""
    found = {
        place: month
        for place, heading in enumerate(table.headings)
        if table.fields.get(place) not in NAMED
        and (month := month_of(heading, year=how.year))
        and table.has_any(place)
    }
    if not found:
        raise UnreadableFile("no_months")
    if len(set(found.values())) < len(found):
        raise UnreadableFile("months_twice")
    later = [place for place, month in found.items() if not is_over(month, today=how.today)]
    if later:
        columns = ", ".join(shortened(table.headings[place]) for place in later)
        raise UnreadableFile("columns_not_over", columns=columns)
    return found


def _checked(taken: Taken, *, how: Reading) -> DeviationFile:
    if taken.faults:
        raise UnreadableFile("cells_refused", count=len(taken.faults), faults=taken.faults)
    if not taken.counts:
        raise UnreadableFile("no_months")
    categories, severities = taken.categories.new, taken.severities.new
    if len(categories) + len(severities) > MAX_NEW:
        raise UnreadableFile("too_many_names", limit=MAX_NEW)
    if (categories or severities) and not how.is_added:
        raise UnreadableFile("unknown_names", names=", ".join([*categories, *severities]))
    return DeviationFile(
        months=taken.by_month(),
        new_categories=tuple(categories),
        new_severities=tuple(severities),
        rows_read=len(taken.table.rows),
        sums_left_out=taken.sums,
    )


def _require(table: FileTable, name: str) -> None:
    if table.place_of(name) is None:
        raise UnreadableFile("missing_column", field=name)


def _year(text: str, *, how: Reading) -> int | None:
    if not text:
        return how.year
    if not text.isdecimal() or len(text) != 4:
        raise BadCell("not_a_year")
    return int(text)


def _month(text: str, *, year: int | None, how: Reading) -> date:
    if not text:
        raise BadCell("empty")
    found = month_of(text, year=year)
    if found is None:
        raise BadCell("not_a_month")
    if not is_over(found, today=how.today):
        raise BadCell("not_over")
    return found
