"""The columns of a sample, whatever the mapping says they are: their names and their values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from callstats.mappings import masking
from callstats.mappings.layouts import Layout
from callstats.sources.table_mapping import Column, column_name

EXAMPLES = 3
LEAST_ROWS = 5


@dataclass(frozen=True, kw_only=True)
class FileColumn:
    """`key` is what a mapping calls it: its header, or its number where that tells it apart.

    `values` are all of it, by row; `examples` may be shown.
    """

    key: Column
    name: str
    number: int
    values: pl.Series
    examples: tuple[str, ...]

    def is_called(self, column: Column) -> bool:
        """Whether a mapping that says `column` means this one."""
        return column in (self.key, self.number)


def columns_of(layout: Layout) -> list[FileColumn]:
    """Every column of the file, in the file's order."""
    return [
        _column(layout, number=number, key=key) for number, key in enumerate(layout.keys, start=1)
    ]


def column_of(columns: Sequence[FileColumn], called: Column) -> FileColumn | None:
    """The file's column that a mapping means; null where the file lacks it."""
    return next((column for column in columns if column.is_called(called)), None)


def fitted(
    mapping: dict[str, Any], *, columns: Sequence[FileColumn]
) -> tuple[dict[str, Any], list[str]]:
    """The mapping with the columns as this file calls them, and those that the file lacks.

    A field, filter or group loses what is lacking; a page cannot show it to take it away.
    """
    named = mapping.get("columns") or {}
    fields = {field: _known(called, columns) for field, called in named.items()}
    fitting = mapping | {"columns": {field: keys for field, keys in fields.items() if keys}}
    filters = mapping.get("filters") or []
    tests = [test | {"column": _known(test["column"], columns)} for test in filters]
    kept = {
        "filters": [test for test in tests if test["column"]],
        "group": _known(mapping.get("group"), columns),
    }
    fitting |= {key: value for key, value in kept.items() if key in mapping}
    every = [*named.values(), *(test["column"] for test in filters), mapping.get("group")]
    lacking = [c for called in every for c in _listed(called) if column_of(columns, c) is None]
    emptied = {key for key, value in kept.items() if not value}
    return {k: v for k, v in fitting.items() if k not in emptied}, list(
        dict.fromkeys(map(str, lacking))
    )


def tells_apart(column: FileColumn) -> bool:
    """Whether every row has a value of its own there, and none looks like a caller's number."""
    values = column.values
    if values.len() < LEAST_ROWS or values.null_count() or values.n_unique() < values.len():
        return False
    return not any(masking.MARK in example for example in column.examples)


def unlisted(keys: list[Column]) -> Column | list[Column]:
    """One column as itself, several as the list that joins them."""
    return keys[0] if len(keys) == 1 else keys


def _known(called: Any, columns: Sequence[FileColumn]) -> Any:
    """As it is written, a column or a list of them, without what the file lacks."""
    found = [column_of(columns, each) for each in _listed(called)]
    keys = [column.key for column in found if column]
    is_whole_list = isinstance(called, list) and len(keys) == len(called)
    return keys if is_whole_list else unlisted(keys)


def _listed(named: Any) -> list[Column]:
    if named is None:
        return []
    return named if isinstance(named, list) else [named]


def _column(layout: Layout, *, number: int, key: Column) -> FileColumn:
    values = layout.frame[column_name(key)]
    name = layout.names[number - 1] if layout.names else ""
    first = values.drop_nulls().unique(maintain_order=True).head(EXAMPLES)
    return FileColumn(
        key=key,
        name=masking.shown(name) or str(key),
        number=number,
        values=values,
        examples=tuple(masking.shown(value) for value in first),
    )
