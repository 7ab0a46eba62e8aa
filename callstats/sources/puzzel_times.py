"""Puzzel's local times without offset to UTC, the doubled hour of autumn by the order of events."""

from __future__ import annotations

import polars as pl

from callstats.sources.times import following, readings

# An event's length is in whole seconds, and there may be a breath between two events.
_SEAM = pl.duration(seconds=30)
# A call's events are written up to five minutes after its end, so rows may stand in a slightly
# other order than their times. Only a longer step back is the clock's.
_STEP = pl.duration(minutes=10)


def placed(events: pl.DataFrame, *, zone: str) -> pl.DataFrame:
    """Adds start and speak_start (UTC), in_gap, doubled and speak_doubled (in autumn's doubled

    hour), and quality (the same for a whole call).

    `events` by call and sequence. In the doubled hour a call's own events decide: the clock
    steps back between them, or an event outside the hour meets one within it by its duration.
    Else the order of the calls' ends decides, by rec_id, where that tells anything.
    """
    both = events.with_columns(
        readings(events["at"], zone=zone).select(one="first", two="second").iter_columns()
    )
    stepped = _stepped(both)
    whole = _by_call(stepped, zone=zone)
    chosen = stepped.join(whole, on="call_id", how="left", maintain_order="left")
    later = pl.coalesce("after_step", pl.col("is_later"))
    started = chosen.with_columns(
        start=pl.when(_twice() & later).then("two").otherwise("one"),
        quality=pl.when(_twice().any().over("call_id")).then("quality").otherwise(pl.lit("exact")),
        doubled=_twice(),
        speak_doubled=_doubled(chosen["speak_at"], zone=zone),
    )
    speaking = following(started["speak_at"], zone=zone, start=started["start"])
    gap = pl.any_horizontal(
        pl.col("at").is_not_null() & pl.col("start").is_null(),
        pl.col("speak_at").is_not_null() & pl.col("speak_start").is_null(),
    )
    timed = started.with_columns(speak_start=speaking).with_columns(in_gap=gap)
    return timed.drop("one", "two", "after_step", "is_later")


def _twice() -> pl.Expr:
    return (pl.col("one") != pl.col("two")).fill_null(value=False)


def _stepped(both: pl.DataFrame) -> pl.DataFrame:
    """Adds after_step: whether an event comes after its call's clock has stepped back.

    Null in a call without a step, and without meaning outside the doubled hour.
    """
    back = ((pl.col("at").diff() <= -_STEP).fill_null(value=False) & _twice()).over("call_id")
    steps = back.cum_sum().over("call_id")
    once = back.sum().over("call_id") == 1
    return both.with_columns(after_step=pl.when(once).then(steps == 1))


def _by_call(events: pl.DataFrame, *, zone: str) -> pl.DataFrame:
    """call_id, is_later (second reading), quality: for the first doubled moment of each call."""
    hints = [
        pl.when(_borders(own) & ~_borders(other)).then(pl.lit(value=own == "two"))
        for own, other in (("one", "two"), ("two", "one"))
    ]
    hinted = events.with_columns(hint=pl.when(_twice()).then(pl.coalesce(*hints)).over("call_id"))
    stepped = pl.when(pl.col("after_step").is_not_null().any()).then(pl.lit(value=False))
    calls = hinted.group_by("call_id").agg(
        place=pl.col("record").min(),
        recorded=pl.col("record").is_not_null().all(),
        ended=(pl.col("at") + pl.duration(milliseconds="total")).max(),
        doubled=_twice().any(),
        hint=pl.coalesce(stepped, pl.col("hint").drop_nulls().first()),
    )
    ordered = calls.sort("place")
    known = pl.coalesce("hint", _by_order(ordered, zone=zone))
    quality = pl.when(known.is_null()).then(pl.lit("ambiguous")).otherwise(pl.lit("resolved"))
    return ordered.select("call_id", is_later=pl.when("doubled").then(known), quality=quality)


def _by_order(calls: pl.DataFrame, *, zone: str) -> pl.Series:
    """True where the clock had stepped back by the call's end; null where nothing is told.

    `calls` as they were written. A night must have just one step back; near the ends of the
    hour, calls may have been written in another order than they ended.
    """
    ended = pl.col("ended")
    shifted = calls.select("ended", before=ended - _STEP, after=ended + _STEP)
    doubled = {moment.name: _doubled(moment, zone=zone) for moment in shifted}
    rows = calls.with_columns(**{f"{name}_twice": flag for name, flag in doubled.items()})
    night = pl.when("ended_twice").then(ended.dt.date())
    back = (ended.diff() <= -_STEP).fill_null(value=False).over(night)
    steps = back.cum_sum().over(night)
    surely = pl.all_horizontal("recorded", *(f"{name}_twice" for name in doubled))
    once = back.sum().over(night) == 1
    return rows.select(told=pl.when(surely & once).then(steps == 1)).to_series()


def _doubled(moments: pl.Series, *, zone: str) -> pl.Series:
    both = readings(moments, zone=zone)
    return (both["first"] != both["second"]).fill_null(value=False)


def _borders(reading: str) -> pl.Expr:
    """By this reading it begins in or at the end of a sure event before, or one after in it."""
    own, sure, length = pl.col(reading), ~_twice(), pl.duration(milliseconds="total")
    before, after = pl.col("one").shift(1), pl.col("one").shift(-1)
    follows = own.is_between(before - _SEAM, before + length.shift(1) + _SEAM) & sure.shift(1)
    precedes = after.is_between(own - _SEAM, own + length + _SEAM) & sure.shift(-1)
    return follows.fill_null(value=False) | precedes.fill_null(value=False)
