"""Profile puzzel-call-events: an export (comma, semicolon or tab) of Puzzel's table call_events.

From Puzzel's documentation (help.puzzel.com, technical specs, raw data): the columns and their
meaning; call_id of up to 19 digits; event types m, q, c and the initiation; the queue's result
codes; ciq (a: to the agent, c: to the customer) on the legs of call-backs and outbound calls,
which share the call_id; queue_key with the prefix «__Callout_» for outbound calls; times as
`YYYY-MM-DD hh:mm:ss.nnn` in the solution's own zone. All events of a call come when it is over.

Not from documentation: the initiation's letter i, and that media type 1 is the phone (the
table media_types says; `phone_media_types` in the settings overrides). No file of a real system
was read.

Arrival is the start of the first queue event, the answer the speak start of the first
conversation with speak time; every other conversation event is an offer. The wait is counted
in UTC. Outbound calls, and calls that met no queue but were answered, are counted as ignored.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from callstats.sources import durations
from callstats.sources.files import read_text
from callstats.sources.frames import (
    LONGEST_TALK,
    LONGEST_WAIT,
    ParsedCalls,
    SourceSettings,
    Unreadable,
)
from callstats.sources.judging import Ruling, clock_text, parted, shaped, told_by
from callstats.sources.puzzel_calls import calls_among
from callstats.sources.puzzel_events import Rows, events_in
from callstats.sources.puzzel_times import placed
from callstats.sources.times import implausible

__all__ = ["calls_in", "check_mapping", "read_calls"]

_PHONE = ("1", "phone")


def read_calls(path: str | Path, *, settings: SourceSettings) -> ParsedCalls:
    """An export. Raises Unreadable: bad_mapping, what `read_text` raises of the file, and what

    `table_lines.rows_of` raises of its lines.
    """
    return calls_in(read_text(path, fallback="cp1252"), settings=settings)


def calls_in(text: str, *, settings: SourceSettings) -> ParsedCalls:
    """The same from text already decoded."""
    phone = check_mapping(settings.mapping)
    rows = events_in(text, phone=phone)
    every = calls_among(placed(rows.frame, zone=settings.zone)).with_columns(
        torn=_torn(rows), shown=clock_text(pl.col("arrived_text"))
    )
    incoming, pending, ignored = _sorted_out(every)
    good, refused = parted(incoming, _rulings(settings))
    return told_by(
        shaped(_facts(good)),
        refused=pl.concat([rows.refused, refused]),
        ignored=rows.ignored + ignored,
        pending=pending,
    )


def check_mapping(mapping: dict[str, Any] | None) -> frozenset[str]:
    """The media types that are the phone: mapping {"phone_media_types": ["1"]}, optional.

    Raises Unreadable bad_mapping (key).
    """
    given = dict(mapping or {})
    phone = given.pop("phone_media_types", _PHONE)
    if given:
        raise Unreadable("bad_mapping", key=str(next(iter(given))))
    if not isinstance(phone, list | tuple) or not phone or not all(map(_is_text, phone)):
        raise Unreadable("bad_mapping", key="phone_media_types")
    return frozenset(name.strip().lower() for name in phone)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _torn(rows: Rows) -> pl.Expr:
    """Whether a row beside the call's is cut: it may have been one of the call's own."""
    torn = rows.torn.sort().alias("torn").to_frame()
    lines = rows.frame.select("line", "call_id").sort("line")
    beside = [
        torn.join_asof(lines, left_on="torn", right_on="line", strategy=strategy)["call_id"]
        for strategy in ("backward", "forward")
    ]
    return pl.col("external_id").is_in(pl.concat(beside).drop_nulls().implode())


def _sorted_out(calls: pl.DataFrame) -> tuple[pl.DataFrame, int, int]:
    """(incoming calls, how many lack their beginning, rows of calls that are not incoming).

    An export with initiation events has one for each call; one without was made so.
    """
    queueless = pl.col("direct") | (~pl.col("queued") & pl.col("number").is_null())
    # A torn row beside such a call may have been its queue.
    away = pl.col("outbound") | (queueless & ~pl.col("torn"))
    begun = pl.col("begun") | ~pl.col("begun").any()
    told = calls.with_columns(begun=begun)
    headless = ~pl.col("begun") & ~pl.col("outbound")
    incoming = told.filter(pl.col("begun") & ~away)
    ignored = int(told.filter(~headless & away)["rows"].sum())
    return incoming, told.filter(headless).height, ignored


def _rulings(settings: SourceSettings) -> tuple[Ruling, ...]:
    arrived, missing = {"field": "arrived_at", "value": "shown"}, pl.col("result").is_null()
    unanswered = pl.col("queued") & ~pl.col("answered")
    too_long = pl.col("wait") > int(LONGEST_WAIT) * 1000
    return (
        Ruling(code="cut_off", fails=pl.col("torn")),
        _at("unread_line", code="invalid_time", **arrived),
        _at("unspoken_line", code="invalid_time", field="answered_at"),
        _at("gap_line", code="nonexistent_time", **arrived),
        Ruling(
            code="implausible_time",
            fails=implausible(pl.col("arrived_at"), now=settings.now),
            **arrived,
        ),
        Ruling(
            code="missing_field",
            field="queue",
            fails=pl.col("queued") & pl.col("queue").is_null(),
        ),
        Ruling(code="missing_field", field="outcome", fails=unanswered & missing),
        Ruling(code="unknown_outcome", field="outcome", fails=pl.col("outcome").is_null()),
        _at("size_line", code="invalid_duration", field="wait_seconds"),
        _at("negative_line", code="negative_duration", field="wait_seconds"),
        _at("long_line", code="implausible_duration", field="wait_seconds"),
        Ruling(code="impossible_order", field="answered_at", fails=pl.col("wait") < 0),
        Ruling(code="implausible_duration", field="wait_seconds", fails=too_long),
        Ruling(code="impossible_order", field="arrived_at", fails=pl.col("before") < 0),
        Ruling(
            code="implausible_duration",
            field="announcement_seconds",
            fails=pl.col("before") > int(LONGEST_TALK) * 1000,
        ),
    )


def _at(line: str, *, code: str, field: str, value: str | None = None) -> Ruling:
    fails = pl.col(line).is_not_null()
    return Ruling(code=code, field=field, line=line, fails=fails, value=value)


def _facts(good: pl.DataFrame) -> pl.DataFrame:
    return good.with_columns(
        time_quality="quality",
        wait_seconds=durations.seconds(pl.col("wait")),
        talk_seconds=durations.seconds(pl.col("talk")),
        announcement_seconds=durations.seconds(pl.col("before")),
    )
