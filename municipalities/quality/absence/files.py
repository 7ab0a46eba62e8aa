"""A file of sickness absence: a row for each unit and quarter. No Django here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from legevakt.lib.sheet_rows import LOOKED_AT, Rows, UnreadableRows, rows_of

MAX_BYTES, MAX_ROWS = 1024 * 1024, 2_000
HEADINGS = {
    "year": ("år", "year"),
    "quarter": ("kvartal", "quarter"),
    "unit": ("eining", "enhet", "avdeling", "unit"),
    "employees": ("tilsette", "ansatte", "antallansatte", "employees"),
    "agreed": ("avtaltedagsverk", "avtalte", "muligedagsverk", "agreed"),
    "certified": ("legemeldt", "legemeldte", "legemeldtedagsverk", "certified"),
    "self_certified": ("eigenmeldt", "egenmeldt", "egenmeldte", "eigenmelde", "selfcertified"),
    "short": ("korttid", "kort", "116dagar", "116dager", "short"),
    "long": ("langtid", "lang", "17dagar", "17dager", "long"),
}
NEEDED = ("year", "quarter", "unit", "employees", "agreed", "certified", "self_certified")
WHOLE = ("year", "quarter", "employees")


class UnreadableAbsence(ValueError):
    """Nothing is taken: `code` says why, `facts` fill the words."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass(frozen=True, kw_only=True)
class AbsenceRow:
    """A unit's quarter as the file has it; days as decimals, short and long perhaps None."""

    row: int
    year: int
    quarter: int
    unit: str
    employees: int
    agreed: Decimal
    certified: Decimal
    self_certified: Decimal
    short: Decimal | None
    long: Decimal | None


def read(data: bytes) -> list[AbsenceRow]:
    """The rows. Raises UnreadableAbsence, which names the row and column of the first fault."""
    try:
        rows = rows_of(data, max_bytes=MAX_BYTES, max_rows=MAX_ROWS)
    except UnreadableRows as error:
        raise UnreadableAbsence(error.code, **error.facts) from None
    at, places = _headings(rows)
    found = [_row(number, cells, places) for number, cells in rows[at + 1 :] if any(cells)]
    if not found:
        raise UnreadableAbsence("no_rows")
    return found


def _headings(rows: Rows) -> tuple[int, dict[str, int]]:
    for at, (_number, cells) in enumerate(rows[:LOOKED_AT]):
        places = {name: place for place, cell in enumerate(cells) if (name := _field(cell))}
        if {"unit", "quarter", "agreed"} <= set(places):
            missing = [name for name in NEEDED if name not in places]
            if missing:
                raise UnreadableAbsence("missing_column", columns=", ".join(missing))
            return at, places
    raise UnreadableAbsence("no_headings")


def _field(heading: str) -> str | None:
    plain = re.sub(r"[\s.\-–_]", "", heading).casefold()
    return next((name for name, known in HEADINGS.items() if plain in known), None)


def _row(number: int, cells: list[str], places: dict[str, int]) -> AbsenceRow:
    told: dict[str, object] = {"short": None, "long": None}
    for name, place in places.items():
        text = cells[place] if place < len(cells) else ""
        if name in ("short", "long") and not text:
            continue
        told[name] = text if name == "unit" else _number(text, name=name, row=number)
    if not told["unit"]:
        raise UnreadableAbsence("bad_cell", row=number, column="unit")
    return AbsenceRow(row=number, **told)  # type: ignore[arg-type]


def _number(text: str, *, name: str, row: int) -> int | Decimal:
    plain = re.sub(r"[\s\u00a0]", "", text).replace(",", ".")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise UnreadableAbsence("bad_cell", row=row, column=name) from None
    if not value.is_finite() or not 0 <= value < 10_000_000:
        raise UnreadableAbsence("bad_cell", row=row, column=name)
    if name in WHOLE:
        if value != int(value) or (name == "quarter" and not 1 <= value <= 4):
            raise UnreadableAbsence("bad_cell", row=row, column=name)
        return int(value)
    return value
