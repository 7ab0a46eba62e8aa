"""Counts per period and band from a report's table. Counts only: percentages are refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from callstats.sources.aggregate_headers import ReportHeader, names_months, report_header
from callstats.sources.aggregate_periods import with_periods
from callstats.sources.aggregate_sheet import texts_of
from callstats.sources.files import decode, read_bytes
from callstats.sources.frames import MOMENT, REFUSED, Unreadable, no_refused, refusals
from callstats.sources.sheet_files import is_spreadsheet
from callstats.sources.table_lines import lines_of, rows_of

MAX_BYTES = 10 * 1024 * 1024
COUNTS = ("offered", "answered", "abandoned")
PERIODS: dict[str, Any] = {
    "line": pl.Int64,
    "line_class": pl.String,
    "starts_at": MOMENT,
    "ends_at": MOMENT,
    **dict.fromkeys(COUNTS, pl.Int64),
}
LINES = {
    "116117": "116117",
    "116 117": "116117",
    "nasjonalt": "116117",
    "lokal8": "lokal8",
    "lokal": "lokal8",
    "local": "lokal8",
    "lokalt nummer": "lokal8",
    "professional": "professional",
    "helsepersonell": "professional",
    "other": "other",
    "andre": "other",
    "anna": "other",
    "annet": "other",
}
_SUMS = r"(?i)^[\W_]*(sum|total|totalt|totals|i alt|gjennomsnitt|snitt|average)\b"
_OPTIONAL = ("period_to", "period_last", "line", "abandoned")
_NOT_TOLD = ("-", "–", "—")


@dataclass(frozen=True, kw_only=True)
class ParsedAggregates:
    """`rows`: PERIODS and an Int64 column `within_<seconds>` a band, null where not told.

    Line class null: the report does not tell the lines apart. `refused` has the shape of
    frames.REFUSED. `received` = rows + refused; `ignored` counts sums, titles and repeats.
    `shares` are columns of percentages and `unknown` others that were not read.
    """

    rows: pl.DataFrame
    refused: pl.DataFrame
    received: int
    ignored: int
    shares: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def read_aggregates(path: str | Path, *, zone: str, now: datetime) -> ParsedAggregates:
    """A CSV, a TSV or a workbook. Local times are in `zone`; `now` (aware) decides what is over.

    Of a workbook the first sheet that has a report. Raises Unreadable as `read_bytes`, `decode`,
    `texts_of`, `report_header` and `rows_of` do.
    """
    data = read_bytes(path, max_bytes=MAX_BYTES, spreadsheets=True)
    if not is_spreadsheet(data):
        return aggregates_in(decode(data, fallback="cp1252"), zone=zone, now=now)
    return aggregates_in(min(texts_of(data), key=_doubt), zone=zone, now=now)


def _doubt(text: str) -> int:
    """0 for a sheet with a report, 1 for one that is nearly such, 2 for any other."""
    try:
        report_header(lines_of(text))
    except Unreadable as refusal:
        return 2 if refusal.code == "no_header" else 1
    return 0


def aggregates_in(text: str, *, zone: str, now: datetime) -> ParsedAggregates:
    """The same from text already decoded."""
    header = report_header(lines_of(text))
    table = rows_of(text, _mapping(header))
    read = _understood(_told(table.frame, header), zone=zone, now=now, bands=bands(header.columns))
    good, bad = _parted(read, bands(header.columns))
    rows, repeated, same = _each_once(good)
    refused = pl.concat([table.refused, bad, repeated]).sort("line")
    return ParsedAggregates(
        rows=rows,
        refused=refused,
        received=rows.height + refused.height,
        ignored=table.ignored + same,
        shares=header.shares,
        unknown=header.unknown,
    )


def bands(columns: Any) -> list[str]:
    """The names `within_<seconds>` among the columns, fewest seconds first."""
    found = [name for name in columns if re.fullmatch(r"within_\d+", name)]
    return sorted(found, key=seconds_of)


def seconds_of(band: str) -> int:
    """20 of `within_20`."""
    return int(band.removeprefix("within_"))


def _mapping(header: ReportHeader) -> dict[str, Any]:
    return {
        "columns": header.columns,
        "delimiter": header.delimiter,
        "header_line": header.line,
        "footer_regex": _SUMS,
    }


def _told(frame: pl.DataFrame, header: ReportHeader) -> pl.DataFrame:
    """Our names for the file's columns; those it lacks are null."""
    given = {field: name if name != "line" else "[line]" for field, name in header.columns.items()}
    absent = [pl.lit(None, pl.String).alias(_own(f)) for f in _OPTIONAL if f not in given]
    named = [pl.col(name).alias(_own(field)) for field, name in given.items()]
    told = frame.select("line", *named, *absent)
    return told.with_columns(_months()) if names_months(header) else told


