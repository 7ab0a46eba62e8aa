"""The points of a curve: by day, by month, or the twelve months up to each month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from callstats.queries import (
    Definition,
    ServiceLevel,
    Tally,
    five_points,
    service_level_by,
    suppressed,
    suppressed_rows,
    total,
)
from legevakt.lib.periods import Period, rolling_months
from municipalities.models import Central
from reporting.statistics.months import Month, months_of

ROLLING_MONTHS = 12


@dataclass(frozen=True)
class Point:
    """What a curve shows of some days: `period` is the day or month the point stands for.

    `value` is in percent or seconds, and None where there is none to show; `life` and `revision`
    are those of a stored month. `is_hidden`: some count is so small that none is told, and the
    value is the lower end of the five points it lies in, or None where few called at all.
    `months`: how many of a rolling point's twelve have data.
    """

    period: Period
    tally: Tally
    state: str
    value: float | None = None
    bands: Mapping[str, int] = field(default_factory=dict)
    life: str = ""
    revision: int = 1
    is_hidden: bool = False
    months: int | None = None

    @property
    def is_thin(self) -> bool:
        """Whether a rolling point has a value that rests on fewer than twelve months."""
        return self.value is not None and self.months is not None and self.months < ROLLING_MONTHS


def points(*, central: Central, definition: Definition, period: Period, by: str) -> list[Point]:
    """The curve of whole months in order, without holes: `by` is day, month or rolling.

    Months and rolling months are of the stored figures, days are counted from the hours now.
    """
    if by == "day":
        return _days(central=central, definition=definition, period=period)
    first = period.starts_on if by == "month" else _rolling(period.months()[0]).starts_on
    months = months_of(
        central=central,
        definition=definition,
        period=Period(first, period.ends_on),
    )
    return rolling_points(months) if by == "rolling" else month_points(months)


def month_points(months: Sequence[Month]) -> list[Point]:
    """A point a month."""
    return [
        Point(
            period=month.period,
            tally=month.level,
            state=month.state,
            value=_value(month.level),
            bands=month.level.bands,
            life=month.life or "",
            revision=month.revision,
        )
        for month in months
    ]


def rolling_points(months: Sequence[Month]) -> list[Point]:
    """A point for each month that has eleven before it: numerators and denominators summed."""
    return [
        _sum(months[end - ROLLING_MONTHS : end]) for end in range(ROLLING_MONTHS, len(months) + 1)
    ]


def _days(*, central: Central, definition: Definition, period: Period) -> list[Point]:
    levels = service_level_by(centrals=[central], period=period, definition=definition, step="day")
    found = [
        Point(
            period=Period(level.starts_on, level.ends_on),
            tally=level,
            state=level.state,
            value=_value(level),
            bands=level.bands,
        )
        for level in levels
    ]
    return without_few(found)


def without_few(days: Sequence[Point]) -> list[Point]:
    """The counts of days of few calls are hidden, judged by the month: its sum is published."""
    found: list[Point] = []
    for _, group in groupby(days, key=lambda day: day.period.starts_on.replace(day=1)):
        month = list(group)
        few = suppressed({place: day.tally.denominator for place, day in enumerate(month)}).cells
        counts = {place: _counts(day.tally) for place, day in enumerate(month)}
        hidden = suppressed_rows(counts, beside=few).cells
        found += [
            _without_counts(day, is_few=place in few) if place in hidden else day
            for place, day in enumerate(month)
        ]
    return found


def _counts(tally: Tally) -> tuple[int, ...]:
    """Every number of calls that the row of a day tells, or that can be computed from it."""
    if isinstance(tally, ServiceLevel) and tally.kind == "seconds":
        return (tally.denominator,)
    numerator, denominator = tally.numerator, tally.denominator
    others = (denominator - numerator, tally.unanswered, abs(tally.answered - numerator))
    return (denominator, numerator, *others)


def _without_counts(day: Point, *, is_few: bool) -> Point:
    tally = day.tally
    is_told = not is_few and tally.share is not None
    value = five_points(tally.numerator, tally.denominator) if is_told else None
    return replace(day, value=value, is_hidden=True)


def _sum(months: Sequence[Month]) -> Point:
    tally = total([month.level for month in months])
    is_waiting = tally.state != "figures" and any(month.is_waiting for month in months)
    bands = [month.level.bands for month in months]
    names = dict.fromkeys(name for each in bands for name in each)
    return Point(
        period=months[-1].period,
        tally=tally,
        state="waiting" if is_waiting else tally.state,
        value=_value(tally),
        bands={name: sum(each.get(name, 0) for each in bands) for name in names},
        months=sum(month.state not in ("no_data", "waiting") for month in months),
    )


def _value(tally: Tally) -> float | None:
    if isinstance(tally, ServiceLevel) and tally.kind == "seconds":
        return tally.value_seconds
    return None if tally.share is None else 100 * tally.share


def _rolling(month: Period) -> Period:
    return rolling_months(ROLLING_MONTHS, before=month.ends_on)
