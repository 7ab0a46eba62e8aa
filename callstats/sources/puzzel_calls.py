"""The events of each call in Puzzel's call_events to one call: arrival, answer, wait, outcome."""

from __future__ import annotations

import polars as pl

from callstats.sources.frames import LONGEST_TALK

# Result codes of queue events, from Puzzel's documentation. The caller pressed the exit digit
# (a), took the fallback exit (b), was removed (c, d), or something failed (e, ?): the
# documentation does not say what became of the caller. m is for e-mail. An event with k says
# that an agent accepted; without an answered conversation nothing more is known.
OUTCOMES = {
    "h": "abandoned",
    "t": "timeout",
    "f": "queue_full",
    "s": "no_agents",
    "q": "callback_requested",
    **dict.fromkeys(("a", "b", "c", "d", "e", "k", "m", "?"), "unknown"),
}
_OUTBOUND = r"(?i)^__callout"


def calls_among(events: pl.DataFrame) -> pl.DataFrame:
    """One row a call, by its first line. `events` as `puzzel_times.placed` gives them.

    line, external_id, rows, begun (its initiation is in the file), queued, outbound, direct
    (answered without any queue), arrived_at, arrived_text, quality, queue, number, outcome
    (null: no such code), result, answered_at, ended_at, wait and talk, before (menus), in ms;
    and the first line, or any, of each doubt: unread_line, gap_line, size_line, negative_line,

    long_line.
    """
    judged = _judged(events)
    calls = judged.group_by("call_id", maintain_order=True).agg(
        *_about(), *_arrival(), *_answer(), *_left(), *_doubts()
    )
    return calls.rename({"call_id": "external_id"}).with_columns(*_summed()).sort("line")


def _judged(events: pl.DataFrame) -> pl.DataFrame:
    """Adds asks (a queue event of the incoming call), and answers (its first answer)."""
    queue, own = pl.col("kind") == "q", ~pl.col("callback")
    ordered = ((queue & (pl.col("result") == "q")).fill_null(value=False)).cum_sum()
    before_order = ordered.shift(1).fill_null(0).over("call_id") == 0
    spoken = (pl.col("speak") > 0) | ((pl.col("result") == "k") & pl.col("speak_at").is_not_null())
    reached = queue.cum_sum().over("call_id") > 0
    talks = (pl.col("kind") == "c") & own & spoken.fill_null(value=False)
    marked = events.with_columns(
        talks=talks, answer=talks & reached & before_order, asks=queue & own & before_order
    )
    number = pl.col("answer").cum_sum().over("call_id")
    return marked.with_columns(
        answers=pl.col("answer") & (number == 1), asks=pl.col("asks") & (number == 0)
    )


def _about() -> list[pl.Expr]:
    return [
        pl.col("line").min(),
        pl.len().alias("rows"),
        (pl.col("kind") == "i").any().alias("begun"),
        (pl.col("kind") == "q").any().alias("queued"),
        (pl.col("queue").str.contains(_OUTBOUND).any() | pl.col("callback").all()).alias(
            "outbound"
        ),
        pl.col("talks").any().alias("talked"),
        pl.col("callback").any().alias("called"),
        pl.col("number").drop_nulls().first(),
    ]


def _arrival() -> list[pl.Expr]:
    """The first queue event; for who never came to a queue, the call's first event."""
    asked = pl.col("asks")
    return [
        pl.coalesce(pl.col(name).filter(asked).first(), pl.col(name).first()).alias(told)
        for name, told in (("start", "arrived_at"), ("dte_start", "arrived_text"))
    ] + [
        pl.col("quality").first(),
        pl.col("queue").filter(asked).first(),
        pl.col("start").first().alias("begun_at"),
    ]


def _answer() -> list[pl.Expr]:
    answers = pl.col("answers")
    return [
        answers.any().alias("answered"),
        pl.col("speak_start").filter(answers).first().alias("answered_at"),
        pl.col("speak").filter(answers).first().alias("talk"),
        answers.last().alias("last"),
    ]


def _left() -> list[pl.Expr]:
    end = pl.col("start") + pl.duration(milliseconds="total")
    asked = pl.col("asks")
    return [
        end.filter(asked).last().alias("left_at"),
        pl.col("result").filter(asked).last(),
        *_hours(),
    ]


def _hours() -> list[pl.Expr]:
    """Whether the wait begins, and ends, in the doubled hour."""
    asked, answers = pl.col("asks"), pl.col("answers")
    ends = pl.coalesce(
        pl.col("speak_doubled").filter(answers).first(), pl.col("doubled").filter(asked).last()
    )
    return [pl.col("doubled").filter(asked).first().alias("from_hour"), ends.alias("to_hour")]


def _doubts() -> list[pl.Expr]:
    line = pl.col("line")
    sizes = pl.col("total", "speak")
    return [
        line.filter(pl.col("at").is_null()).first().alias("unread_line"),
        line.filter(pl.col("dte_speak_start").is_not_null() & pl.col("speak_at").is_null())
        .first()
        .alias("unspoken_line"),
        line.filter("in_gap").first().alias("gap_line"),
        line.filter("unsized").first().alias("size_line"),
        line.filter(pl.any_horizontal(sizes < 0)).first().alias("negative_line"),
        line.filter(pl.any_horizontal(sizes > int(LONGEST_TALK) * 1000)).first().alias("long_line"),
    ]


def _summed() -> list[pl.Expr]:
    answered, queued = pl.col("answered"), pl.col("queued")
    until = pl.when(answered).then("answered_at").otherwise("left_at")
    over = pl.col("answered_at") + pl.duration(milliseconds="talk")
    code = pl.col("result").replace_strict(OUTCOMES, default=None, return_dtype=pl.String)
    outcome = (
        pl.when(~queued)
        .then(pl.lit("ended_before_queue"))
        .when(answered)
        .then(pl.lit("answered"))
        .otherwise(code)
    )
    # An hour more or less: not known where only one of its ends is ambiguous.
    unsure = (pl.col("quality") == "ambiguous") & (pl.col("from_hour") != pl.col("to_hour"))
    wait = (until - pl.col("arrived_at")).dt.total_milliseconds()
    before = (pl.col("arrived_at") - pl.col("begun_at")).dt.total_milliseconds()
    return [
        (pl.col("talked") & ~queued).alias("direct"),
        (pl.col("outbound") | (pl.col("called") & ~queued)).alias("outbound"),
        outcome.alias("outcome"),
        pl.when(~unsure.fill_null(value=False)).then(wait).alias("wait"),
        pl.when(answered).then(pl.when("last").then(over)).otherwise("left_at").alias("ended_at"),
        pl.when(pl.col("begun") & queued).then(before).alias("before"),
        pl.when(~queued).then("number").alias("number"),
    ]
