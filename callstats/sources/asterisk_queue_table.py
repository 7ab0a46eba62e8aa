"""Profile asterisk-queue-table: the queue_log as a table of a database, exported as text.

QueueMetrics, Wazo or Asterisk's realtime, FreePBX and Bicom PBXware, known by the names of the
columns (`queue_table_columns`). Comma, semicolon, tab or pipe; newest or oldest first. From
there it is the events of `asterisk_queue_log`: a call split over two exports becomes one. One
exchange a file, for callids are unique only there. Built from documentation and schemas,
not yet proven by a real system's own export.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import polars as pl

from callstats.sources.files import decode, read_bytes
from callstats.sources.frames import REFUSED, SourceSettings, Unreadable, refusals
from callstats.sources.queue_calls import calls_from
from callstats.sources.queue_events import ENDS, OF_A_CALL, TRANSFERS, Events, events_of
from callstats.sources.queue_table_columns import Header, TableKind, header_of
from callstats.sources.queue_table_order import causal, turned
from callstats.sources.queue_table_times import placed, readings
from callstats.sources.queue_traces import compact, expand, unite
from callstats.sources.table_lines import rows_of
from callstats.sources.times import implausible

__all__ = ["Events", "calls_from", "compact", "events_in", "expand", "read_events", "unite"]

# What databases write for nothing.
_NULLS = ("NULL", "null", "\\N")
# Every verb is in capitals; what is not has come from another column of a row with a stray comma.
_VERB = r"^[A-Z][A-Z0-9_]*$"


def read_events(path: str | Path, *, settings: SourceSettings) -> Events:
    """An exported table. Raises Unreadable as `files.read_bytes` and `events_in`."""
    return events_in(read_bytes(path), settings=settings)


def events_in(data: bytes, *, settings: SourceSettings) -> Events:
    """The bytes of a table. Raises Unreadable: what `files.decode` and `table_lines.rows_of`

    raise, not_a_queue_log, several_servers (servers). Local times are read in settings.zone.
    """
    text = decode(data, fallback="latin-1")
    header = header_of(text)
    rows = rows_of(text, header.mapping())
    told = _told(rows.frame, header)
    _check_one_server(told, header.kind)
    checked = _checked(_timed(told, zone=settings.zone), now=settings.now)
    good = pl.col("code").is_null()
    bad = pl.concat([rows.refused, refusals(checked.filter(~good))]).sort("line")
    if bad.height * 2 > told.height + rows.refused.height:
        raise Unreadable("not_a_queue_log", line=bad["line"][0])
    return events_of(
        causal(checked.filter(good)),
        refused=bad.select(*REFUSED),
        ignored=rows.ignored,
        warnings=rows.warnings,
    )


def _told(frame: pl.DataFrame, header: Header) -> pl.DataFrame:
    """The columns by what they are. A column the file lacks is null."""
    kind = header.kind
    clean = frame.with_columns(
        pl.when(~pl.col(pl.String).is_in(_NULLS)).then(pl.col(pl.String)).name.keep()
    )
    column = {name: pl.col(written) for name, written in header.names.items()}
    nothing = pl.lit(None, pl.String)
    numbers = [column[name] for name in kind.order if name in column]
    return clean.select(
        "line",
        *(column.get(name, nothing).alias(name) for name in kind.servers),
        *(column.get(name, nothing).alias(f"time{n}") for n, name in enumerate(kind.times)),
        external_id=column[kind.external_id].fill_null(""),
        queue=column[kind.queue].fill_null(""),
        event=column[kind.event],
        talk=_talk(kind, column, nothing),
        number=pl.coalesce([*numbers, nothing]).str.extract(r"^([0-9]{1,18})$", 1).cast(pl.Int64),
    )


def _talk(kind: TableKind, column: dict[str, pl.Expr], nothing: pl.Expr) -> pl.Expr:
    """Seconds, only of the events that end a talk; what is longer than a day is none."""
    event = column[kind.event]
    after, over = (column.get(name, nothing) for name in (kind.talk, kind.transfer_talk))
    text = pl.when(event.is_in(TRANSFERS)).then(over).when(event.is_in(ENDS)).then(after)
    return text.str.extract(r"^([0-9]{1,5})$", 1).cast(pl.Int64)


def _check_one_server(told: pl.DataFrame, kind: TableKind) -> None:
    """Raises Unreadable several_servers."""
    of_calls = told.filter(pl.col("event").is_in(OF_A_CALL))
    for name in kind.servers:
        servers = of_calls[name].drop_nulls().unique().sort().to_list()
        if len(servers) > 1:
            raise Unreadable("several_servers", servers=servers)


def _timed(told: pl.DataFrame, *, zone: str) -> pl.DataFrame:
    texts = [name for name in told.columns if name.startswith("time")]
    read = told.hstack(readings(told, texts))
    clock = pl.coalesce(pl.col("exact").dt.replace_time_zone(None), "local")
    ordered = turned(read.with_columns(clock=clock))
    found = placed(ordered.select("exact", "local"), external_id=ordered["external_id"], zone=zone)
    return ordered.hstack(found)


def _checked(timed: pl.DataFrame, *, now: datetime) -> pl.DataFrame:
    """Adds `at` (whole seconds), and `code` with its `field` where a row is refused."""
    odd = pl.concat_str("queue", "event").str.contains(r"[\x00-\x1f\x7f]")
    unreadable = pl.col("event").is_null() | ~pl.col("event").str.contains(_VERB) | odd
    coded = timed.with_columns(
        at=pl.col("moment").dt.epoch("s"),
        code=pl.when(unreadable)
        .then(pl.lit("unreadable_line"))
        .when("in_gap")
        .then(pl.lit("nonexistent_time"))
        .when(pl.col("moment").is_null())
        .then(pl.lit("invalid_time"))
        .when(implausible(pl.col("moment"), now=now))
        .then(pl.lit("implausible_time")),
    )
    of_time = pl.col("code").is_not_null() & ~unreadable
    return coded.with_columns(
        field=pl.when(of_time).then(pl.lit("arrived_at")),
        value=pl.when(of_time).then(pl.col("clock").dt.strftime("%Y-%m-%d %H:%M:%S")),
    )
