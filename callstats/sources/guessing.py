"""A first mapping for a file that nobody has described. A person checks it: it is a guess."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from callstats.sources.files import decode
from callstats.sources.frames import Unreadable
from callstats.sources.guess_columns import Role, roles_of
from callstats.sources.guess_file import Table, guess_encoding, guess_sheet, guess_text
from callstats.sources.guess_mapping import guessed_mapping
from callstats.sources.guess_records import list_in
from callstats.sources.guess_words import fields_of
from callstats.sources.sheet_cells import parts
from callstats.sources.sheet_files import is_spreadsheet
from callstats.sources.spreadsheet import rows_in_sheet
from callstats.sources.table_json import objects_in
from callstats.sources.table_lines import rows_of
from callstats.sources.table_mapping import NO_HEADER, column_name

_SAMPLES = 5
_OBJECTS = 500
_TIME_WORDS = {"date", "clock", "arrived_at", "answered_at", "ended_at"}


@dataclass(frozen=True, kw_only=True)
class Guess:
    """`mapping` is a best first one, and may lack keys that `check_mapping` asks for.

    `headers` are names, or numbers («1») where the file has none; `samples` up to five
    unlike values of each, unmasked; `roles` header → field («date» and «clock» are halves of
    the arrival). `date_orders` (dmy, mdy, ymd) fit every row: more than one is a doubt.
    `outcome_words`: word → outcome, None where a person must tell. `warnings`: codes.
    """

    mapping: dict[str, Any]
    encoding: str | None
    delimiter: str | None
    header_line: int | None
    footer_regex: str | None
    sheet: str | None
    sheets: list[str]
    headers: list[str]
    samples: dict[str, list[str]]
    roles: dict[str, Role]
    date_orders: list[str]
    outcome_words: dict[str, str | None]
    warnings: list[str] = field(default_factory=list)


def guess(data: bytes, *, file_name: str, zone: str) -> Guess:
    """From a sample's bytes. Raises Unreadable where the file is no text and no workbook."""
    table, columns = _read(data, file_name)
    roles = roles_of({name: _told(values) for name, values in columns.items()})
    found = guessed_mapping(
        table, columns=columns, roles=roles, zone=zone, is_sheet=is_spreadsheet(data)
    )
    return Guess(
        mapping=found.mapping,
        encoding=table.encoding,
        delimiter=table.delimiter,
        header_line=table.header_line,
        footer_regex=table.footer_regex,
        sheet=table.sheet,
        sheets=table.sheets,
        headers=table.names,
        samples={name: _samples(values) for name, values in columns.items()},
        roles=roles,
        date_orders=found.date_orders,
        outcome_words=found.outcome_words,
        warnings=[*table.warnings, *found.warnings],
    )


def _read(data: bytes, file_name: str) -> tuple[Table, dict[str, list[str | None]]]:
    """(layout, header → values in row order)."""
    if is_spreadsheet(data):
        table = guess_sheet(data)
        return table, _sheet_columns(data, table)
    if _is_json(data, file_name):
        return _json_columns(data)
    table, text = guess_text(data)
    return table, _columns(rows_of(text, _everything(table)).frame, table)


def _everything(table: Table) -> dict[str, Any]:
    """A mapping that only names every column by its number."""
    return {
        "columns": {"id": [n + 1 for n in range(len(table.names))]},
        "header_line": table.header_line or NO_HEADER,
        "delimiter": table.delimiter,
        "footer_regex": table.footer_regex,
        "sheet": table.sheet,
    }


def _columns(frame: pl.DataFrame, table: Table) -> dict[str, list[str | None]]:
    """The first column of each name; a column without one goes by its number."""
    named: dict[str, list[str | None]] = {}
    for n, name in enumerate(table.names, 1):
        named.setdefault(name or str(n), frame[column_name(n)].to_list())
    return named


def _sheet_columns(data: bytes, table: Table) -> dict[str, list[str | None]]:
    """Where the header speaks of time, day numbers are shown as the times they are."""
    frame = rows_in_sheet(data, _everything(table)).frame
    clocked = [
        column_name(n)
        for n, name in enumerate(table.names, 1)
        if {told for told, _ in fields_of(name)} & _TIME_WORDS
    ]
    read = [parts(pl.col(name), is_1904=False).alias(name) for name in clocked]
    return _columns(frame.with_columns(read), table)


def _is_json(data: bytes, file_name: str) -> bool:
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start[:1] in (b"{", b"[") and not file_name.lower().endswith((".csv", ".txt"))


def _json_columns(data: bytes) -> tuple[Table, dict[str, list[str | None]]]:
    """A column a dotted path; raises Unreadable invalid_json."""
    encoding, warnings = guess_encoding(data)
    text = decode(data, encoding=encoding)
    records = list_in(text)
    objects = [dict(_paths(one, "")) for one in objects_in(text, records)]
    names = list(dict.fromkeys(name for one in objects[:_OBJECTS] for name in one))
    if not names:
        raise Unreadable("invalid_json", line=1)
    columns = {name: [one.get(name) for one in objects] for name in names}
    _check_characters(columns)
    table = Table(
        names=names,
        header_line=None,
        encoding=encoding,
        is_json=True,
        records=records,
        warnings=warnings,
    )
    return table, columns


def _check_characters(columns: dict[str, list[str | None]]) -> None:
    """Half of a surrogate pair is no character, and JSON can spell it."""
    try:
        for name, values in columns.items():
            "".join([name, *(value for value in values if value)]).encode()
    except UnicodeEncodeError:
        raise Unreadable("invalid_json", line=1) from None


def _paths(value: Any, path: str) -> Iterator[tuple[str, str | None]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(inner, f"{path}.{key}" if path else key)
    elif path and not isinstance(value, list):
        yield path, None if value is None else str(value)


def _told(values: list[str | None]) -> list[str]:
    return [value for value in values if value]


def _samples(values: list[str | None]) -> list[str]:
    return list(dict.fromkeys(_told(values)))[:_SAMPLES]