def _months() -> pl.Expr:
    """A month is often written as its first day, which a workbook shows as the month alone."""
    text = pl.col("period_from").str.strip_chars()
    text = text.str.replace(r"^0?1\.(\d{1,2})\.(\d{4})$", "$1.$2")
    return text.str.replace(r"^(\d{4}-\d{2})-01$", "$1").alias("period_from")


def _own(field: str) -> str:
    return "line_told" if field == "line" else field


def _understood(told: pl.DataFrame, *, zone: str, now: datetime, bands: list[str]) -> pl.DataFrame:
    counted = [_count(name).alias(f"{name}_read") for name in (*COUNTS, *bands)]
    line = pl.col("line_told").str.to_lowercase().str.replace_all("\u00a0", " ")
    read = line.replace_strict(LINES, default=None, return_dtype=pl.String)
    return with_periods(told, zone=zone, now=now).with_columns(*counted, line_class=read)


def _count(name: str) -> pl.Expr:
    """A whole number, perhaps with thousands set apart; a workbook writes 12 as 12.0."""
    text = _cell(name)
    grouped = r"^\d{1,3}(?:(?:[ \u00a0\u202f]\d{3})+|(?:\.\d{3})+|(?:,\d{3})+|(?:['’]\d{3})+)$"
    is_grouped = text.str.contains(grouped) & ~text.str.contains(r"^0\D")
    bare = pl.when(is_grouped).then(text.str.replace_all(r"\D", ""))
    plain = pl.when(text.str.contains(r"^\d+(?:[.,]0{1,2})?$")).then(text.str.extract(r"^(\d+)"))
    digits = pl.coalesce(bare, plain)
    return pl.when(digits.str.len_chars() <= 9).then(digits.cast(pl.Int64, strict=False))


def _cell(name: str) -> pl.Expr:
    text = pl.col(name).str.strip_chars()
    return pl.when(~text.is_in(_NOT_TOLD)).then(text)


def _parted(read: pl.DataFrame, bands: list[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    checks = [
        ("line", "unknown_value", pl.col("line_told").is_not_null() & _unread("line_class")),
        *(check for name in (*COUNTS, *bands) for check in _count_checks(name)),
    ]
    period = pl.when(pl.col("period_code").is_not_null()).then(
        pl.struct(field="period_field", code="period_code")
    )
    others = [
        pl.when(fails).then(pl.struct(field=pl.lit(field), code=pl.lit(code)))
        for field, code, fails in checks
    ]
    judged = read.with_columns(why=pl.coalesce(period, *others))
    bad = judged.filter(pl.col("why").is_not_null()).select("line", "why").unnest("why")
    good = judged.filter(pl.col("why").is_null()).select(
        "line",
        "line_class",
        pl.col("start").struct.field("at").alias("starts_at"),
        "ends_at",
        *(pl.col(f"{name}_read").alias(name) for name in (*COUNTS, *bands)),
    )
    return good, refusals(bad).select(*REFUSED)


def _count_checks(name: str) -> list[tuple[str, str, pl.Expr]]:
    text, missing = _cell(name), _cell(name).is_null()
    share = text.str.contains("%") | text.str.contains(r"^0[.,]\d+$")
    needed = [(name, "missing_field", missing)] if name in ("offered", "answered") else []
    return [
        *needed,
        (name, "percent_not_count", share & _unread(f"{name}_read")),
        (name, "invalid_number", ~missing & _unread(f"{name}_read")),
    ]


def _unread(name: str) -> pl.Expr:
    return pl.col(name).is_null()


def _each_once(good: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """(each period's first row, later rows with other counts, how many say the same again)."""
    is_first = pl.struct("line_class", "starts_at", "ends_at").is_first_distinct()
    first, again = good.filter(is_first), good.filter(~is_first)
    if again.is_empty():
        return first, no_refused(), 0
    content = [name for name in good.columns if name != "line"]
    other = again.join(first.select(content), on=content, how="anti", nulls_equal=True)
    repeated = refusals(other, field=pl.lit("period_from"), code=pl.lit("duplicate_in_file"))
    return first, repeated.select(*REFUSED), again.height - other.height
