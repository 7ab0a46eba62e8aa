"""A file of shift counts to rows, whatever the order and language of its columns. No database."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from legevakt.lib.workbooks import ZIP_START, BrokenSheet, rows_in_sheet
from municipalities.doctors.shift_rules import Counts, Key, Refusal, Row

MAX_BYTES = 1024 * 1024
MAX_ROWS = 5_000
MOST = 100_000
HEADINGS = {
    "municipality": [
        "kommunenummer",
        "kommunenr",
        "kommunenr.",
        "kommune",
        "municipality",
        "municipalitynumber",
    ],
    "from": [
        "frå",
        "fra",
        "from",
        "frådato",
        "fradato",
        "f.o.m.",
        "fom",
        "fråogmed",
        "fraogmed",
        "firstday",
    ],
    "to": ["til", "to", "tildato", "t.o.m.", "tom", "tilogmed", "lastday"],
    "owed": ["skyldige", "skuldige", "owed"],
    "delivered": ["leverte", "levert", "delivered"],
    "hired": ["innleigde", "innleide", "hired"],
    "unfilled": ["udekte", "udekka", "udekkede", "unfilled"],
}
NEEDED = ("municipality", "from", "to", "owed", "delivered")
COUNTS = ("owed", "delivered", "hired", "unfilled")
DATES = ("%Y-%m-%d", "%d.%m.%Y", "%Y-%m-%d 00:00:00")
_SUM = re.compile(r"^\W*(sum|total|totalt|i alt)\b", re.IGNORECASE)
_WHOLE = re.compile(r"\d{1,9}(?:\.0+)?")


class UnreadableShifts(ValueError):
    """The whole file gives no counts. `code` names why; `params` fill the words shown."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True, kw_only=True)
class ShiftFile:
    """The rows that can be true, and the refused ones."""

    rows: list[Row]
    refused: list[Refusal]


@dataclass(frozen=True, kw_only=True)
class TakesPart:
    """When a municipality takes part; half-open, None for as long as one can see."""

    municipality_id: int
    starts_date: date
    ends_date: date | None = None

    def on(self, day: date) -> bool:
        return self.starts_date <= day and (self.ends_date is None or day < self.ends_date)


class _Wrong(Exception):
    """A cell that cannot be read: field, code, value."""


def read(data: bytes, *, participants: Mapping[str, Sequence[TakesPart]]) -> ShiftFile:
    """The counts of a CSV or XLSX file. `participants`: by number, and by name in small letters.

    The day in the column «til» is the last one that counts. Titles above the header, empty rows
    and sums are left out. Raises UnreadableShifts: empty_file, broken_sheet, not_text, no_header
    (columns), too_many_rows (limit).
    """
    table = _table(data)
    header, places = _header(table)
    below = [(line, cells) for line, cells in table[header + 1 :] if _tells(cells)]
    if len(below) > MAX_ROWS:
        raise UnreadableShifts("too_many_rows", limit=MAX_ROWS)
    rows, refused = [], []
    for line, cells in below:
        told = {name: _cell(cells, place) for name, place in places.items()}
        try:
            rows.append(_row(line, told, participants=participants))
        except _Wrong as wrong:
            refused.append(Refusal(line, *wrong.args))
    return ShiftFile(rows=rows, refused=refused)


def _table(data: bytes) -> list[tuple[int, list[str]]]:
    """1-based lines with their cells."""
    if not data.strip():
        raise UnreadableShifts("empty_file")
    if data.startswith(ZIP_START):
        try:
            return list(enumerate(rows_in_sheet(data), 1))
        except BrokenSheet:
            raise UnreadableShifts("broken_sheet") from None
    return list(_lines(_text(data)))


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableShifts("not_text")


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    delimiter = max(";\t,", key=text.count)
    reader = csv.reader(text.splitlines(), delimiter=delimiter)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error:
        raise UnreadableShifts("not_text") from None


def _header(table: Sequence[tuple[int, list[str]]]) -> tuple[int, dict[str, int]]:
    """(place of the header in the table, place of each known column)."""
    best: tuple[int, dict[str, int]] = (0, {})
    for at, (_line, cells) in enumerate(table[:20]):
        found = _places(cells)
        if len(found) > len(best[1]):
            best = (at, found)
    if missing := [name for name in NEEDED if name not in best[1]]:
        raise UnreadableShifts("no_header", columns=missing)
    return best


def _places(cells: Sequence[str]) -> dict[str, int]:
    names = [re.sub(r"\s", "", cell).casefold() for cell in cells]
    return {
        field: place
        for field, known in reversed(HEADINGS.items())
        for place, name in reversed(list(enumerate(names)))
        if name in known
    }


def _tells(cells: Sequence[str]) -> bool:
    text = " ".join(cells).strip()
    return bool(text) and not _SUM.match(text)


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""


def _row(
    line: int, told: Mapping[str, str], *, participants: Mapping[str, Sequence[TakesPart]]
) -> Row:
    for field, value in told.items():
        if value.startswith("="):
            raise _Wrong(field, "formula", value[:40])
    starts, last = (_day(field, told[field]) for field in ("from", "to"))
    if last < starts:
        raise _Wrong("to", "ends_before_start", told["to"])
    municipality_id = _municipality(told["municipality"], starts, participants)
    counts = Counts(**{field: _count(field, told.get(field, "")) for field in COUNTS})
    return Row(line, Key(municipality_id, starts, last + timedelta(days=1)), counts)


def _municipality(value: str, day: date, participants: Mapping[str, Sequence[TakesPart]]) -> int:
    number = re.match(r"\d{3,4}\b", value)
    found = participants.get(number[0].zfill(4) if number else value.casefold())
    if not value:
        raise _Wrong("municipality", "missing_field", "")
    if not found:
        raise _Wrong("municipality", "unknown_municipality", value[:40])
    for each in found:
        if each.on(day):
            return each.municipality_id
    raise _Wrong("municipality", "not_taking_part", value[:40])


def _day(field: str, value: str) -> date:
    if not value:
        raise _Wrong(field, "missing_field", "")
    for form in DATES:
        try:
            day = datetime.strptime(value, form).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
        if 2000 <= day.year < 2100:
            return day
    raise _Wrong(field, "invalid_date", value[:40])


def _count(field: str, value: str) -> int:
    if not value:
        if field in NEEDED:
            raise _Wrong(field, "missing_field", "")
        return 0
    if re.fullmatch(r"[-\N{MINUS SIGN}]\s*\d.*", value):
        raise _Wrong(field, "negative", value[:40])
    if not _WHOLE.fullmatch(value) or float(value) > MOST:
        raise _Wrong(field, "invalid_number", value[:40])
    return int(float(value))
