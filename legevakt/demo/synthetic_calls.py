"""Two years of invented calls, as files in the canonical format. Seeded: no chance is left.

No caller numbers, not even invented ones.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from legevakt.demo.synthetic_day import COLUMNS, SEED, calls_of
from legevakt.lib.periods import DAY, OSLO, Period, rolling_months, wall_time_to_utc

MONTHS = 24
OUTAGE = timedelta(hours=6)
Span = tuple[datetime, datetime]


@dataclass(frozen=True, kw_only=True)
class SyntheticFile:
    """A file of calls and the time it tells of (`covers`, UTC, half-open)."""

    name: str
    content: bytes
    covers: Span


def files(
    *,
    today: date,
    inhabitants: dict[str, int],
    without: tuple[Span, ...] = (),
    seed: str = SEED,
) -> Iterator[SyntheticFile]:
    """A file a month, up to yesterday; a month with a gap is several files.

    `inhabitants` by municipality number decide how many call and from where. `without` are
    times that another source tells of. Once a year the log is silent for six hours.
    """
    period = span(today)
    years = range(period.starts_on.year, period.ends_on.year + 1)
    gaps = sorted([*without, *(outage(year=year, seed=seed) for year in years)])
    for month in _months(period):
        for covers in _between((month.starts_at, month.ends_at), gaps):
            calls = _calls(covers, inhabitants=inhabitants, seed=seed)
            name = f"{covers[0].astimezone(OSLO):%Y-%m-%dT%H%M}.csv"
            yield SyntheticFile(name=name, content=_csv(calls), covers=covers)


def span(today: date) -> Period:
    """24 whole months and the days of this month before today."""
    return Period(rolling_months(MONTHS, before=today).starts_on, today)


def outage(*, year: int, seed: str = SEED) -> Span:
    """Six hours of a winter storm of the year, in February or March, of which there is no log."""
    rng = random.Random(f"{seed} outage {year}")
    day = date(year, 2, 1) + DAY * rng.randrange(59)
    begins_at = wall_time_to_utc(day=day, wall=time(rng.randrange(7, 17)))
    return begins_at, begins_at + OUTAGE


def _calls(covers: Span, *, inhabitants: dict[str, int], seed: str) -> Iterator[dict[str, str]]:
    day = covers[0].astimezone(OSLO).date()
    while Period(day, day + DAY).starts_at < covers[1]:
        for row in calls_of(day, inhabitants=inhabitants, seed=seed):
            if covers[0] <= datetime.fromisoformat(row["arrived_at"]) < covers[1]:
                yield row
        day += DAY


def _months(period: Period) -> Iterator[Period]:
    first = period.starts_on
    while first < period.ends_on:
        month = Period.month(first.year, first.month)
        yield Period(first, min(month.ends_on, period.ends_on))
        first = month.ends_on


def _between(whole: Span, gaps: list[Span]) -> Iterator[Span]:
    """The parts of the span that no gap covers."""
    begins_at = whole[0]
    for gap in gaps:
        if begins_at < gap[0] < whole[1]:
            yield begins_at, gap[0]
        if gap[0] < whole[1]:
            begins_at = max(begins_at, gap[1])
    if begins_at < whole[1]:
        yield begins_at, whole[1]


def _csv(rows: Iterator[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
