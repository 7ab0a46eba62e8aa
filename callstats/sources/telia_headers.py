"""Which columns of a Telia samtalelogg are what, by the names they go under.

The first name of each is that of Telia's help page; the others are those Norwegian call logs
use (formats.md 2.11). The caller's number only tells two rows of one second apart, and the
operator's name is not read at all.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass

from callstats.sources.frames import Unreadable
from callstats.sources.table_mapping import DELIMITERS

NAMES: dict[str, tuple[str, ...]] = {
    "arrived_at": ("tidspunkt", "dato/tid", "dato og tid", "dato og klokkeslett", "starttid"),
    "date": ("dato",),
    "clock": ("klokkeslett", "klokkeslettet", "kl", "kl.", "tid"),
    "number": ("aksessnummer", "oppringt nummer", "til nummer", "b-nummer"),
    "queue": ("kø", "kønavn", "første kø"),
    "wait_seconds": ("ventetid", "ventetid i kø", "svartid"),
    "talk_seconds": ("samtaletid", "taletid"),
    "outcome": ("status", "besvart"),
    "caller": ("innringer", "a-nummer", "fra nummer"),
    "id": ("samtale-id", "samtaleid", "samtale id", "anrops-id"),
}
# Each of these must be there; `arrived_at`, or `date` with `clock`.
_NEEDED = ("queue", "wait_seconds", "talk_seconds", "outcome")

# How columns of sums begin: ACE Report in English and Swedish, Telia's kørapport in Norwegian.
_SUMS = (
    "received",
    "established",
    "reestablished",
    "lost",
    "abandoned",
    "average",
    "mottagna",
    "etablerade",
    "förlorade",
    "övergivna",
    "mottatte",
    "etablerte",
    "tapte",
    "antall",
    "prosent",
    "ubesvarte",
    "gjennomsnittlig",
)
_FEWEST_SUMS = 2
# Titles and filters may stand before the header.
_SEARCHED = 50


@dataclass(frozen=True, kw_only=True)
class Header:
    """`names`: key of NAMES → the column's name as written, for the columns there are."""

    line: int
    delimiter: str
    names: dict[str, str]


def header_of(text: str) -> Header:
    """The line with the column names, of text with LF line ends.

    Raises Unreadable: aggregates_not_calls, missing_columns (columns, by Telia's names),
    no_header.
    """
    lines = list(enumerate(text.split("\n", _SEARCHED)[:_SEARCHED], 1))
    found = [_named(line, number, mark) for number, line in lines for mark in DELIMITERS]
    best = max(found, key=lambda header: len(_kept(header)))
    if not _lacking(best):
        return best
    for number, line in lines:
        if any(_is_of_sums(_cells(line, mark)) for mark in DELIMITERS):
            raise Unreadable("aggregates_not_calls", line=number)
    if len(_kept(best)) < len(_NEEDED) - 1:
        raise Unreadable("no_header")
    raise Unreadable("missing_columns", columns=_lacking(best), line=best.line)


def _named(line: str, number: int, delimiter: str) -> Header:
    written = {name.casefold(): name for name in reversed(_cells(line, delimiter))}
    names = {
        key: written[name]
        for key, known in NAMES.items()
        for name in reversed(known)
        if name in written
    }
    return Header(line=number, delimiter=delimiter, names=names)


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []


def _kept(header: Header) -> list[str]:
    return [key for key in (*_NEEDED, "arrived_at", "date") if key in header.names]


def _lacking(header: Header) -> list[str]:
    lacking = [key for key in _NEEDED if key not in header.names]
    if "arrived_at" not in header.names and not {"date", "clock"} <= set(header.names):
        lacking.insert(0, "arrived_at")
    return [NAMES[key][0].capitalize() for key in lacking]


def _is_of_sums(cells: list[str]) -> bool:
    return sum(cell.casefold().startswith(_SUMS) for cell in cells) >= _FEWEST_SUMS
