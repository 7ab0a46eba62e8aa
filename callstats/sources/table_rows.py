"""The shape in which every kind of table hands over its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from callstats.sources.frames import REFUSED, Warning, no_refused, refusals
from callstats.sources.table_mapping import Column, column_name


@dataclass(frozen=True, kw_only=True)
class Rows:
    """`frame`: line (Int64) and one String column per mapped column (`column_name`), empty

    text as null. `ignored` counts lines that are no rows.
    """

    frame: pl.DataFrame
    refused: pl.DataFrame
    ignored: int
    warnings: tuple[Warning, ...] = ()


def chosen(table: pl.DataFrame, *, positions: dict[Column, int], lines: pl.Series) -> pl.DataFrame:
    """From columns c0, c1 … to the mapped ones, trimmed; a position may serve two of them."""
    columns = [_clean(f"c{at}").alias(column_name(name)) for name, at in positions.items()]
    return table.select(columns).insert_column(0, lines.cast(pl.Int64).alias("line"))


def empty_table(width: int) -> pl.DataFrame:
    return pl.DataFrame(schema={f"c{n}": pl.String for n in range(width)})


def refused_rows(lines: Sequence[int] | pl.Series, *, code: str) -> pl.DataFrame:
    """REFUSED of whole rows: by line and code, without a field."""
    bad = pl.DataFrame({"line": pl.Series(lines, dtype=pl.Int64)})
    if bad.is_empty():
        return no_refused()
    return refusals(bad, code=pl.lit(code)).select(*REFUSED)


def _clean(name: str) -> pl.Expr:
    text = pl.col(name).str.strip_chars()
    return pl.when(text != "").then(text)
