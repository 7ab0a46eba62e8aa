"""A report's file to rows, and what a person sees of it before anything is stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from callstats.aggregates.rules import Counts, Key, Refusal, Row, fault_of, total
from callstats.sources.aggregate_table import ParsedAggregates, bands, read_aggregates, seconds_of

FIRST_ROWS = 10


@dataclass(frozen=True)
class Report:
    """The rows that can be true and the refused ones; the counts are of rows of the file."""

    rows: list[Row]
    refused: list[Refusal]
    received: int
    ignored: int
    shares: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def read_report(path: Path, *, zone: str, now: datetime) -> Report:
    """The file by its own header. Raises Unreadable as `read_aggregates` does."""
    parsed = read_aggregates(path, zone=zone, now=now)
    rows = list(_rows(parsed))
    faults = {row.line: fault for row in rows if (fault := fault_of(row.counts))}
    return Report(
        rows=[row for row in rows if row.line not in faults],
        refused=[
            *(Refusal(row["line"], row["field"], row["code"]) for row in _refused(parsed)),
            *(Refusal(line, *fault) for line, fault in faults.items()),
        ],
        received=parsed.received,
        ignored=parsed.ignored,
        shares=parsed.shares,
        unknown=parsed.unknown,
    )


def preview_of(report: Report) -> dict[str, Any]:
    """JSON: the first rows, the sums a line, and the columns that were not read."""
    lines = sorted({row.key.line_class for row in report.rows}, key=lambda line: line or "")
    return {
        "first": [_shown(row) for row in report.rows[:FIRST_ROWS]],
        "sums": [_sum(line, report.rows) for line in lines],
        "shares": list(report.shares),
        "unknown": list(report.unknown),
    }


def _rows(parsed: ParsedAggregates) -> Iterable[Row]:
    named = {band: seconds_of(band) for band in bands(parsed.rows.columns)}
    for told in parsed.rows.iter_rows(named=True):
        counts = Counts(
            offered=told["offered"],
            answered=told["answered"],
            abandoned=told["abandoned"],
            bands={s: told[band] for band, s in named.items() if told[band] is not None},
        )
        yield Row(told["line"], Key(told["line_class"], told["starts_at"], told["ends_at"]), counts)


def _refused(parsed: ParsedAggregates) -> Iterable[dict[str, Any]]:
    return parsed.refused.iter_rows(named=True)


def _sum(line_class: str | None, rows: list[Row]) -> dict[str, Any]:
    of_line = [row for row in rows if row.key.line_class == line_class]
    summed = {"line_class": line_class, "periods": len(of_line)}
    return summed | _counted(total([row.counts for row in of_line]))


def _shown(row: Row) -> dict[str, Any]:
    period = {
        "line": row.line,
        "line_class": row.key.line_class,
        "starts_at": row.key.starts_at.isoformat(),
        "ends_at": row.key.ends_at.isoformat(),
    }
    return period | _counted(row.counts)


def _counted(counts: Counts) -> dict[str, Any]:
    return {
        "offered": counts.offered,
        "answered": counts.answered,
        "abandoned": counts.abandoned,
        "bands": {str(seconds): answered for seconds, answered in sorted(counts.bands.items())},
    }
