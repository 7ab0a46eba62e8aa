"""A table from SSB's statbank as CSV: sex, age and year in rows or columns. No Django."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from municipalities.register import headings
from municipalities.register.figures import Place, PopulationFile, UnreadablePopulation
from municipalities.register.headings import AGE, CONTENTS, REGION, SEX, YEAR, Column, Year
from municipalities.register.parts import Part
from municipalities.register.summing import Cell, summed

PUBLISHER = "Statistisk sentralbyrå"
LICENCE = "CC BY 4.0"
DELIMITERS = ";\t,"
TITLE_LINES = 20
MISSING = frozenset({"", ".", "..", "...", ":"})  # SSB's signs for what is not counted or shown
NONE = "-"
_COUNT = re.compile(r"([0-9]{1,9}|[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3}){1,2})(\*?)")


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where a table has what: `stubs` by kind, `counts` by column; `header` is its line."""

    delimiter: str
    header: int
    stubs: dict[str, int]
    counts: dict[int, Column]

    @property
    def width(self) -> int:
        return max([*self.stubs.values(), *self.counts]) + 1


def read(content: bytes, *, counted_date: date | None = None) -> PopulationFile:
    """SSB's file in UTF-8, ISO-8859-1 or cp1252, with or without a title above the header.

    `counted_date` is needed where no year stands in the file; where years do, it must be one of
    them. Raises UnreadablePopulation.
    """
    text = decoded(content)
    layout = _layout(text)
    figures = summed(_cells(text, layout, counted_date=counted_date))
    if counted_date and counted_date not in {figure.counted_date for figure in figures}:
        raise UnreadablePopulation("date_missing", day=counted_date)
    return PopulationFile(figures=figures, source=_source(text))


def decoded(content: bytes) -> str:
    """The text of a file. Raises UnreadablePopulation for what is no text."""
    for encoding in ("utf-8-sig", "cp1252", "latin-1"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadablePopulation("not_text")


def source(*, table: str | None, publisher: str = PUBLISHER) -> str:
    """Where figures are from, as it is stored beside them."""
    return f"{publisher}, tabell {table} ({LICENCE})" if table else f"{publisher} ({LICENCE})"


def _source(text: str) -> str:
    first = next(iter(text.splitlines()), "")
    return source(table=headings.table_number(first.strip("\"' ")))


def _rows(text: str, *, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Lines with their cells, without empty ones."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield reader.line_num, cells
    except csv.Error:
        raise UnreadablePopulation("not_text") from None


def _layout(text: str) -> Layout:
    """The header is the first line with a region and more."""
    for delimiter in DELIMITERS:
        for line, cells in _rows(text, delimiter=delimiter):
            if line > TITLE_LINES:
                break
            if len(cells) > 1 and REGION in map(headings.kind_of, cells):
                return _parted(cells, delimiter=delimiter, line=line)
    raise UnreadablePopulation("no_header")


def _parted(cells: Sequence[str], *, delimiter: str, line: int) -> Layout:
    stubs: dict[str, int] = {}
    columns: dict[Column, int] = {}
    for place, cell in enumerate(cells):
        kind, column = headings.kind_of(cell), headings.column_of(cell)
        if kind and kind not in stubs:
            stubs[kind] = place
        elif column and column not in columns:
            columns[column] = place
        elif cell:
            code = "column_twice" if kind or column else "unknown_column"
            raise UnreadablePopulation(code, column=cell[:60])
    if not columns:
        raise UnreadablePopulation("no_header")
    counts = {place: column for column, place in columns.items()}
    return Layout(delimiter=delimiter, header=line, stubs=stubs, counts=counts)


def _cells(text: str, layout: Layout, *, counted_date: date | None) -> Iterator[Cell]:
    for line, row in _rows(text, delimiter=layout.delimiter):
        if line > layout.header:
            yield from _of_row(row, layout, place=Place("line", line), counted_date=counted_date)


def _of_row(
    row: Sequence[str], layout: Layout, *, place: Place, counted_date: date | None
) -> Iterator[Cell]:
    if len(row) < layout.width:
        if len(row) == 1 and not headings.number_of(row[0]):
            return  # a footnote
        raise UnreadablePopulation("short_row", first=place, cells=len(row), width=layout.width)
    region = row[layout.stubs[REGION]]
    if not region:
        raise UnreadablePopulation("no_region", first=place)
    if headings.is_sum_of_others(region):
        return
    year, part = _stubs(row, layout, place=place)
    number = headings.number_of(region)
    for at, column in layout.counts.items():
        found = column.year or year or (Year(counted_date) if counted_date else None)
        if found is None:
            raise UnreadablePopulation("date_needed")
        count, is_provisional = _count(row[at], place=place)
        yield Cell(
            region=region,
            number=number,
            counted_date=found.counted_date,
            part=Part(column.part.sex or part.sex, column.part.ages or part.ages),
            people=count,
            is_provisional=is_provisional or found.is_provisional,
            place=place,
        )


def _stubs(row: Sequence[str], layout: Layout, *, place: Place) -> tuple[Year | None, Part]:
    """What the row itself says of its counts."""
    told = {kind: row[at] for kind, at in layout.stubs.items()}
    try:
        if CONTENTS in told and not headings.is_of_persons(told[CONTENTS]):
            raise ValueError(told[CONTENTS])
        year = headings.year_of(told[YEAR]) if YEAR in told else None
        sex = headings.sex_of(told[SEX]) if SEX in told else None
        ages = headings.ages_of(told[AGE]) if AGE in told else None
    except ValueError as error:
        raise UnreadablePopulation("unknown_value", first=place, value=str(error)[:40]) from None
    return year, Part(sex, ages)


def _count(text: str, *, place: Place) -> tuple[int | None, bool]:
    """(the count, whether a star marks it as provisional)."""
    if text in MISSING:
        return None, False
    if text == NONE:
        return 0, False
    found = _COUNT.fullmatch(text)
    if found is None:
        raise UnreadablePopulation("no_count", first=place, value=text[:20])
    return int(re.sub(r"\D", "", found[1])), bool(found[2])
