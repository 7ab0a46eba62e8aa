"""Profile table: a delimited text with one row a call, read by a mapping."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from callstats.sources.files import read_text
from callstats.sources.frames import ParsedCalls, SourceSettings
from callstats.sources.rows import calls_of
from callstats.sources.table_lines import rows_of
from callstats.sources.table_mapping import FIELDS, check_mapping, is_weak

__all__ = ["calls_in", "check_mapping", "read_calls"]


def read_calls(path: str | Path, *, settings: SourceSettings) -> ParsedCalls:
    """A table file by `settings.mapping`. Raises Unreadable: bad_mapping, what `read_text`

    raises of the file, what `rows_of` raises of the header, wrong_date_order.
    """
    mapping = check_mapping(settings.mapping)
    text = read_text(path, encoding=mapping.get("encoding"))
    return calls_in(text, mapping=mapping, settings=settings)


def calls_in(text: str, *, mapping: dict[str, Any], settings: SourceSettings) -> ParsedCalls:
    """The same from text already decoded, by a mapping already checked."""
    rows = rows_of(text, mapping)
    told = rows.frame.select("line", *_facts(mapping))
    return calls_of(
        told,
        mapping=mapping,
        settings=settings,
        refused=rows.refused,
        ignored=rows.ignored,
    )


def _facts(mapping: dict[str, Any]) -> list[pl.Expr]:
    """One text column a canonical field; several headers are joined («Dato» + «Klokkeslett»)."""
    facts = {field: _fact(field, mapping) for field in FIELDS}
    if is_weak(mapping):
        parts = [facts["arrived_at"], facts["queue"], facts["wait_seconds"]]
        filled = [part.fill_null("") for part in parts]
        facts["id"] = pl.concat_str(pl.lit("weak"), *filled, separator=":")
    return [fact.alias(field) for field, fact in facts.items()]


def _fact(field: str, mapping: dict[str, Any]) -> pl.Expr:
    named = mapping["columns"].get(field)
    if named is None:
        fixed = mapping.get(field) if field in {"number", "queue"} else None
        return pl.lit(fixed, dtype=pl.String)
    if isinstance(named, str):
        return pl.col(named)
    mark = ":" if field == "id" else " "
    joined = pl.concat_str(named, separator=mark, ignore_nulls=True)
    return pl.when(pl.any_horizontal(pl.col(named).is_not_null())).then(joined)
