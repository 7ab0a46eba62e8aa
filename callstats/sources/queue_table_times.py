"""The times of a table of queue events: epoch, or text with or without an offset, to UTC.

Rows must stand in the order of time. A local time of autumn's doubled hour is told by its
call: Asterisk's callid begins with the epoch of the call's first channel, and no event is
before it. Where the callid tells nothing the order of the rows does, else it is ambiguous.
"""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from callstats.sources import times
from callstats.sources.queue_events import AMBIGUOUS, RESOLVED

# Two clock readings of one event may be a second apart.
_SLACK = timedelta(seconds=2)
_HALF_HOUR = timedelta(minutes=30)
# A callid further from the event than this has an epoch of another clock.
_NEAR = timedelta(hours=12)
_TEXT = r"^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d+)?)$"
_NORWEGIAN = r"^\d{1,2}\.\d{1,2}\.\d{4} \d\d:\d\d:\d\d$"
_OFFSET = r"^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d+)?) ?([+-]\d\d):?(\d\d)?$"


def readings(rows: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    """Text columns, the best first → `exact` (UTC, of an epoch or an offset) and `local`

    (naive), row by row; both null where no column holds a time.
    """
    exact = [way(pl.col(name)) for way in (_epoch, _with_offset) for name in columns]
    local = [_local(pl.col(name)) for name in columns]
    return rows.select(exact=pl.coalesce(exact), local=pl.coalesce(local))


def _epoch(text: pl.Expr) -> pl.Expr:
    whole = text.str.extract(r"^([0-9]{9,11})(?:\.[0-9]+)?$", 1).cast(pl.Int64)
    part = text.str.extract(r"^[0-9]+\.([0-9]{1,6})[0-9]*$", 1).str.pad_end(6, "0").cast(pl.Int64)
    moment = (whole * 1_000_000 + part.fill_null(0)).cast(pl.Datetime("us"))
    return moment.dt.replace_time_zone("UTC")


def _with_offset(text: pl.Expr) -> pl.Expr:
    """PostgreSQL writes «+02» for «+02:00»."""
    zulu = text.str.replace(r"(?i) ?(?:z|utc)$", "+00:00")
    part = [zulu.str.extract(_OFFSET, n) for n in (1, 2, 3, 4)]
    whole = pl.format("{}T{}{}:{}", *part[:3], part[3].fill_null("00"))
    return times.with_offset(whole)


def _local(text: pl.Expr) -> pl.Expr:
    iso = pl.when(text.str.contains(_TEXT)).then(text.str.replace("T", " ", literal=True))
    dotted = pl.when(text.str.contains(_NORWEGIAN)).then(text)
    return pl.coalesce(
        times.wall_clock(iso, ["%Y-%m-%d %H:%M:%S.%f"]),
        times.wall_clock(dotted, ["%d.%m.%Y %H:%M:%S"]),
    )


def placed(read: pl.DataFrame, *, external_id: pl.Series, zone: str) -> pl.DataFrame:
    """`readings`, in order → `moment` (UTC), `doubt` (0, RESOLVED, AMBIGUOUS), `in_gap`."""
    local, began = read["local"], _began(external_id)
    clock = _clock(local, began=began, zone=zone)
    told = times.to_utc(local, zone=clock, epoch=_by_call(local, began=began, zone=clock))
    doubt = {"exact": 0, "resolved": RESOLVED, "ambiguous": AMBIGUOUS}
    by_text = pl.col("exact").is_null()
    return told.with_columns(read["exact"]).select(
        moment=pl.coalesce("exact", "at"),
        doubt=pl.when(by_text)
        .then(pl.col("quality").replace_strict(doubt, return_dtype=pl.Int64))
        .otherwise(0),
        in_gap=pl.col("in_gap") & by_text,
    )


def _began(external_id: pl.Series) -> pl.Series:
    """callid is `epoch.number`, with the exchange's name and a dash before it if it has one."""
    epoch = external_id.str.extract(r"(?:^|-)([0-9]{9,11})\.[0-9]+$", 1).cast(pl.Int64)
    return (epoch * 1_000_000).cast(pl.Datetime("us")).dt.replace_time_zone("UTC")


def _clock(local: pl.Series, *, began: pl.Series, zone: str) -> str:
    """UTC where the local time would be half an hour or more before the calls' own epochs,

    and UTC is not: Wazo writes one or the other, without saying which.
    """
    by_zone = _behind(times.readings(local, zone=zone)["first"], began)
    by_utc = _behind(local.dt.replace_time_zone("UTC"), began)
    if by_zone is None or by_utc is None or by_zone > -_HALF_HOUR:
        return zone
    return "UTC" if -_SLACK <= by_utc < _HALF_HOUR else zone


def _behind(moment: pl.Series, began: pl.Series) -> timedelta | None:
    """The median time from a call's first channel to its events."""
    after = moment - began
    middle = after.filter(after.abs() < _NEAR).median()
    return middle if isinstance(middle, timedelta) else None


def _by_call(local: pl.Series, *, began: pl.Series, zone: str) -> pl.Series:
    """The epoch of the first reading that is not before the call. Null where no call tells."""
    moment = times.following(local, zone=zone, start=began - _SLACK)
    near = (moment - began).abs() < _NEAR
    return moment.dt.epoch("s").zip_with(near.fill_null(value=False), _nothing(moment))


def _nothing(like: pl.Series) -> pl.Series:
    return pl.repeat(None, len(like), dtype=pl.Int64, eager=True)
