"""Profile table: rows from text, a workbook or JSON, brought to calls by a mapping."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from callstats.sources.files import decode, read_bytes
from callstats.sources.frames import ParsedCalls, SourceSettings
from callstats.sources.rows import calls_of
from callstats.sources.sheet_cells import with_formats
from callstats.sources.sheet_files import is_spreadsheet
from callstats.sources.spreadsheet import rows_in_sheet
from callstats.sources.table_filters import is_wanted
from callstats.sources.table_json import rows_in_json
from callstats.sources.table_keys import weak_ids, without_keys
from callstats.sources.table_lines import rows_of
from callstats.sources.table_mapping import (
    FIELDS,
    Column,
    check_mapping,
    column_name,
    group_of,
    is_by_leg,
    is_json,
    is_weak,
)
from callstats.sources.table_rows import Rows

__all__ = ["calls_in", "calls_in_bytes", "check_mapping", "read_calls"]


def read_calls(path: str | Path, *, settings: SourceSettings) -> ParsedCalls:
    """A table file by `settings.mapping`. Raises Unreadable: bad_mapping, what `read_bytes`

    raises of the file, and as `calls_in_bytes`.
    """
    mapping = check_mapping(settings.mapping)
    return calls_in_bytes(read_bytes(path, spreadsheets=True), mapping=mapping, settings=settings)


def calls_in_bytes(
    data: bytes, *, mapping: dict[str, Any], settings: SourceSettings
) -> ParsedCalls:
    """The same from a file's bytes, by a mapping already checked. Raises Unreadable as

    `decode` of text, `rows_in_sheet` of a workbook, and `calls_in`.
    """
    if is_spreadsheet(data):
        rows = rows_in_sheet(data, mapping)
        return _calls(rows, mapping=with_formats(mapping), settings=settings)
    text = decode(data, encoding=mapping.get("encoding"))
    return calls_in(text, mapping=mapping, settings=settings)


def calls_in(text: str, *, mapping: dict[str, Any], settings: SourceSettings) -> ParsedCalls:
    """The same from text already decoded. Raises Unreadable as `rows_of` or `rows_in_json`,

    and wrong_date_order.
    """
    rows = rows_in_json(text, mapping) if is_json(mapping) else rows_of(text, mapping)
    return _calls(rows, mapping=mapping, settings=settings)


def _calls(rows: Rows, *, mapping: dict[str, Any], settings: SourceSettings) -> ParsedCalls:
    wanted = is_wanted(mapping)
    kept = rows.frame if wanted is None else rows.frame.filter(wanted)
    told = kept.select("line", *_facts(mapping))
    if is_weak(mapping):
        told = told.with_columns(weak_ids(told, mapping))
    parsed = calls_of(
        told,
        mapping=mapping,
        settings=settings,
        refused=rows.refused,
        ignored=rows.ignored + rows.frame.height - kept.height,
        warnings=rows.warnings,
    )
    return without_keys(parsed) if is_weak(mapping) else parsed


def _facts(mapping: dict[str, Any]) -> list[pl.Expr]:
    """One text column a canonical field; several headers are joined («Dato» + «Klokkeslett»)."""
    facts = {field: _fact(field, mapping) for field in FIELDS}
    if is_by_leg(mapping):
        facts["group"] = _joined(group_of(mapping), mark=":")
        facts["id"] = facts["id"] if "id" in mapping["columns"] else facts["group"]
    return [fact.alias(field) for field, fact in facts.items()]


def _fact(field: str, mapping: dict[str, Any]) -> pl.Expr:
    named = mapping["columns"].get(field)
    if named is None:
        fixed = mapping.get(field) if field in {"number", "queue"} else None
        return pl.lit(fixed, dtype=pl.String)
    if isinstance(named, list):
        return _joined(named, mark=":" if field == "id" else " ")
    return pl.col(column_name(named))


def _joined(columns: list[Column], *, mark: str) -> pl.Expr:
    names = [column_name(column) for column in columns]
    joined = pl.concat_str(names, separator=mark, ignore_nulls=True)
    return pl.when(pl.any_horizontal(pl.col(names).is_not_null())).then(joined)
