"""The table in an accounts file, its row of headings, and which heading is which field."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from legevakt.lib import sheet_rows
from legevakt.lib.sheet_rows import LOOKED_AT, Rows, UnreadableRows
from municipalities.costs.accounts.errors import UnreadableAccounts

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 50_000
NEEDED = ("function", "art")
FIELDS = ("unit", "function", "art", "project", "month", "text", "amount", "budget")
USUAL = {
    "unit": ["ansvar", "ansvarskode", "einingsnr", "enhet", "eining", "unit"],
    "function": ["funksjon", "teneste", "tjeneste", "funk", "function"],
    "art": ["art", "konto", "artskonto", "account"],
    "project": ["prosjekt", "prosjektnr", "project"],
    "month": ["periode", "måned", "månad", "mnd", "period", "month"],
    "text": ["tekst", "artstekst", "kontonavn", "kontonamn", "artsnavn", "text"],
    "amount": ["regnskap", "rekneskap", "beløp", "hittil", "regnskaphittil", "amount", "accounts"],
    "budget": ["budsjett", "årsbudsjett", "regulertbudsjett", "revidertbudsjett", "budget"],
}


@dataclass(frozen=True)
class FoundTable:
    """Where each field stands, and the numbered rows under the headings."""

    places: Mapping[str, int]
    headings: Sequence[str]
    rows: Rows


def rows_of(data: bytes) -> Rows:
    """Rows of a CSV or XLSX file, numbered from 1 as in the file.

    Raises UnreadableAccounts: empty_file, too_large, broken_sheet, not_text, too_many_rows.
    """
    try:
        return sheet_rows.rows_of(data, max_bytes=MAX_BYTES, max_rows=MAX_ROWS)
    except UnreadableRows as error:
        raise UnreadableAccounts(error.code, faults=(), **error.facts) from None


def found_table(rows: Rows, *, columns: Mapping[str, str]) -> FoundTable:
    """The table under the row that has the headings of `columns` (field → heading).

    Raises UnreadableAccounts: missing_column (columns, headings), heading_twice (column).
    """
    wanted = {name: _plain(heading) for name, heading in columns.items() if heading}
    at = _header(rows, set(wanted.values()))
    headings = rows[at][1] if rows else []
    plain = [_plain(each) for each in headings]
    counted = Counter(plain)
    missing = [columns[name] for name, heading in wanted.items() if heading not in counted]
    if missing:
        raise UnreadableAccounts("missing_column", columns=missing, headings=_shown(headings))
    for name, heading in wanted.items():
        if counted[heading] > 1:
            raise UnreadableAccounts("heading_twice", column=columns[name])
    places = {name: plain.index(heading) for name, heading in wanted.items()}
    return FoundTable(places=places, headings=headings, rows=rows[at + 1 :])


def guessed(rows: Rows) -> dict[str, str]:
    """Field → heading of the file, for the headings that usually mean a field."""
    known = {name for names in USUAL.values() for name in names}
    headings = rows[_header(rows, known)][1] if rows else []
    by_plain = {_plain(each): each for each in reversed(headings)}
    return {
        field: by_plain[next(name for name in names if name in by_plain)]
        for field, names in USUAL.items()
        if any(name in by_plain for name in names)
    }


def _header(rows: Rows, wanted: set[str]) -> int:
    """The place of the row that has most of the headings; the first of equals."""
    scores = [len(wanted & {_plain(each) for each in cells}) for _, cells in rows[:LOOKED_AT]]
    return scores.index(max(scores)) if scores else 0


def _plain(heading: str) -> str:
    """
    >>> _plain(" Regnskap\\n hittil ")
    'regnskaphittil'
    """
    return re.sub(r"[\s.\-_]", "", heading).casefold()


def _shown(headings: Sequence[str]) -> list[str]:
    return [heading[:40] for heading in headings if heading][:20]
