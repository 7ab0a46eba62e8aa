"""Counts of a period: what must hold between them, and how they are summed. No Django here.

A level is answered within so many seconds over all offered (Helsedirektoratet's reading, as in
callstats/indicators/rules.py), summed from counts. One within 20 or 60 seconds tells nothing
of the one within 120, so bands are never turned into each other.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from callstats.indicators.rules import percent

REFUSED_KEPT = 200


class Key(NamedTuple):
    """A period of a series; line class None where the report does not tell lines apart."""

    line_class: str | None
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Counts:
    """Calls of a period. `bands`: seconds → calls answered within so many, inclusive."""

    offered: int
    answered: int
    abandoned: int | None = None
    bands: Mapping[int, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Row:
    """A row of a report: its 1-based line, its period and its counts."""

    line: int
    key: Key
    counts: Counts


@dataclass(frozen=True)
class Refusal:
    """A row that is not stored: where, and why."""

    line: int | None
    field: str | None
    code: str


@dataclass(frozen=True)
class Plan:
    """What storing a report's rows will do; each row is in just one of the four."""

    created: Sequence[Row] = ()
    updated: Sequence[Row] = ()
    unchanged: Sequence[Row] = ()
    refused: Sequence[Refusal] = ()


def fault_of(counts: Counts) -> tuple[str, str] | None:
    """(field, code) of the first thing that cannot be true, or None.

    answered ≤ offered; answered + abandoned ≤ offered; a band ≤ answered, and not below a band
    of fewer seconds (formats.md 2.13).

    >>> fault_of(Counts(offered=10, answered=8, bands={20: 5, 60: 4}))
    ('within_60', 'band_shrinks')
    """
    if counts.answered > counts.offered:
        return "answered", "answered_over_offered"
    if counts.answered + (counts.abandoned or 0) > counts.offered:
        return "abandoned", "parts_over_offered"
    before = 0
    for seconds, answered in sorted(counts.bands.items()):
        if answered > counts.answered:
            return f"within_{seconds}", "band_over_answered"
        if answered < before:
            return f"within_{seconds}", "band_shrinks"
        before = answered
    return None


def merged(*, old: Counts, new: Counts) -> Counts:
    """The new counts; what they leave out stays as long as offered and answered are the same.

    A band beside other totals would give a level that nobody has measured.
    """
    if (old.offered, old.answered) != (new.offered, new.answered):
        return new
    abandoned = old.abandoned if new.abandoned is None else new.abandoned
    return replace(new, abandoned=abandoned, bands={**old.bands, **new.bands})


def plan(rows: Iterable[Row], *, stored: Mapping[Key, Counts]) -> Plan:
    """What each row will do to what is stored; of rows that overlap, the first line counts."""
    taken = _Taken(stored)
    created: list[Row] = []
    updated: list[Row] = []
    unchanged: list[Row] = []
    refused: list[Refusal] = []
    for row in rows:
        old = stored.get(row.key)
        counts = merged(old=old, new=row.counts) if old else row.counts
        if fault := fault_of(counts):
            refused.append(Refusal(row.line, *fault))
        elif old is not None:
            whole = replace(row, counts=counts)
            (unchanged if counts == old else updated).append(whole)
        elif taken.overlaps(row.key):
            refused.append(Refusal(row.line, "period_from", "overlapping_period"))
        else:
            taken.add(row.key)
            created.append(row)
    return Plan(created, updated, unchanged, refused)


class _Taken:
    """Periods that do not overlap each other, so that only two neighbours need be looked at."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._by_line: dict[str | None, list[tuple[datetime, datetime]]] = {}
        for key in keys:
            self._by_line.setdefault(key.line_class, []).append((key.starts_at, key.ends_at))
        for periods in self._by_line.values():
            periods.sort()

    def add(self, key: Key) -> None:
        insort(self._by_line.setdefault(key.line_class, []), (key.starts_at, key.ends_at))

    def overlaps(self, key: Key) -> bool:
        periods = self._by_line.get(key.line_class, [])
        at = bisect_left(periods, (key.starts_at, key.starts_at))
        follows = at < len(periods) and periods[at][0] < key.ends_at
        return follows or (at > 0 and periods[at - 1][1] > key.starts_at)


@dataclass(frozen=True)
class Level:
    """Calls answered within `within_seconds` of all offered; the counts, never the share alone."""

    within_seconds: int
    numerator: int
    denominator: int

    @property
    def share(self) -> float | None:
        return self.numerator / self.denominator if self.denominator else None

    @property
    def percent(self) -> Decimal | None:
        """100 · N / D with one decimal; None where nothing was offered."""
        return percent(self.numerator, self.denominator)


def levels(whole: Counts) -> list[Level]:
    """The level of each band, fewest seconds first.

    >>> [level.percent for level in levels(Counts(200, 170, bands={20: 90, 120: 160}))]
    [Decimal('45.0'), Decimal('80.0')]
    """
    return [
        Level(seconds, answered, whole.offered) for seconds, answered in sorted(whole.bands.items())
    ]


def total(parts: Sequence[Counts]) -> Counts:
    """The counts together. Only what every part tells is summed: a band or the abandoned calls

    of some periods over the offered calls of all would be too low.

    >>> total([Counts(100, 90, 5, {20: 50, 60: 60}), Counts(300, 200, None, {20: 100})])
    Counts(offered=400, answered=290, abandoned=None, bands={20: 150})
    """
    common = set.intersection(*(set(part.bands) for part in parts)) if parts else set()
    abandoned = [part.abandoned for part in parts if part.abandoned is not None]
    return Counts(
        offered=sum(part.offered for part in parts),
        answered=sum(part.answered for part in parts),
        abandoned=sum(abandoned) if parts and len(abandoned) == len(parts) else None,
        bands={s: sum(part.bands[s] for part in parts) for s in sorted(common)},
    )
