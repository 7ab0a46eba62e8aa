"""Counts of shifts: what must hold of them, and what storing them will do. Plain Python."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Key(NamedTuple):
    """A municipality's half-open days; the municipality by its key in the database."""

    municipality_id: int
    starts_date: date
    ends_date: date


class Counts(NamedTuple):
    """Shifts owed, delivered by own doctors, filled by hired doctors, filled by nobody."""

    owed: int
    delivered: int
    hired: int = 0
    unfilled: int = 0


@dataclass(frozen=True)
class Row:
    """A row of a file (its 1-based line) or of a form (line None)."""

    line: int | None
    key: Key
    counts: Counts


@dataclass(frozen=True)
class Refusal:
    """A row that is not stored: where, and why. `value` is what stood there."""

    line: int | None
    field: str
    code: str
    value: str = ""


@dataclass(frozen=True)
class Warned:
    """A row that is stored although it looks odd."""

    line: int | None
    code: str


@dataclass(frozen=True)
class Plan:
    """What storing the rows will do; each row is in just one of the four."""

    created: Sequence[Row] = ()
    updated: Sequence[Row] = ()
    unchanged: Sequence[Row] = ()
    refused: Sequence[Refusal] = ()

    @property
    def changes(self) -> bool:
        return bool(self.created or self.updated)


def oddities(row: Row, *, today: date) -> list[Warned]:
    """What a person should look at before storing.

    Extra duty (delivered over owed) is allowed. What was owed and not delivered was filled by
    hired doctors or by nobody, so that the three parts should give what was owed. Days that have
    not been have delivered nothing.

    >>> row = Row(2, Key(1, date(2025, 1, 1), date(2025, 2, 1)), Counts(10, 7, 1))
    >>> oddities(row, today=date(2025, 2, 1))
    [Warned(line=2, code='not_accounted_for')]
    """
    owed, delivered, hired, unfilled = row.counts
    codes = []
    if delivered > owed:
        codes.append("extra_duty")
    elif delivered + hired + unfilled > owed:
        codes.append("more_than_owed")
    elif delivered + hired + unfilled < owed:
        codes.append("not_accounted_for")
    starts, ends = row.key.starts_date, row.key.ends_date
    if starts.day == 1 and ends.day == 2 and (ends - starts).days > 1:
        codes.append("ends_on_the_first")
    if ends > today:
        codes.append("not_over")
    return [Warned(row.line, code) for code in codes]


def plan(rows: Iterable[Row], *, stored: Mapping[Key, Counts]) -> Plan:
    """What each row will do to what is stored; of rows that overlap, the first counts."""
    taken = _Taken(stored)
    told: set[Key] = set()
    created: list[Row] = []
    updated: list[Row] = []
    unchanged: list[Row] = []
    refused: list[Refusal] = []
    for row in rows:
        old = stored.get(row.key)
        if row.key in told:
            refused.append(Refusal(row.line, "from", "duplicate_in_file"))
        elif old is not None:
            (unchanged if row.counts == old else updated).append(row)
        elif taken.overlaps(row.key):
            refused.append(Refusal(row.line, "from", "overlap"))
            continue
        else:
            taken.add(row.key)
            created.append(row)
        told.add(row.key)
    return Plan(created, updated, unchanged, refused)


class _Taken:
    """Days that do not overlap each other, so that only two neighbours need be looked at."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._by_municipality: dict[int, list[tuple[date, date]]] = defaultdict(list)
        for key in sorted(keys):
            self._by_municipality[key.municipality_id].append((key.starts_date, key.ends_date))

    def add(self, key: Key) -> None:
        insort(self._by_municipality[key.municipality_id], (key.starts_date, key.ends_date))

    def overlaps(self, key: Key) -> bool:
        days = self._by_municipality[key.municipality_id]
        at = bisect_left(days, (key.starts_date, key.starts_date))
        follows = at < len(days) and days[at][0] < key.ends_date
        return follows or (at > 0 and days[at - 1][1] > key.starts_date)
