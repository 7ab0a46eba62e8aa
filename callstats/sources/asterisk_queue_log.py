"""Profile asterisk-queue-log: `epoch|callid|queue|agent|event|data…`, one event a line, UTC.

Caller ids, URLs and agent names are left behind at reading. A call may lie over two files:
`read_events` of each, `unite` the call's events, then `calls_from` the whole.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import polars as pl

from callstats.sources.files import decode, read_bytes
from callstats.sources.frames import REFUSED, SourceSettings, Span, Unreadable, refusals
from callstats.sources.queue_calls import calls_from
from callstats.sources.queue_events import (
    ENDS,
    EVENTS,
    NOT_A_CALL,
    TRANSFERS,
    WHOLE,
    Events,
    from_epoch,
)
from callstats.sources.queue_traces import compact, expand, unite
from callstats.sources.silences import longest_silence, spans
from callstats.sources.times import implausible

__all__ = ["Events", "calls_from", "compact", "events_in", "expand", "read_events", "unite"]


def read_events(path: str | Path, *, settings: SourceSettings) -> Events:
    """A queue_log file. Raises Unreadable as `files.read_bytes`, and not_a_queue_log."""
    return events_in(read_bytes(path), settings=settings)


def events_in(data: bytes, *, settings: SourceSettings) -> Events:
    """The bytes of a queue_log. Agents' names may be in any encoding: they are dropped."""
    text = decode(data, fallback="latin-1")
    lines = _fields(text)
    good = pl.col("code").is_null()
    told = _checked(lines, cut=not text.endswith("\n"), now=settings.now)
    if not told.select(good.sum() * 2 >= pl.len()).item():
        raise Unreadable("not_a_queue_log", line=told.filter(~good)["line"][0])
    return _sorted_out(told.filter(good), refused=refusals(told.filter(~good)))


def _fields(text: str) -> pl.DataFrame:
    lines = pl.Series("text", text.split("\n")).to_frame().with_row_index("line", offset=1)
    part = pl.col("text").str.strip_chars_end("\r").str.split("|")
    split = lines.filter(pl.col("text").str.strip_chars() != "").with_columns(part=part)
    return split.select(
        pl.col("line").cast(pl.Int64),
        pl.col("part").list.len().alias("fields"),
        *(
            pl.col("part").list.get(n, null_on_oob=True).alias(name)
            for n, name in enumerate(("epoch", "external_id", "queue", "_agent", "event"))
        ),
        _talk(pl.col("part")).alias("talk_text"),
    ).drop("_agent")


# Seconds; what is longer than a day is none, and may be a number.
_TALK = r"^([0-9]{1,5})$"


def _talk(part: pl.Expr) -> pl.Expr:
    """COMPLETE*: hold|talk|position. Transfers: two of their own, then hold|talk|position."""
    event = part.list.get(4, null_on_oob=True)
    at = pl.when(event.is_in(TRANSFERS)).then(8).otherwise(6)
    return pl.when(event.is_in(ENDS)).then(part.list.get(at, null_on_oob=True))


def _checked(lines: pl.DataFrame, *, cut: bool, now: datetime) -> pl.DataFrame:
    whole = pl.col("event").replace_strict(WHOLE, default=None, return_dtype=pl.UInt32)
    lacking = (pl.col("fields") < 5) | (pl.col("event") == "") | (pl.col("event").is_null())
    is_cut = (pl.col("line") == pl.col("line").max()) & ~(pl.col("fields") >= whole).fill_null(
        value=False
    )
    bad_epoch = ~pl.col("epoch").str.contains(r"^[0-9]{1,11}$")
    at = pl.col("epoch").cast(pl.Int64, strict=False)
    odd = pl.concat_str("queue", "event").str.contains(r"[\x00-\x1f\x7f]")
    unreadable = lacking | bad_epoch | odd | (is_cut & cut)
    return lines.with_columns(
        at=at,
        code=pl.when(unreadable)
        .then(pl.lit("unreadable_line"))
        .when(implausible(from_epoch(at), now=now))
        .then(pl.lit("implausible_time")),
    ).with_columns(
        field=pl.when(pl.col("code") == "implausible_time").then(pl.lit("arrived_at")),
        value=pl.when(pl.col("code") == "implausible_time").then("epoch"),
        external_id=pl.when(pl.col("code").is_null() | (pl.col("code") != "unreadable_line")).then(
            "external_id"
        ),
    )


def _sorted_out(good: pl.DataFrame, *, refused: pl.DataFrame) -> Events:
    first, last = good.select(first=pl.col("at").min(), last=pl.col("at").max()).row(0)
    calls = good.filter(~pl.col("external_id").is_in(NOT_A_CALL))
    frame = calls.with_columns(
        talk=pl.col("talk_text").str.extract(_TALK, 1).cast(pl.Int64),
        edge=(pl.col("at") == first).cast(pl.Int64) + 2 * (pl.col("at") == last).cast(pl.Int64),
    )
    restarts = good.filter(pl.col("event") == "QUEUESTART")["at"]
    return Events(
        frame=frame.select(*EVENTS),
        restarts=tuple(restarts.unique().sort().to_list()),
        refused=refused.select(*REFUSED),
        ignored=good.height - calls.height,
        first_at=first,
        last_at=last,
        spans=_spans(good, calls),
    )


def _spans(good: pl.DataFrame, calls: pl.DataFrame) -> tuple[Span, ...]:
    """Any line is a sign of life, but the rhythm is the calls': one call writes many lines."""
    begun = calls.group_by("external_id").agg(pl.col("at").min())
    rhythm = begun.select(from_epoch(pl.col("at"))).to_series()
    moments = good.select(from_epoch(pl.col("at"))).to_series()
    return spans(moments, longest=longest_silence(rhythm))
