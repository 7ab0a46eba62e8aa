"""Queue events to calls: one call a callid, its legs in order, the wait from the first leg."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl

from callstats.sources.frames import (
    CALLS,
    LONGEST_TALK,
    LONGEST_WAIT,
    ParsedCalls,
    SourceSettings,
    Warning,
    refusals,
)
from callstats.sources.queue_events import (
    AMBIGUOUS,
    CONNECT,
    ENDS,
    EXITS,
    IDENTITY,
    OF_A_CALL,
    RESOLVED,
    STARTS,
    TRANSFERS,
    TURNED_AWAY,
    Events,
    from_epoch,
)

_DAY = 86_400


def calls_from(events: Events, *, settings: SourceSettings) -> ParsedCalls:
    """The calls told by a set of event lines (formats.md 2.1).

    Arrival: the first ENTERQUEUE. Answered: the first CONNECT. Wait: from the first to the
    second, or to the last exit. No end: incomplete, wait unknown. A call whose beginning
    is not among the lines is pending. More than a day under one callid is refused.
    """
    told = _calls(_legs(_in_order(events.frame)))
    begun = told.filter(pl.col("begun") & ~pl.col("torn"))
    pending = told.filter((~pl.col("begun") & pl.col("of_a_call")) | pl.col("torn"))
    judged = begun.with_columns(code=_code())
    calls = judged.filter(pl.col("code").is_null()).sort("line", "arrived", "external_id")
    refused = pl.concat([events.refused, _refused(judged.filter(pl.col("code").is_not_null()))])
    other = told.filter(~pl.col("begun") & ~pl.col("of_a_call"))
    return ParsedCalls(
        calls=_shaped(calls),
        refused=refused,
        received=calls.height + refused.height + pending.height,
        ignored=events.ignored + int(other["lines"].sum()),
        pending=pending.height,
        first_at=_moment(events.first_at),
        last_at=_moment(events.last_at),
        spans=events.spans,
        warnings=(*events.warnings, *_warnings(calls, events.restarts)),
    )


def _in_order(frame: pl.DataFrame) -> pl.DataFrame:
    """Each event once, by call and second; lines of one second stay in the order given."""
    ordered = frame.with_row_index("seq").sort("external_id", "at", "seq")
    return ordered.unique(IDENTITY, keep="first", maintain_order=True).with_columns(
        start=pl.col("event").is_in(STARTS)
    )


def _legs(events: pl.DataFrame) -> pl.DataFrame:
    """One row a stay in a queue. Lines before a call's first start are a leg not begun."""
    ending = pl.col("event").is_in([*EXITS, *ENDS, *TURNED_AWAY])
    marked = events.with_columns(
        leg=pl.col("start").cum_sum(),
        connect=pl.when(pl.col("event") == CONNECT).then("at"),
        end=pl.when(ending).then("event"),
        end_at=pl.when(ending).then("at"),
        call=pl.col("event").is_in(OF_A_CALL),
    )
    legs = (
        marked.lazy()
        .group_by("external_id", "leg", maintain_order=True)
        .agg(
            pl.col("line").min(),
            pl.col("queue").first(),
            begun=pl.col("start").first(),
            edge=pl.col("edge").first(),
            entered=pl.col("at").first(),
            last=pl.col("at").last(),
            connected=pl.col("connect").min(),
            ended_by=pl.col("end").drop_nulls().last(),
            ended=pl.col("end_at").max(),
            talk=pl.col("talk").max(),
            of_a_call=pl.col("call").any(),
            lines=pl.len(),
        )
    )
    return legs.with_columns(outcome=_leg_outcome()).collect()


def _leg_outcome() -> pl.Expr:
    by_end = pl.col("ended_by").replace_strict(
        EXITS | TURNED_AWAY | dict.fromkeys(ENDS, "answered"), default="incomplete"
    )
    return pl.when(pl.col("connected").is_not_null()).then(pl.lit("answered")).otherwise(by_end)


