"""How a column writes its times: the patterns that read it, and the date orders that could."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from callstats.sources import times
from callstats.sources.table_mapping import EPOCH, WITH_OFFSET

_DATE = re.compile(
    r"^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?!\d)|^(20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?=\D|$)"
)
_CLOCK = re.compile(r"^\d{1,2}([:.])\d\d(\1\d\d(\.\d+)?)?(\s*[AaPp]\.?[Mm]\.?)?$")
_BETWEEN = re.compile(r"^(T|,? +(?:kl\.? +)?)")
_EPOCH = re.compile(r"^\d{9,10}(\.\d+)?$|^1\d{12}$")
_TRIED = 2_000
_ORDERS = {
    "dmy": "%d{m}%m{m}%Y",
    "mdy": "%m{m}%d{m}%Y",
    "ymd": "%Y{m}%m{m}%d",
}


@dataclass(frozen=True, kw_only=True)
class TimeGuess:
    """`orders`: those that fit every row, the one that `formats` uses first."""

    formats: list[str]
    orders: list[str]


def is_date(value: str) -> bool:
    found = _DATE.match(value)
    return found is not None and found.end() == len(value)


def is_clock(value: str) -> bool:
    return _CLOCK.match(value) is not None


def is_epoch(value: str) -> bool:
    return _EPOCH.match(value) is not None


def is_moment(value: str) -> bool:
    return _parted(value) is not None


def guess_times(values: list[str]) -> TimeGuess:
    """Of texts that are moments (`is_moment`), or days and clocks joined by a blank."""
    told = pl.Series("text", list(dict.fromkeys(values))[:_TRIED], dtype=pl.String)
    if _all(told, times.with_offset(pl.col("text"))):
        return TimeGuess(formats=[WITH_OFFSET], orders=["ymd"])
    if told.len() and all(map(is_epoch, told)):
        return TimeGuess(formats=[EPOCH], orders=["ymd"])
    formats = {order: _formats(told, order) for order in _preferred(told)}
    fits = {order: _fitting(told, tried) for order, tried in formats.items()}
    best = max(fits.values(), default=0)
    orders = [order for order, count in fits.items() if count == best and best]
    return TimeGuess(formats=formats[orders[0]] if orders else [], orders=orders)


def _all(told: pl.Series, read: pl.Expr) -> bool:
    return bool(told.len()) and told.to_frame().select(read.is_not_null().all()).item()


def _fitting(told: pl.Series, formats: list[str]) -> int:
    if not formats:
        return 0
    read = times.wall_clock(pl.col("text"), formats).is_not_null().sum()
    return int(told.to_frame().select(read).item())


def _preferred(told: pl.Series) -> list[str]:
    """The order first that this way of writing mostly has."""
    if any(re.search(r"[AaPp]\.?[Mm]", value) for value in told):
        return ["mdy", "dmy", "ymd"]
    return ["dmy", "ymd", "mdy"]


def _formats(told: pl.Series, order: str) -> list[str]:
    """A pattern for each way of writing that the values show."""
    found = [_format(value, order) for value in told]
    return list(dict.fromkeys(form for form in found if form))


def _parted(value: str) -> tuple[re.Match[str], str, str] | None:
    """(date, what stands between, clock)."""
    date = _DATE.match(value)
    if date is None:
        return None
    between = _BETWEEN.match(value[date.end() :])
    clock = value[date.end() + len(between[0]) :] if between else ""
    return (date, between[0], clock) if between and is_clock(clock) else None


def _format(value: str, order: str) -> str | None:
    found = _parted(value)
    if found is None:
        return None
    date, between, clock = found
    day = _date_format(date, order)
    return day and day + between + _clock_format(clock)


def _date_format(date: re.Match[str], order: str) -> str | None:
    if date[5]:
        return "%Y%m%d" if order == "ymd" else None
    leads, trails = len(date[1]) == 4, len(date[4]) == 4
    if (leads and order != "ymd") or (trails and order == "ymd"):
        return None
    form = _ORDERS[order].format(m=date[2])
    return form if leads or trails else form.replace("%Y", "%y")


def _clock_format(clock: str) -> str:
    found = _CLOCK.match(clock)
    mark = found[1] if found else ":"
    half = found is not None and found[4]
    form = f"%I{mark}%M" if half else f"%H{mark}%M"
    if found and found[2]:
        form += f"{mark}%S" + (".%f" if found[3] else "")
    return form + ((" %p" if found and found[4].startswith(" ") else "%p") if half else "")
