"""The verbs of an Asterisk queue_log, and the frame its lines are kept in.

Source: Asterisk documentation «Queue Logs», app_queue.c of Asterisk 11 to 20; FULL, JOINEMPTY,
LEAVEEMPTY, CLOSED and DIVERT_* are lines Wazo adds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from callstats.sources.frames import Span, Warning
from callstats.sources.silences import longest_silence, spans

NOT_A_CALL = ("NONE", "MANAGER", "CLI", "REALTIME", "")
ENTER = "ENTERQUEUE"
CONNECT = "CONNECT"

EXITS = {
    "ABANDON": "abandoned",
    "EXITWITHTIMEOUT": "timeout",
    "EXITEMPTY": "no_agents",
    "LEAVEEMPTY": "no_agents",
    "EXITWITHKEY": "callback_requested",
    "WITHDRAW": "unknown",
    "AGENTDUMP": "unknown",
    "SYSCOMPAT": "unknown",
}
# Turned away at the door: these stand alone, with no ENTERQUEUE before them.
TURNED_AWAY = {
    "FULL": "queue_full",
    "DIVERT_CA_RATIO": "queue_full",
    "DIVERT_HOLDTIME": "queue_full",
    "JOINEMPTY": "no_agents",
    "CLOSED": "closed",
}
TRANSFERS = ("BLINDTRANSFER", "ATTENDEDTRANSFER", "TRANSFER")
ENDS = ("COMPLETEAGENT", "COMPLETECALLER", *TRANSFERS)
STARTS = (ENTER, *TURNED_AWAY)
OF_A_CALL = (*STARTS, CONNECT, *EXITS, *ENDS)

# Fields a whole line has. A line without its line feed may be cut: it must have them all.
WHOLE = {
    ENTER: 8,
    CONNECT: 8,
    "COMPLETEAGENT": 8,
    "COMPLETECALLER": 8,
    "BLINDTRANSFER": 10,
    "ATTENDEDTRANSFER": 10,
    "TRANSFER": 10,
    "ABANDON": 8,
    "EXITWITHTIMEOUT": 8,
    "EXITEMPTY": 8,
    "EXITWITHKEY": 9,
    "RINGNOANSWER": 6,
}

# edge, a sum: in the file's first second (1), its last (2): other lines of that second may be
# in a neighbouring file; a local time of autumn's doubled hour, by something decided (4) or
# not (12: where two files tell the same event, what both say remains). talk: seconds the
# operator and the caller talked.
RESOLVED, AMBIGUOUS = 4, 12
EVENTS: dict[str, Any] = {
    "line": pl.Int64,
    "at": pl.Int64,
    "external_id": pl.String,
    "queue": pl.String,
    "event": pl.String,
    "talk": pl.Int64,
    "edge": pl.Int64,
}
# What makes two lines the same event, whichever file they came from.
IDENTITY = ["external_id", "at", "queue", "event", "talk"]


@dataclass(frozen=True, kw_only=True)
class Events:
    """The lines of one log. `frame` has the columns of EVENTS, in file order, calls' lines only.

    `restarts`: epochs of QUEUESTART. `ignored`: lines that belong to no call.
    `first_at`/`last_at`: epochs of the first and last line of any kind. `spans`: the time of
    which the lines of any kind are evidence, without the holes between them.
    """

    frame: pl.DataFrame
    restarts: tuple[int, ...]
    refused: pl.DataFrame
    ignored: int
    first_at: int | None
    last_at: int | None
    spans: tuple[Span, ...] = ()
    warnings: tuple[Warning, ...] = ()


def events_of(
    told: pl.DataFrame,
    *,
    refused: pl.DataFrame,
    ignored: int = 0,
    warnings: tuple[Warning, ...] = (),
) -> Events:
    """Lines in their causal order (EVENTS without edge, and `doubt`: 0, RESOLVED, AMBIGUOUS;

    lines of no call with them) → Events. `refused` (REFUSED), `ignored` and `warnings` are
    what reading has already told.
    """
    first, last = told.select(first=pl.col("at").min(), last=pl.col("at").max()).row(0)
    calls = told.filter(~pl.col("external_id").is_in(NOT_A_CALL))
    at = pl.col("at")
    begins, ends = ((at == edge).cast(pl.Int64) for edge in (pl.lit(first), pl.lit(last)))
    restarts = told.filter(pl.col("event") == "QUEUESTART")["at"]
    return Events(
        frame=calls.with_columns(edge=begins + 2 * ends + pl.col("doubt")).select(
            pl.col(name).cast(kind) for name, kind in EVENTS.items()
        ),
        restarts=tuple(restarts.unique().sort().to_list()),
        refused=refused,
        ignored=ignored + told.height - calls.height,
        first_at=first,
        last_at=last,
        spans=_spans(told, calls),
        warnings=warnings,
    )


def _spans(told: pl.DataFrame, calls: pl.DataFrame) -> tuple[Span, ...]:
    """Any line is a sign of life, but the rhythm is the calls': one call writes many lines."""
    begun = calls.group_by("external_id").agg(pl.col("at").min())
    rhythm = begun.select(from_epoch(pl.col("at"))).to_series()
    moments = told.select(from_epoch(pl.col("at"))).to_series()
    return spans(moments, longest=longest_silence(rhythm))


def from_epoch(seconds: pl.Expr) -> pl.Expr:
    """Whole seconds since 1970 → UTC."""
    return (seconds * 1_000_000).cast(pl.Datetime("us")).dt.replace_time_zone("UTC")


def no_events() -> pl.DataFrame:
    return pl.DataFrame(schema=EVENTS)
