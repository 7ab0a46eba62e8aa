"""A file of counts of deviations to months, whatever form it has. No Django here.

Either a row for each month, category, severity and state with a count, or a column for each month
and a row for each category. Text columns (names, descriptions, cases) are refused: they have no
place here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from legevakt.lib.sheet_rows import LOOKED_AT, Rows, UnreadableRows, rows_of

MAX_BYTES, MAX_ROWS = 1024 * 1024, 5_000
HIGHEST = 100_000
HEADINGS = {
    "month": ("måned", "månad", "mnd", "periode", "month"),
    "category": ("kategori", "type", "område", "category"),
    "severity": ("alvor", "alvorsgrad", "alvorlighetsgrad", "alvorlegheitsgrad", "severity"),
    "state": ("status", "tilstand", "state"),
    "count": ("antall", "antal", "tal", "count"),
}
STATES = {
    "new": ("ny", "nye", "new", "registrert", "mottatt", "motteken"),
    "in_progress": ("under behandling", "in progress", "in_progress", "til behandling"),
    "measures": ("tiltak", "measures", "tiltak vedteke", "tiltak vedtatt"),
    "closed": ("lukket", "lukka", "avsluttet", "avslutta", "closed"),
}
MONTH_NAMES = [
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
]


@dataclass(frozen=True)
class Fault:
    """A cell that cannot be read: its row in the file, its column, and why."""

    row: int
    column: str
    code: str


class UnreadableDeviations(ValueError):
    """Nothing is taken: `code` says why, `facts` fill the words, `faults` name the cells."""

    def __init__(self, code: str, *, faults: tuple[Fault, ...] = (), **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts, self.faults = code, facts, faults


@dataclass(frozen=True)
class Count:
    """A count as the file has it; severity empty where it is not told."""

    month: date
    category: str
    severity: str
    state: str
    count: int


@dataclass(frozen=True)
class DeviationFile:
    """The months that the file reports, with their counts; a month of noughts has none."""

    months: tuple[date, ...]
    counts: tuple[Count, ...]


def read(data: bytes, *, year: int) -> DeviationFile:
    """The file; months without a year are of `year`. Raises UnreadableDeviations.

    Codes: those of `sheet_rows`, no_headings, unknown_column (column), month_twice, faults.
    """
    try:
        rows = rows_of(data, max_bytes=MAX_BYTES, max_rows=MAX_ROWS)
    except UnreadableRows as error:
        raise UnreadableDeviations(error.code, faults=(), **error.facts) from None
    at, places, months = _headings(rows, year=year)
    body = [(number, cells) for number, cells in rows[at + 1 :] if any(cells)]
    if months:
        return _wide(body, places=places, months=months)
    return _long(body, places=places, year=year)


def month_of(text: str, *, year: int) -> date | None:
    """The month that a cell names, if it does.

    >>> month_of("mars 2025", year=2024), month_of("2025-03", year=2024), month_of("3", year=2024)
    (datetime.date(2025, 3, 1), datetime.date(2025, 3, 1), datetime.date(2024, 3, 1))
    >>> month_of("03.2025", year=2024), month_of("mar", year=2024), month_of("13", year=2024)
    (datetime.date(2025, 3, 1), datetime.date(2024, 3, 1), None)
    """
    plain = text.strip().casefold()
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})(?:-\d{1,2})?(?:[ t]00:00(?::00)?)?", plain):
        return _month(int(found[1]), int(found[2]))
    if found := re.fullmatch(r"(?:\d{1,2}\.)?(\d{1,2})[./](\d{4})", plain):
        return _month(int(found[2]), int(found[1]))
    if found := re.fullmatch(r"(\d{1,2})", plain):
        return _month(year, int(found[1]))
    if found := re.fullmatch(r"([a-zæøå]{3,9})\.?(?:\s+(\d{4}))?", plain):
        named = [n for n, name in enumerate(MONTH_NAMES, 1) if name.startswith(found[1])]
        return _month(int(found[2] or year), named[0]) if len(named) == 1 else None
    return None


def _month(year: int, month: int) -> date | None:
    return date(year, month, 1) if 1 <= month <= 12 and 1990 <= year <= 2200 else None


def _headings(rows: Rows, *, year: int) -> tuple[int, dict[str, int], dict[int, date]]:
    """The row of headings, where each field stands, and the columns of months."""
    for at, (_number, cells) in enumerate(rows[:LOOKED_AT]):
        places = {name: n for n, cell in enumerate(cells) if (name := _field(cell))}
        months = {n: found for n, cell in enumerate(cells) if (found := month_of(cell, year=year))}
        is_long = {"month", "category", "count"} <= set(places)
        is_wide = "category" in places and len(months) >= 2
        if is_long or is_wide:
            _require_known(cells, places=places, months={} if is_long else months)
            return at, places, {} if is_long else months
    raise UnreadableDeviations("no_headings")


def _field(heading: str) -> str | None:
    plain = re.sub(r"[\s.\-_]", "", heading).casefold()
    return next((name for name, known in HEADINGS.items() if plain in known), None)


def _require_known(
    cells: Sequence[str], *, places: Mapping[str, int], months: Mapping[int, date]
) -> None:
    known = {*places.values(), *months}
    for place, cell in enumerate(cells):
        is_sum = cell.strip().casefold() in ("sum", "totalt", "i alt", "total")
        if cell and place not in known and not is_sum:
            raise UnreadableDeviations("unknown_column", column=cell[:40])


def _long(rows: Rows, *, places: Mapping[str, int], year: int) -> DeviationFile:
    faults: list[Fault] = []
    months: dict[date, None] = {}
    sums: dict[tuple[date, str, str, str], int] = {}
    for number, cells in rows:
        told = {name: _cell(cells, place) for name, place in places.items()}
        month = month_of(told["month"], year=year)
        count = _count(told["count"])
        state = _state(told.get("state", ""))
        for column, value, code in (
            ("month", month, "not_a_month"),
            ("count", count, "not_a_count"),
            ("state", state, "not_a_state"),
            ("category", told["category"] or None, "no_category"),
        ):
            if value is None:
                faults.append(Fault(number, column, code))
        if month is None or count is None or state is None or not told["category"]:
            continue
        months[month] = None
        key = (month, told["category"], told.get("severity", ""), state)
        sums[key] = sums.get(key, 0) + count
    return _file(months, sums, faults)


def _wide(rows: Rows, *, places: Mapping[str, int], months: Mapping[int, date]) -> DeviationFile:
    if len(set(months.values())) < len(months):
        raise UnreadableDeviations("month_twice")
    faults: list[Fault] = []
    reported: dict[date, None] = {}
    sums: dict[tuple[date, str, str, str], int] = {}
    for number, cells in rows:
        category = _cell(cells, places["category"])
        if category.casefold() in ("sum", "totalt", "i alt", "total"):
            continue
        severity = _cell(cells, places["severity"]) if "severity" in places else ""
        state = _state(_cell(cells, places["state"]) if "state" in places else "")
        if not category:
            faults.append(Fault(number, "category", "no_category"))
        if state is None:
            faults.append(Fault(number, "state", "not_a_state"))
        for place, month in months.items():
            if not (text := _cell(cells, place)):
                continue  # an empty cell reports nothing: nought is written as 0
            if (count := _count(text)) is None:
                faults.append(Fault(number, f"{month:%Y-%m}", "not_a_count"))
                continue
            reported[month] = None
            if category and state:
                key = (month, category, severity, state)
                sums[key] = sums.get(key, 0) + count
    return _file(reported, sums, faults)


def _file(
    months: Mapping[date, None],
    sums: Mapping[tuple[date, str, str, str], int],
    faults: list[Fault],
) -> DeviationFile:
    if faults:
        raise UnreadableDeviations("faults", faults=tuple(faults[:50]), count=len(faults))
    if not months:
        raise UnreadableDeviations("no_rows")
    counts = tuple(Count(*key, count=count) for key, count in sums.items() if count)
    return DeviationFile(months=tuple(sorted(months)), counts=counts)


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _count(text: str) -> int | None:
    found = re.fullmatch(r"(\d{1,6})(?:[.,]0+)?", text.replace("\u00a0", "").replace(" ", ""))
    return int(found[1]) if found and int(found[1]) <= HIGHEST else None


def _state(text: str) -> str | None:
    """A state by its usual names; new where nothing is told."""
    plain = text.strip().casefold()
    if not plain:
        return "new"
    return next((state for state, names in STATES.items() if plain in names), None)
