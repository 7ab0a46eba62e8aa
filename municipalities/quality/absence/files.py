"""Sickness absence in a file: a row for each unit and quarter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from municipalities.costs.accounts.cells import BadCell as BadAmount
from municipalities.costs.accounts.cells import amount_of
from municipalities.quality.absence.rules import ends
from municipalities.quality.files import (
    BadCell,
    Fault,
    FileTable,
    UnreadableFile,
    cell,
    is_sum,
    plain,
    refuse_strange,
    shortened,
    shown,
    table_of,
    whole_number,
)

KNOWN: Mapping[str, Sequence[str]] = {
    "year": ["år", "year"],
    "quarter": ["kvartal", "periode", "quarter"],
    "unit": ["eining", "enhet", "avdeling", "teneste", "tjeneste", "unit"],
    "employees": ["tilsette", "ansatte", "tal på tilsette", "antall ansatte", "employees"],
    "agreed": ["avtalte dagsverk", "avtalte", "moglege dagsverk", "mulige dagsverk", "agreed days"],
    "certified": [
        "legemeldt",
        "legemeldte dagsverk",
        "legemeldt fråvær",
        "legemeldt fravær",
        "legemeldte fråværsdagsverk",
        "legemeldte fraværsdagsverk",
        "certified days",
    ],
    "self_certified": [
        "eigenmeldt",
        "egenmeldt",
        "eigenmeldte dagsverk",
        "egenmeldte dagsverk",
        "eigenmeldt fråvær",
        "egenmeldt fravær",
        "self-certified days",
    ],
    "short": ["korttid", "korttidsfråvær", "korttidsfravær", "1-16 dagar", "1-16 dager", "short"],
    "long": ["langtid", "langtidsfråvær", "langtidsfravær", "17 dagar og meir", "17+", "long"],
}
NEEDED = ("quarter", "unit", "employees", "agreed", "certified", "self_certified")
MAX_NAME = 80
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_QUARTER = re.compile(r"[1-4]")


class Told(NamedTuple):
    """A row of the file: days of a unit in a quarter."""

    year: int
    quarter: int
    unit: str
    employees: int
    agreed: Decimal
    certified: Decimal
    self_certified: Decimal
    short: Decimal | None
    long: Decimal | None


@dataclass(frozen=True, kw_only=True)
class AbsenceFile:
    """The rows of a file, and how many sums were left out."""

    rows: tuple[Told, ...]
    rows_read: int
    sums_left_out: int


def read(data: bytes, *, units: Iterable[str], year: int | None, today: date) -> AbsenceFile:
    """Every unit and quarter of the file; `units` are known names, `year` where it says none.

    Raises UnreadableFile: those of quality/files.py, missing_column (field), no_rows,
    cells_refused (count) with its faults.
    """
    table = table_of(data, known=KNOWN)
    for name in NEEDED:
        if table.place_of(name) is None:
            raise UnreadableFile("missing_column", field=name)
    refuse_strange(table, taken=set(table.fields))
    names = {plain(each): each for each in units}
    rows: dict[tuple[int, int, str], Told] = {}
    faults: list[Fault] = []
    sums = 0
    for row, cells in table.rows:
        if not any(cells):
            continue
        if any(is_sum(each) for each in cells[:3]):
            sums += 1
            continue
        reading = _Row(row, cells, table, faults)
        told = reading.told(names, year=year, today=today)
        if told and rows.setdefault(told[:3], told) is not told:
            reading.note("unit", "twice")
    if faults:
        raise UnreadableFile("cells_refused", count=len(faults), faults=faults)
    if not rows:
        raise UnreadableFile("no_rows")
    return AbsenceFile(
        rows=tuple(sorted(rows.values())), rows_read=len(table.rows), sums_left_out=sums
    )


@dataclass
class _Row:
    """The row that is being read; what is wrong is noted, and the reading goes on."""

    number: int
    cells: Sequence[str]
    table: FileTable
    faults: list[Fault]

    def told(self, names: dict[str, str], *, year: int | None, today: date) -> Told | None:
        before = len(self.faults)
        own_year = self.value("year", lambda text: _year(text, otherwise=year))
        period = self.value("quarter", lambda text: _quarter(text, year=own_year, today=today))
        unit = self.value("unit", lambda text: _unit(text, names=names))
        employees = self.value("employees", whole_number)
        days = [self.value(name, _days) for name in ("agreed", "certified", "self_certified")]
        short, long = (self.value(name, _days_if_told) for name in ("short", "long"))
        if len(self.faults) > before:
            return None
        figures: list[Any] = [*period, unit, employees, *days, short, long]
        found = Told(*figures)
        for code, name in wrong_days(found).items():
            self.note(name, code)
        return None if len(self.faults) > before else found

    def value(self, name, reader):
        place = self.table.place_of(name)
        try:
            return reader(cell(self.cells, place))
        except BadCell as bad:
            self.note(name, str(bad))
            return None

    def note(self, name: str, code: str) -> None:
        place = self.table.place_of(name)
        text = self.cells[place] if place is not None and place < len(self.cells) else ""
        heading = shortened(self.table.headings[place]) if place is not None else ""
        self.faults.append(Fault(row=self.number, column=heading, code=code, given=shown(text)))


def wrong_days(told: Told) -> dict[str, str]:
    """What is wrong among days that can each be read: code → the field that it shows at."""
    lost = told.certified + told.self_certified
    found = {}
    if told.agreed <= 0:
        found["nothing_agreed"] = "agreed"
    elif lost > told.agreed:
        found["more_than_agreed"] = "certified"
    if (told.short is None) != (told.long is None):
        found["half_a_split"] = "short" if told.short is None else "long"
    elif told.short is not None and told.long is not None and told.short + told.long != lost:
        found["split_is_not_all"] = "short"
    return found


def _year(text: str, *, otherwise: int | None) -> int | None:
    if not text:
        return otherwise
    if not _YEAR.fullmatch(text):
        raise BadCell("not_a_year")
    return int(text)


def _quarter(text: str, *, year: int | None, today: date) -> tuple[int, int]:
    """The quarter, and the year that its own cell or another has."""
    if not text:
        raise BadCell("empty")
    named = _YEAR.search(text)
    rest = _YEAR.sub("", text, count=1) if named else text
    found = _QUARTER.findall(re.sub(r"\.0+$", "", rest))
    if len(found) != 1 or len(re.findall(r"\d", rest)) - rest.endswith(".0") != 1:
        raise BadCell("not_a_quarter")
    told = int(named[0]) if named else year
    if told is None:
        raise BadCell("quarter_without_year")
    if ends(told, int(found[0])) > today:
        raise BadCell("quarter_not_over")
    return told, int(found[0])


def _unit(text: str, *, names: dict[str, str]) -> str:
    given = " ".join(text.split())
    if not plain(given):
        raise BadCell("empty")
    if len(given) > MAX_NAME:
        raise BadCell("long_text")
    return names.setdefault(plain(given), given)


def _days(text: str) -> Decimal:
    if not text:
        raise BadCell("empty")
    try:
        found = amount_of(text)
    except BadAmount:
        raise BadCell("not_days") from None
    if not 0 <= found < 10_000_000:
        raise BadCell("not_days")
    return found


def _days_if_told(text: str) -> Decimal | None:
    return _days(text) if text else None
