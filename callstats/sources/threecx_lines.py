"""The lines of a 3CX call report: title lines and footers put aside, rows gathered to calls."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from callstats.sources.table_lines import lines_of, rows_of

_HEADER = r'^\s*"?Call Time"?\s*[,;\t]'
_TITLE = r'^\s*"?Type: Call Reports'
_FOOTER = r'^[\s",;]*(?:Total:|3CX Ltd)'
_CONTINUES = r'^\s*(?:"\s*")?\s*[,;\t]'
# Neither «Caller ID» nor the column without a name after it is ever taken out of the text.
_COLUMNS = {
    "time": "Call Time",
    "destination": "Destination",
    "status": "Status",
    "ringing": "Ringing",
    "talking": "Talking",
    "reason": "Reason",
}


@dataclass(frozen=True, kw_only=True)
class Report:
    """`frame`: line, call (line of the call's first row; null: that row is not in the file),

    ragged, cut (the last call of a report whose footer is missing), and texts: time,
    destination, status, ringing, talking, reason. `ignored` counts the other lines.
    """

    frame: pl.DataFrame
    ignored: int


def report_in(text: str) -> Report:
    """Raises Unreadable as `rows_of`: no_header, missing_columns, wrong_delimiter, …"""
    lines = _marked(lines_of(text))
    body = lines.select(pl.when("within").then("text").otherwise(pl.lit("")))
    mapping = {"columns": _COLUMNS, "header_line": _HEADER}
    rows = rows_of("\n".join(body.to_series()) + "\n", mapping)
    named = rows.frame.rename({header: name for name, header in _COLUMNS.items()})
    ragged = rows.refused.select("line", ragged=pl.lit(value=True))
    every = pl.concat([named, ragged], how="diagonal").sort("line")
    return Report(frame=_gathered(every, lines), ignored=rows.ignored)


def _marked(texts: pl.Series) -> pl.DataFrame:
    """line, text, part (how many headers and titles so far), within (a header or below it),

    open (the part has no footer: where another report begins, or the file ends, it is cut).
    """
    text = pl.col("text")
    header, title = text.str.contains(_HEADER), text.str.contains(_TITLE)
    outside = text.str.contains(_FOOTER) | title
    state = pl.when(header).then(1).when(outside).then(0).forward_fill().fill_null(0)
    marked = (
        texts.to_frame()
        .with_row_index("line", offset=1)
        .with_columns(
            pl.col("line").cast(pl.Int64), part=(header | title).cum_sum(), within=state == 1
        )
    )
    return marked.with_columns(open=pl.col("within").last().over("part"))


def _gathered(rows: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """A row without a time continues the call above it, within its part of the file."""
    placed = rows.join(lines, on="line", how="left", maintain_order="left")
    begins = pl.col("time").is_not_null() | (
        pl.col("ragged").is_not_null() & ~pl.col("text").str.contains(_CONTINUES)
    )
    called = placed.with_columns(
        pl.col("ragged").fill_null(value=False),
        call=pl.when(begins).then("line").forward_fill().over("part"),
    )
    last = pl.col("call") == pl.col("call").max().over("part")
    cut = (pl.col("open") & last).fill_null(value=False)
    return called.select("line", "call", "ragged", *_COLUMNS, cut=cut)
