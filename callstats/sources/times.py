"""Clock readings to UTC: with an offset, or local wall time in a named zone. Columns, not rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import polars as pl

from callstats.sources.frames import MOMENT

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_FURTHEST_AHEAD = timedelta(days=1)

_RFC3339 = r"^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$"
_EPOCH = r"^\d{9,11}(\.\d*)?$"
_FIELD = re.compile(r"%-?[A-Za-z]")


def with_offset(text: pl.Expr) -> pl.Expr:
    """RFC 3339 text → UTC; null where it is not that, or names no offset."""
    valid = pl.when(text.str.contains(_RFC3339)).then(text.str.to_uppercase())
    return valid.str.to_datetime("%+", time_unit="us", time_zone="UTC", strict=False)


def since_1970(text: pl.Expr) -> pl.Expr:
    """Seconds (9 to 11 digits, with or without a fraction) or milliseconds (12 or 13) → UTC."""
    seconds = pl.when(text.str.contains(_EPOCH)).then(text.cast(pl.Decimal(20, 6), strict=False))
    whole = pl.when(text.str.contains(r"^\d{12,13}$")).then(text.cast(pl.Int64, strict=False))
    micros = pl.coalesce((seconds * 1_000_000).cast(pl.Int64), whole * 1000)
    return micros.cast(pl.Datetime("us")).dt.replace_time_zone("UTC")


def wall_clock(text: pl.Expr, formats: Sequence[str]) -> pl.Expr:
    """Local text → naive moment by the first of `formats` (strptime fields) that fits."""
    parsed = [
        text.str.to_datetime(_rust_format(form), time_unit="us", strict=False) for form in formats
    ]
    return pl.coalesce(parsed)


def _rust_format(form: str) -> str:
    return form.replace(".%f", "%.f")


def swapped(formats: Sequence[str]) -> list[str]:
    """The same formats with day and month in the other order; empty if none has both first."""
    return [_swap(form) for form in formats if _day_and_month_lead(form)]


def _day_and_month_lead(form: str) -> bool:
    return {found.lstrip("%-") for found in _FIELD.findall(form)[:2]} == {"d", "m"}


def _swap(form: str) -> str:
    return form.replace("%d", "\x00").replace("%m", "%d").replace("\x00", "%m")


def latest_for(now: datetime) -> datetime:
    """The last moment that is taken: a clock may be ahead of ours, not by more than a day."""
    return now.astimezone(UTC) + _FURTHEST_AHEAD


def implausible(moment: pl.Expr, *, now: datetime) -> pl.Expr:
    """Before 2000, or more than a day ahead of `now`: a wrong clock or a wrong date order."""
    return (moment < EARLIEST) | (moment > latest_for(now))


def readings(local: pl.Series, *, zone: str) -> pl.DataFrame:
    """Naive local moments → `first`, `second` (UTC), row by row.

    They differ only in the doubled hour of the autumn; both are null in the spring's gap.
    """
    column = pl.col("local")
    return (
        local.alias("local")
        .to_frame()
        .select(
            column.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
            .dt.convert_time_zone("UTC")
            .alias("first"),
            column.dt.replace_time_zone(zone, ambiguous="latest", non_existent="null")
            .dt.convert_time_zone("UTC")
            .alias("second"),
        )
    )


def to_utc(local: pl.Series, *, zone: str, epoch: pl.Series | None = None) -> pl.DataFrame:
    """Naive local moments in file order → columns `at` (UTC), `quality`, `in_gap`.

    In the doubled hour the epoch (whole seconds, Int64) decides, else row order (both give
    «resolved»), else the first of the two is taken and called «ambiguous».
    """
    frame = readings(local, zone=zone).with_columns(
        local.alias("local"),
        (epoch if epoch is not None else pl.repeat(None, len(local), eager=True))
        .cast(pl.Int64)
        .alias("epoch"),
    )
    twice = pl.col("first") != pl.col("second")
    chosen = pl.coalesce(
        _nearest_epoch(), _by_order(frame) if frame.select(twice.any()).item() else None
    )
    return frame.with_columns(chosen=chosen).select(
        at=pl.when(twice & pl.col("chosen")).then("second").otherwise("first"),
        quality=pl.when(~twice | twice.is_null())
        .then(pl.lit("exact"))
        .when(pl.col("chosen").is_null())
        .then(pl.lit("ambiguous"))
        .otherwise(pl.lit("resolved")),
        in_gap=pl.col("first").is_null() & pl.col("local").is_not_null(),
    )


def _nearest_epoch() -> pl.Expr:
    """True: the second reading lies nearer the epoch. Null without an epoch."""
    epoch = (
        pl.from_epoch("epoch", time_unit="s").cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    )
    to_second = (pl.col("second") - epoch).abs()
    return to_second < (pl.col("first") - epoch).abs()


def _by_order(frame: pl.DataFrame) -> pl.Series:
    """True: the second reading, because the clock has stepped back since the night's first row.

    Only a file whose rows are otherwise in time order (either way) tells anything, and only
    a night in which the clock steps back exactly once. Null where nothing is told.
    """
    told = _steps(frame)
    backwards = _steps(frame.reverse()).reverse()
    return told.fill_null(backwards) if told.null_count() == len(told) else told


def _steps(frame: pl.DataFrame) -> pl.Series:
    """As `_by_order`, for rows that run forward. A row outside the hour must show they do."""
    rows = frame.with_row_index().filter(pl.col("first").is_not_null())
    rows = rows.with_columns(twice=pl.col("first") != pl.col("second"))
    twice, local = pl.col("twice"), pl.col("local")
    inside = twice & twice.shift(1)
    back, on = local < local.shift(1), local > local.shift(1)
    runs_forward = (on & ~inside).any() & ~(back & ~inside).any()
    rows = rows.with_columns(
        step=back.fill_null(value=False).cast(pl.Int64),
        night=pl.when(twice).then(local.dt.date()),
        runs_forward=runs_forward,
    )
    step = pl.col("step")
    told = twice & pl.col("runs_forward") & (step.sum().over("night") == 1)
    after = rows.select("index", later=pl.when(told).then(step.cum_sum().over("night") == 1))
    joined = frame.with_row_index().join(after, on="index", how="left", maintain_order="left")
    return joined["later"]


def following(local: pl.Series, *, zone: str, start: pl.Series) -> pl.Series:
    """Naive local moments → UTC, the first reading that is not before `start` (UTC)."""
    frame = readings(local, zone=zone).with_columns(start.alias("start"))
    return frame.select(
        pl.when(pl.col("first") < pl.col("start")).then("second").otherwise("first").cast(MOMENT)
    ).to_series()
