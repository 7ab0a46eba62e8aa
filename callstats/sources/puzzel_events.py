"""The rows of Puzzel's table call_events: which are phone calls' events, and whose."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from callstats.sources.durations import milliseconds
from callstats.sources.frames import REFUSED, refusals
from callstats.sources.table_lines import lines_of, rows_of
from callstats.sources.times import wall_clock

_HEADER = r"(?i)\bcall_id\b.*\bdte_start\b|\bdte_start\b.*\bcall_id\b"
# The caller's number (source) and agents are never taken out of the text.
_NEEDED = (
    "call_id",
    "call_sequence",
    "media_type_id",
    "dte_start",
    "duration_tot_sec",
    "duration_speak_sec",
    "dte_speak_start",
    "queue_key",
    "event_type",
    "result_code",
)
_OPTIONAL = ("rec_id", "destination", "ciq")
_TYPES = {"initiation": "i", "menu": "m", "queue": "q", "conversation": "c"}
_FORMATS = ("%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S.%f")
# \d would be any script's digits, and only these are numbers to a cast.
_WHOLE = r"^-?[0-9]{1,19}$"
_FLOAT = r"^-?\d+(?:[.,]\d*)?(?:[eE][+-]?\d+)?$"
_DIGITS_EXCEL_KEEPS = 15


@dataclass(frozen=True, kw_only=True)
class Rows:
    """`frame`: one row an event of a phone call, by call_id and call_sequence: line, call_id,

    sequence, at, speak_at (naive local), total, speak (ms), unsized, kind (i, m, q, c or another),
    result, callback (a leg of a call-back or an outbound call), queue, number, and the texts
    dte_start and dte_speak_start. `refused`: rows that belong to no known call. `torn`: lines
    of rows with too few or too many fields. `ignored` counts the other lines.
    """

    frame: pl.DataFrame
    refused: pl.DataFrame
    torn: pl.Series
    ignored: int


def events_in(text: str, *, phone: frozenset[str]) -> Rows:
    """Raises Unreadable as `rows_of`: no_header, missing_columns, wrong_delimiter, …"""
    body, names = _named(text)
    columns = {name: name for name in (*_NEEDED, *(n for n in _OPTIONAL if n in names))}
    rows = rows_of(body, {"columns": columns, "header_line": _HEADER})
    told = _filled(rows.frame)
    calls = told.filter(pl.col("media_type_id").str.to_lowercase().is_in(list(phone)))
    known, unknown = _identified(calls)
    once = _each_once(_read(known))
    return Rows(
        frame=once,
        refused=pl.concat([rows.refused, unknown]),
        torn=rows.refused["line"],
        ignored=rows.ignored + told.height - calls.height + known.height - once.height,
    )


def _named(text: str) -> tuple[str, set[str]]:
    """The text with the header in small letters, and the words in it."""
    lines = lines_of(text).to_list()
    for at, line in enumerate(lines[:200]):
        if re.search(_HEADER, line):
            lines[at] = line.lower()
            return "\n".join(lines) + "\n", set(re.findall(r"\w+", lines[at]))
    return text, set()


def _filled(frame: pl.DataFrame) -> pl.DataFrame:
    """Every column there is to be; the word NULL, which SQL tools write, is none."""
    missing = [pl.lit(None, pl.String).alias(n) for n in _OPTIONAL if n not in frame.columns]
    every = frame.with_columns(missing)
    texts = pl.col(*_NEEDED, *_OPTIONAL)
    return every.with_columns(pl.when(texts.str.to_uppercase() != "NULL").then(texts))


def _identified(told: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(rows of a known call and place in it, refusals of the others).

    call_id has up to 19 digits, of which a float keeps 15: what Excel or a float has been at
    could be another call's. It shows in the form, or in that every long id ends in zeros.
    """
    call_id, sequence = pl.col("call_id").str.strip_prefix("'"), pl.col("call_sequence")
    long = call_id.str.len_chars() > _DIGITS_EXCEL_KEEPS
    whole = call_id.str.contains(_WHOLE)
    rounded = whole & long & (call_id.str.slice(_DIGITS_EXCEL_KEEPS).str.strip_chars("0") == "")
    all_rounded = ((rounded | ~long).all() & (call_id.filter(rounded).n_unique() > 1)).fill_null(
        value=False
    )
    code = (
        pl.when(call_id.is_null() | sequence.is_null())
        .then(pl.lit("missing_field"))
        .when((call_id.str.contains(_FLOAT) & ~whole) | (rounded & all_rounded))
        .then(pl.lit("lossy_id"))
        .when(~whole | ~sequence.str.contains(r"^[0-9]{1,9}$"))
        .then(pl.lit("invalid_number"))
    )
    field = (
        pl.when(call_id.is_null() | ~whole | (rounded & all_rounded))
        .then(pl.lit("id"))
        .otherwise(pl.lit("call_sequence"))
    )
    judged = told.with_columns(code=code, field=field, call_id=call_id)
    bad = judged.filter(pl.col("code").is_not_null())
    unknown = refusals(bad, external_id=pl.lit(None)).select(*REFUSED)
    return judged.filter(pl.col("code").is_null()).drop("code", "field"), unknown


def _read(known: pl.DataFrame) -> pl.DataFrame:
    kind = pl.col("event_type").str.to_lowercase()
    initiated = pl.when(kind.replace(_TYPES) == "i").then("destination")
    ciq = pl.col("ciq").is_not_null() | (kind == "ciq")
    return known.select(
        "line",
        "call_id",
        "dte_start",
        "dte_speak_start",
        sequence=pl.col("call_sequence").cast(pl.Int64),
        record=pl.col("rec_id").cast(pl.Int64, strict=False),
        at=wall_clock(pl.col("dte_start"), _FORMATS),
        speak_at=wall_clock(pl.col("dte_speak_start"), _FORMATS),
        total=milliseconds(known["duration_tot_sec"]),
        speak=milliseconds(known["duration_speak_sec"]),
        unsized=_unread(known, "duration_tot_sec") | _unread(known, "duration_speak_sec"),
        kind=kind.replace(_TYPES),
        result=pl.col("result_code").str.to_lowercase(),
        callback=ciq,
        queue=pl.col("queue_key"),
        number=initiated.str.replace_all(r"[\s()-]", "").str.extract(r"^(\+?[0-9]{3,15})$", 1),
    )


def _unread(known: pl.DataFrame, name: str) -> pl.Series:
    return known[name].is_not_null() & milliseconds(known[name]).is_null()


def _each_once(events: pl.DataFrame) -> pl.DataFrame:
    """Puzzel writes all events of a call anew, with new rec_id, when its call-back is done."""
    latest = events.sort("record", "line", nulls_last=False, maintain_order=True)
    once = latest.unique(["call_id", "sequence"], keep="last", maintain_order=True)
    return once.sort("call_id", "sequence")
