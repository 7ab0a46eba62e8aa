"""Profile telia-samtalelogg: the call log of Telia Bedriftsnett, exported as text.

UNPROVEN: no export of a real system has been seen. The columns and the words of the status
are those of Telia's help page «Samtalelogg» (telia.no, bedriftsnett-hjelpesider): Tidspunkt,
Innringer, Aksessnummer, Kø, Ventetid, Samtaletid, Snakket med, Status, one row a call. That
it is semicolons, d.m.yyyy, hh:mm:ss and decimal comma is what Norwegian exports are.

| status | call |
|---|---|
| Besvart, Ja; Satt over til … | answered (and forwarded) |
| Forlot kø, Ubesvart, Tapt, Nei | abandoned |
| Tidsavbrudd | the first operator did not answer: answered if there was any talk, else timeout |
| Ingen status enda | not over: pending, until a later export has it whole |

The status is that of the first part of the call, wait and talk are those of the whole. The
arrival (Tidspunkt) is when the exchange took the call, so before any announcement. Reports of
sums (ACE Report, kørapport) are refused: they have no calls. Workbooks must be saved as text.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from callstats.sources import durations
from callstats.sources.files import read_text
from callstats.sources.frames import ParsedCalls, SourceSettings, Warning
from callstats.sources.rows import calls_of
from callstats.sources.table_keys import without_keys
from callstats.sources.table_lines import rows_of
from callstats.sources.table_mapping import FIELDS
from callstats.sources.telia_headers import Header, header_of

__all__ = ["calls_in", "read_calls"]

_FIXED: dict[str, Any] = {
    "decimal": ",",
    "time_formats": ["%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M:%S"],
    "outcomes": {word: word for word in ("answered", "abandoned", "timeout")},
    "forwarded": {"other": "other"},
}
_STATUS = {
    "besvart": "answered",
    "ja": "answered",
    "forlot kø": "abandoned",
    "ubesvart": "abandoned",
    "tapt": "abandoned",
    "nei": "abandoned",
}
_OPEN = "ingen status"
_MOVED = "satt over"
_RANG_OUT = "tidsavbrudd"
# What a call without an id of its own is known by.
_KEY = ("arrived_at", "number", "queue", "wait_seconds", "talk_seconds")


def read_calls(path: str | Path, *, settings: SourceSettings) -> ParsedCalls:
    """A samtalelogg. Raises Unreadable as `files.read_text` and `calls_in` do."""
    return calls_in(read_text(path, fallback="cp1252"), settings=settings)


def calls_in(text: str, *, settings: SourceSettings) -> ParsedCalls:
    """The same from text. Raises Unreadable: aggregates_not_calls, missing_columns, no_header."""
    lines = text.replace("\r\n", "\n")
    header = header_of(lines)
    columns = {"columns": header.names, "header_line": header.line, "delimiter": header.delimiter}
    rows = rows_of(lines, columns)
    facts = _facts(rows.frame, header)
    over = facts.filter(~pl.col("status").str.starts_with(_OPEN).fill_null(value=False))
    parsed = calls_of(
        _told(over, header),
        mapping=_FIXED | {"columns": {name: name for name in FIELDS}},
        settings=settings,
        refused=rows.refused,
        ignored=rows.ignored,
        warnings=rows.warnings,
    )
    return _with_open(parsed, open_calls=facts.height - over.height, weak="id" not in header.names)


def _with_open(parsed: ParsedCalls, *, open_calls: int, weak: bool) -> ParsedCalls:
    """The day is before the month in Norway, so that it could be otherwise is no warning."""
    warnings = [w for w in parsed.warnings if w.code != "date_order_unproven"]
    if weak and parsed.calls.height:
        warnings.append(Warning(code="weak_key", count=parsed.calls.height))
    return replace(
        without_keys(parsed) if weak else parsed,
        received=parsed.received + open_calls,
        pending=open_calls,
        warnings=tuple(warnings),
    )


def _facts(frame: pl.DataFrame, header: Header) -> pl.DataFrame:
    """The columns by their keys, and `status` in small letters."""
    known = {key: pl.col(name) for key, name in header.names.items()}
    if "arrived_at" not in known:
        known["arrived_at"] = pl.concat_str(known["date"], known["clock"], separator=" ")
    keys = (*_KEY, "outcome", "caller", "id")
    nothing = pl.lit(None, pl.String)
    facts = frame.select("line", *(known.get(key, nothing).alias(key) for key in keys))
    return facts.with_columns(status=pl.col("outcome").str.to_lowercase())


def _told(facts: pl.DataFrame, header: Header) -> pl.DataFrame:
    talk = durations.milliseconds(facts["talk_seconds"], decimal=",")
    moved = pl.col("status").str.starts_with(_MOVED)
    known = facts.with_columns(
        id=pl.col("id") if "id" in header.names else _weak_id(),
        outcome=_outcome(moved, talked=pl.lit(talk > 0)),
        forwarded_to=pl.when(moved).then(pl.lit("other")),
    )
    missing = [pl.lit(None, pl.String).alias(name) for name in FIELDS if name not in known.columns]
    return known.with_columns(missing).select("line", *FIELDS)


def _outcome(moved: pl.Expr, *, talked: pl.Expr) -> pl.Expr:
    """A word of the status that is not known is told by its first word: names may follow."""
    status = pl.col("status")
    return (
        pl.when(moved | (talked & (status == _RANG_OUT)))
        .then(pl.lit("answered"))
        .when(status == _RANG_OUT)
        .then(pl.lit("timeout"))
        .otherwise(
            pl.coalesce(
                status.replace_strict(_STATUS, default=None, return_dtype=pl.String),
                status.str.extract(r"^(\S+)", 1),
            )
        )
    )


def _weak_id() -> pl.Expr:
    """Two callers of one second, alike in all else, get numbers: their own are not kept."""
    key = pl.concat_str(pl.lit("weak"), *(pl.col(k).fill_null("") for k in _KEY), separator=":")
    which = pl.col("caller").fill_null("").rank("dense").over(_KEY)
    return pl.when(which > 1).then(pl.format("{}#{}", key, which)).otherwise(key)