def _calls(legs: pl.DataFrame) -> pl.DataFrame:
    listed = legs.join(_leg_lists(legs), on="external_id", how="left", maintain_order="left")
    begun, answered = pl.col("begun"), pl.col("outcome") == "answered"
    return (
        listed.lazy()
        .group_by("external_id", maintain_order=True)
        .agg(
            pl.col("line").min(),
            pl.col("queue").filter(begun).first(),
            pl.col("legs").first(),
            begun=begun.any(),
            torn=(~begun & pl.col("of_a_call")).any() & begun.any(),
            of_a_call=pl.col("of_a_call").any(),
            lines=pl.col("lines").sum(),
            arrived=pl.col("entered").filter(begun).first(),
            edge=pl.col("edge").filter(begun).first(),
            first=pl.col("entered").min(),
            last=pl.col("last").max(),
            connected=pl.col("connected").min(),
            answered=(answered & begun).any(),
            last_outcome=pl.col("outcome").last(),
            ended_by=pl.col("ended_by").last(),
            ended=pl.col("ended").last(),
            at_the_door=pl.col("ended_by").is_in(list(TURNED_AWAY)).all(),
            talk=pl.col("talk").sum(),
            talk_unknown=(answered & pl.col("talk").is_null()).any(),
        )
        .with_columns(outcome=_outcome(), wait=_wait())
        .collect()
    )


def _outcome() -> pl.Expr:
    return pl.when("answered").then(pl.lit("answered")).otherwise("last_outcome")


def _wait() -> pl.Expr:
    until = pl.when("answered").then("connected").when(~pl.col("at_the_door")).then("ended")
    return until - pl.col("arrived")


def _leg_lists(legs: pl.DataFrame) -> pl.DataFrame:
    """JSON for the calls that met several queues."""
    begun = legs.filter("begun")
    several = begun.filter(pl.col("external_id").is_duplicated())
    item = pl.struct(
        "queue", entered_at=_iso("entered"), left_at=_iso("ended"), outcome="outcome"
    ).struct.json_encode()
    joined = several.select("external_id", item=item).group_by("external_id", maintain_order=True)
    return joined.agg(pl.col("item").str.join(",")).select(
        "external_id", legs=pl.format("[{}]", "item")
    )


def _iso(name: str) -> pl.Expr:
    return from_epoch(pl.col(name)).dt.strftime("%Y-%m-%dT%H:%M:%SZ")


def _code() -> pl.Expr:
    return (
        pl.when(pl.col("last") - pl.col("first") > _DAY)
        .then(pl.lit("call_spans_a_day"))
        .when(pl.col("wait") > int(LONGEST_WAIT))
        .then(pl.lit("implausible_duration"))
    )


def _refused(judged: pl.DataFrame) -> pl.DataFrame:
    too_long = pl.col("code") == "implausible_duration"
    return refusals(
        judged,
        field=pl.when(too_long).then(pl.lit("wait_seconds")),
        value=pl.when(too_long).then(pl.col("wait").cast(pl.String)),
    )


def _shaped(calls: pl.DataFrame) -> pl.DataFrame:
    known = calls.select(
        "line",
        "external_id",
        "queue",
        "outcome",
        "legs",
        arrived_at=from_epoch(pl.col("arrived")),
        arrived_text=pl.col("arrived").cast(pl.String),
        time_quality=_quality(),
        answered_at=from_epoch(pl.col("connected")),
        ended_at=from_epoch(pl.col("ended")),
        wait_seconds=pl.col("wait"),
        talk_seconds=pl.when(_talk_is_told()).then("talk"),
        forwarded_to=pl.when(pl.col("ended_by").is_in(TRANSFERS)).then(pl.lit("other")),
    )
    missing = {name: pl.lit(None) for name in CALLS if name not in known.columns}
    return known.with_columns(**missing).select(
        pl.col(name).cast(kind) for name, kind in CALLS.items()
    )


def _talk_is_told() -> pl.Expr:
    is_plausible = pl.col("talk") <= int(LONGEST_TALK)
    return pl.col("answered") & ~pl.col("talk_unknown") & is_plausible


def _quality() -> pl.Expr:
    return (
        pl.when(pl.col("edge") & AMBIGUOUS == AMBIGUOUS)
        .then(pl.lit("ambiguous"))
        .when(pl.col("edge") & RESOLVED != 0)
        .then(pl.lit("resolved"))
        .otherwise(pl.lit("exact"))
    )


def _warnings(calls: pl.DataFrame, restarts: tuple[int, ...]) -> tuple[Warning, ...]:
    """Calls a stop of the exchange cut off: no end line, and a QUEUESTART after them;

    and calls whose arrival could be either of two moments.
    """
    before = pl.col("last") <= max(restarts, default=-1)
    told = (
        ("cut_off_by_restart", calls.filter(pl.col("ended").is_null() & before)),
        ("ambiguous_time", calls.filter(pl.col("edge") & AMBIGUOUS == AMBIGUOUS)),
    )
    return tuple(
        Warning(code=code, count=rows.height, line=rows.select(pl.col("line").min()).item())
        for code, rows in told
        if not rows.is_empty()
    )


def _moment(epoch: int | None) -> datetime | None:
    return None if epoch is None else datetime.fromtimestamp(epoch, tz=UTC)
