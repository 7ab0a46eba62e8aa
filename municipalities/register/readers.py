"""The three files the register is made of, and how they are matched. No database.

Who decides what: Klass 131 which numbers there are; norge-data the Norwegian name; the list of
2026 the county and, being the newer, the written form (Ålesund's own site agrees with it).
Rows are matched on number only: names differ between the files (Sami and Kven forms,
`Herøy (Nordland)`).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

VALID_FROM = date(2024, 1, 1)
UNKNOWN_NUMBER = "9999"
WRITTEN_FORMS = {"nynorsk": "nn", "bokmål": "nb", "nøytral": "neutral"}


class RegisterMismatch(ValueError):
    """The files cannot be put together; the message says which number and why."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A municipality as one file tells it; `written_form` is nn, nb or neutral."""

    name: str
    written_form: str
    county: str = ""
    inhabitants: int | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A municipality of the register, valid from `valid_from`."""

    number: str
    name: str
    county_number: str
    county: str
    written_form: str
    valid_from: date = VALID_FROM


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """Two files name different written forms; `chosen` is the one of the newer list."""

    number: str
    name: str
    chosen: str
    other: str


@dataclass(frozen=True, kw_only=True)
class Register:
    """Every municipality by number, and where the files disagreed."""

    entries: list[Entry]
    disagreements: list[Disagreement]


def klass_numbers(content: bytes) -> list[str]:
    """The numbers of Klass 131 (ISO-8859-1), without 9999 Uoppgitt, in order."""
    rows = csv.DictReader(io.StringIO(content.decode("latin-1")))
    return sorted(row["code"] for row in rows if row["code"] != UNKNOWN_NUMBER)


def list_of_2026(content: bytes) -> dict[str, Listed]:
    """Number → name, county and written form (UTF-8, comma)."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    return {
        row["Nr"]: Listed(
            name=row["Kommunenavn"],
            county=row["Fylke"],
            written_form=_written_form(row["Målform"], number=row["Nr"]),
        )
        for row in rows
    }


def norge_data(content: bytes) -> dict[str, Listed]:
    """Number → Norwegian name, written form and inhabitants (JSON); each number once."""
    listed: dict[str, Listed] = {}
    for row in json.loads(content):
        number = row["k_id"]
        if number in listed:
            raise RegisterMismatch(f"{number} stands twice")
        listed[number] = Listed(
            name=row["k_name_no"],
            written_form=_written_form(row["k_language"], number=number),
            inhabitants=row["k_population"],
        )
    return listed


def match(
    *, numbers: Iterable[str], newer: dict[str, Listed], older: dict[str, Listed]
) -> Register:
    """Put the files together on the number. `older` (norge-data) must have every number.

    A municipality that `newer` lacks (1580 Haram) gets the county of its two first digits.
    Raises RegisterMismatch for a number without a name or a county.
    """
    counties = _counties(newer)
    entries = [_entry(n, newer=newer, older=older, counties=counties) for n in numbers]
    return Register(
        entries=entries,
        disagreements=[
            Disagreement(
                number=entry.number,
                name=entry.name,
                chosen=entry.written_form,
                other=older[entry.number].written_form,
            )
            for entry in entries
            if entry.written_form != older[entry.number].written_form
        ],
    )


def _entry(
    number: str,
    *,
    newer: dict[str, Listed],
    older: dict[str, Listed],
    counties: dict[str, str],
) -> Entry:
    county_number = number[:2]
    if number not in older:
        raise RegisterMismatch(f"{number} has no name in norge-data")
    if county_number not in counties:
        raise RegisterMismatch(f"{number}: county {county_number} has no name")
    return Entry(
        number=number,
        name=older[number].name,
        county_number=county_number,
        county=counties[county_number],
        written_form=newer.get(number, older[number]).written_form,
    )


def _counties(listed: dict[str, Listed]) -> dict[str, str]:
    """County number (the two first digits) → name; one name a number."""
    counties: dict[str, str] = {}
    for number, row in listed.items():
        known = counties.setdefault(number[:2], row.county)
        if known != row.county:
            raise RegisterMismatch(f"county {number[:2]} is both {known} and {row.county}")
    return counties


def _written_form(text: str, *, number: str) -> str:
    try:
        return WRITTEN_FORMS[text.strip().lower()]
    except KeyError:
        raise RegisterMismatch(f"{number}: unknown written form {text!r}") from None
