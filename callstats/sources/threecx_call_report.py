"""Profile 3cx-call-report: the «Call Reports» CSV of 3CX (v16), several rows a call.

Made from a description of the export, not yet from a real system's own files. A call is an
IVR row, a queue row («Q …») and an agent's row; only the first has a time. The wait is the
queue row's ringing and talking; the agent's ringing overlaps it. Calls without a queue row
(internal, outbound, given up in the IVR) are counted as ignored.

The report has no id: a call is known by its local time and by the durations, statuses and
queues of its rows, hashed. Neither caller, agent nor the free text «Reason» is part of that,
since a hash of eight digits is soon undone.
"""

from __future__ import annotations

from hashlib import sha256
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
    Warning,
)
from callstats.sources.judging import Ruling, clock_text, parted, shaped, told_by
from callstats.sources.threecx_calls import calls_among
from callstats.sources.threecx_dates import ORDERS, local_times
from callstats.sources.threecx_lines import report_in
from callstats.sources.times import implausible, to_utc

__all__ = ["calls_in", "check_mapping", "read_calls"]

_CHOICES = {"date_order": frozenset(ORDERS), "terminated_by_queue": {"no_agents", "closed"}}


def read_calls(path: str | Path, *, settings: SourceSettings) -> ParsedCalls:
    """A report file. Raises Unreadable: bad_mapping, what `read_text` raises of the file,

    what `report_in` raises of its lines, date_order_unknown and wrong_date_order.
    """
    return calls_in(read_text(path, fallback="cp1252"), settings=settings)


def calls_in(text: str, *, settings: SourceSettings) -> ParsedCalls:
    """The same from text already decoded."""
    choices = check_mapping(settings.mapping)
    report = report_in(text)
    every = calls_among(report.frame)
    whole, broken = parted(every, _BROKEN)
    timed = _timed(whole, order=choices.get("date_order"), zone=settings.zone)
    queued = timed.filter(pl.col("queue").is_not_null())
    good, refused = parted(queued, _rulings(settings))
    calls = shaped(_facts(good, terminated=choices.get("terminated_by_queue", "no_agents")))
    other = int(timed.filter(pl.col("queue").is_null())["rows"].sum())
    weak = (Warning(code="weak_key", count=calls.height),) if calls.height else ()
    return told_by(
        calls,
        refused=pl.concat([broken, refused]),
        ignored=report.ignored + other,
        warnings=weak,
    )


def check_mapping(mapping: dict[str, Any] | None) -> dict[str, str]:
    """The settings of this profile, all optional: date_order (mdy, dmy), and what
    terminated_by_queue means (no_agents, or closed). Raises Unreadable bad_mapping (key).
    """
    for key, value in (mapping or {}).items():
        if not isinstance(value, str) or value not in _CHOICES.get(key, ()):
            raise Unreadable("bad_mapping", key=str(key))
    return mapping or {}


_BROKEN = (
    Ruling(code="orphan_row", fails=pl.col("call").is_null()),
    Ruling(code="ragged_row", fails=pl.col("ragged_line").is_not_null(), line="ragged_line"),
    Ruling(code="cut_off", fails=pl.col("cut")),
)


def _timed(calls: pl.DataFrame, *, order: str | None, zone: str) -> pl.DataFrame:
    """Adds local, arrived_at (UTC, entry to the queue), quality, in_gap and external_id."""
    local = local_times(calls.select("line", "time"), order=order)
    timed = calls.with_columns(local, *to_utc(local, zone=zone).iter_columns()).with_columns(
        arrived_at=pl.col("at") + pl.duration(milliseconds="before"),
        shown=clock_text(pl.col("time")),
    )
    return timed.with_columns(external_id=_weak_ids(timed))


def _weak_ids(calls: pl.DataFrame) -> pl.Series:
    """Calls whose rows say the same at the same second are told apart by a running number."""
    said = calls.select(
        pl.format("{}\n{}", pl.col("local").cast(pl.String).fill_null(""), "content")
    )
    digests = [sha256(text.encode()).hexdigest()[:32] for text in said.to_series()]
    keyed = pl.DataFrame({"digest": digests}, schema={"digest": pl.String})
    number = pl.col("digest").cum_count().over("digest")
    return keyed.select(pl.format("weak:{}:{}", "digest", number)).to_series()


def _rulings(settings: SourceSettings) -> tuple[Ruling, ...]:
    arrived = {"field": "arrived_at", "value": "shown"}
    implausible_arrival = implausible(pl.col("arrived_at"), now=settings.now)
    limits = (
        ("wait_seconds", "wait", LONGEST_WAIT),
        ("announcement_seconds", "before", LONGEST_TALK),
    )
    return (
        Ruling(code="invalid_time", fails=pl.col("local").is_null(), **arrived),
        Ruling(code="nonexistent_time", fails=pl.col("in_gap"), **arrived),
        _at("status_line", code="unknown_outcome", field="outcome"),
        _at("unread_line", code="invalid_duration", field="wait_seconds"),
        _at("negative_line", code="negative_duration", field="wait_seconds"),
        _at("long_line", code="implausible_duration", field="wait_seconds"),
        Ruling(code="implausible_time", fails=implausible_arrival, **arrived),
        *(
            Ruling(
                code="implausible_duration",
                field=field,
                fails=pl.col(name) > int(most) * 1000,
            )
            for field, name, most in limits
        ),
    )


def _at(line: str, *, code: str, field: str) -> Ruling:
    return Ruling(code=code, field=field, line=line, fails=pl.col(line).is_not_null())


def _facts(good: pl.DataFrame, *, terminated: str) -> pl.DataFrame:
    """«Terminated by Q» is a closed queue or one without agents: the report does not say which."""
    outcome = (
        pl.when("answered")
        .then(pl.lit("answered"))
        .when("voicemail")
        .then(pl.lit("voicemail"))
        .when("by_queue")
        .then(pl.lit(terminated))
        .otherwise(pl.lit("abandoned"))
    )
    left = pl.col("arrived_at") + pl.duration(milliseconds="wait")
    over = pl.when("last").then(left + pl.duration(milliseconds="talk"))
    return good.with_columns(
        arrived_text="time",
        time_quality="quality",
        outcome=outcome,
        answered_at=pl.when("answered").then(left),
        ended_at=pl.when("answered").then(over).otherwise(left),
        wait_seconds=durations.seconds(pl.col("wait")),
        talk_seconds=durations.seconds(pl.when("answered").then("talk")),
        announcement_seconds=durations.seconds(pl.col("before")),
    )
