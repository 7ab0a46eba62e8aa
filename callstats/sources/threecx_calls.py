"""The rows of each call in a 3CX report: what they say of queue, answer, wait and outcome."""

from __future__ import annotations

import polars as pl

from callstats.sources.durations import milliseconds
from callstats.sources.frames import LONGEST_TALK

_QUEUE = r"^Q\s"
_IVR = r"(?i)^(?:IVR|Digital Receptionist)\b"
_VOICEMAIL = r"(?i)^(?:VMail|Voice ?mail)\b"
_TO_VOICEMAIL = r"(?i)replaced by v(?:oice ?)?mail\b"
_REPLACED = r"(?i)^replaced by\b"
_PICKED_UP = r"(?i)^picked up by\b"
_BY_QUEUE = r"(?i)terminated by Q\b"
_STATUSES = ("answered", "unanswered")


def calls_among(rows: pl.DataFrame) -> pl.DataFrame:
    """One row a call, in the file's order; durations in milliseconds.

    line, time, rows, ragged_line, cut, queue (null: no queue row, so no call to the central),
    before (IVR and what else lay before the queue), wait (null: not told), talk, last
    (nothing follows the answer), answered, voicemail, by_queue, content (what the weak id is
    made of: neither caller nor agent), status_line, unread_line, negative_line, long_line.
    """
    return _staged(_kinds(rows)).group_by("call", maintain_order=True).agg(*_told(), *_doubts())


def _kinds(rows: pl.DataFrame) -> pl.DataFrame:
    place, status, reason = (pl.col(n) for n in ("destination", "status", "reason"))
    says = pl.concat_str([place, status, reason], separator="\n", ignore_nulls=True)
    replaced = place.str.contains(_REPLACED) | status.str.contains(_REPLACED)
    kind = (
        pl.when(place.str.contains(_QUEUE))
        .then(pl.lit("queue"))
        .when(place.str.contains(_IVR))
        .then(pl.lit("ivr"))
        .when(place.str.contains(_VOICEMAIL) | says.str.contains(_TO_VOICEMAIL))
        .then(pl.lit("voicemail"))
        .when(replaced | place.is_null())
        .then(pl.lit("note"))
        .otherwise(pl.lit("person"))
    )
    picked_up = status.str.contains(_PICKED_UP)
    return rows.with_columns(
        kind=kind,
        status=pl.when(picked_up).then(pl.lit("answered")).otherwise(status.str.to_lowercase()),
        voicemail=says.str.contains(_TO_VOICEMAIL) | place.str.contains(_VOICEMAIL),
        by_queue=reason.str.contains(_BY_QUEUE),
        ringing_ms=milliseconds(rows["ringing"]),
        talking_ms=milliseconds(rows["talking"]),
    )


def _staged(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds queued (the queue is reached), answers, and waits (the caller waits in this row).

    An answer: a person's row for whom the queue row above says «answered», and who is not
    said to be unanswered or replaced by voicemail. The rows of later queues are the same wait.
    """
    kind, status = pl.col("kind"), pl.col("status")
    took = (status == "answered").fill_null(value=False) & ~_is("voicemail")
    stage = (
        pl.when(kind == "queue")
        .then(took)
        .when(kind.is_in(["ivr", "voicemail"]))
        .then(pl.lit(value=False))
    )
    staged = rows.with_columns(
        queued=(kind == "queue").cum_sum().over("call") > 0,
        took=stage.forward_fill().over("call"),
        length=pl.col("ringing_ms").fill_null(0) + pl.col("talking_ms").fill_null(0),
    ).with_columns(
        answers=(kind == "person") & _is("took") & (status.is_null() | (status == "answered"))
    )
    answer = pl.col("line").filter("answers").min().over("call")
    waits = pl.col("queued") & kind.is_in(["queue", "ivr"])
    return staged.with_columns(
        answer=answer, waits=waits & (answer.is_null() | (pl.col("line") < answer))
    )


def _is(name: str) -> pl.Expr:
    return pl.col(name).fill_null(value=False)


def _told() -> list[pl.Expr]:
    queued, kind, length = pl.col("queued"), pl.col("kind"), pl.col("length")
    unsaid = pl.col("ringing").is_null() & pl.col("talking").is_null()
    waited = length.filter("waits").sum()
    answered = pl.col("answers").any()
    unknown = unsaid.filter("waits").any() | (~answered & (waited == 0))
    return [
        pl.col("line").first(),
        pl.col("time").first(),
        pl.len().alias("rows"),
        pl.col("destination").filter(kind == "queue").first().alias("queue"),
        length.filter(~queued & (kind != "note")).sum().alias("before"),
        pl.when(~unknown).then(waited).alias("wait"),
        pl.col("talking_ms").filter("answers").first().alias("talk"),
        (pl.col("line").max() == pl.col("answer").first()).alias("last"),
        answered.alias("answered"),
        _is("voicemail").filter(queued).any().alias("voicemail"),
        _is("by_queue").filter(queued).any().alias("by_queue"),
        _content().str.join("\n").alias("content"),
    ]


def _content() -> pl.Expr:
    label = pl.when(pl.col("kind") == "queue").then("destination")
    parts = [pl.col("kind"), label, *(pl.col(n) for n in ("status", "ringing_ms", "talking_ms"))]
    return pl.concat_str([part.cast(pl.String).fill_null("") for part in parts], separator="|")


def _doubts() -> list[pl.Expr]:
    """The first line that shows each doubt about the call; null without any."""
    judged = pl.col("queued") & pl.col("kind").is_in(["queue", "person"])
    said = pl.col("status").is_in(_STATUSES)
    silent = pl.col("status").is_null() & (pl.col("kind") == "person")
    sizes = (("ringing", "ringing_ms"), ("talking", "talking_ms"))
    unread = [pl.col(text).is_not_null() & pl.col(ms).is_null() for text, ms in sizes]
    line = pl.col("line")
    return [
        line.filter("ragged").first().alias("ragged_line"),
        pl.col("cut").any(),
        line.filter(judged & ~(said.fill_null(value=False) | silent)).first().alias("status_line"),
        line.filter(pl.any_horizontal(unread)).first().alias("unread_line"),
        line.filter(pl.any_horizontal(pl.col(ms) < 0 for _, ms in sizes))
        .first()
        .alias("negative_line"),
        line.filter(pl.any_horizontal(pl.col(ms) > int(LONGEST_TALK) * 1000 for _, ms in sizes))
        .first()
        .alias("long_line"),
    ]
